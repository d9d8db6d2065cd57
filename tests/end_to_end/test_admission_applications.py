"""Applications for admission: read, confirmed with their deposit, cancelled."""

from typing import Any

import pytest

from sandbox.faults import Fault
from tests.end_to_end.world import World

APPLICATIONS = """query($h: [ID!]) { viewer { patients { admissionApplications(hospitals: $h) {
    totalCount failures { code }
    nodes { id status statusText deposit admissionMode admissionNumber departmentName wardName gender phone
      identityNumber contactName kinship hospital { code } registration { id stayId deposit } } } } } }"""
CONFIRM = """mutation($input: ConfirmAdmissionInput!) { confirmAdmission(input: $input) {
    registration { id stayId deposit hospital { code } } userErrors { code field message } } }"""
CANCEL = """mutation($input: CancelAdmissionInput!) { cancelAdmission(input: $input) {
    cancellation { refundNumber } userErrors { code field message } } }"""
SAVE = "hospital.interface.execInHospitalPatsSave"
STAYS = """{ viewer { patients { visits(hospitals: ["253"], first: 100) { nodes {
    visitClass startedAt endedAt } } } } }"""


def applications(world: World, token: str = "") -> Any:
    found = world.ask(APPLICATIONS, {"h": ["253"]}, token).data["viewer"]["patients"][0]["admissionApplications"]
    assert found["failures"] == []
    return found["nodes"]


def confirm(world: World, application: str, token: str = "", **changes: Any) -> Any:
    given = {"businessKey": "deposit-0001", "applicationId": application, "amount": "2000.00", "method": "ALIPAY"}
    return world.ask(CONFIRM, {"input": given | changes}, token)


def cancel(world: World, registration: str, token: str = "") -> Any:
    given = {"businessKey": "cancelling-admission-0001", "registrationId": registration}
    return world.ask(CANCEL, {"input": given}, token)


def stays(world: World) -> list[Any]:
    nodes = world.ask(STAYS).data["viewer"]["patients"][0]["visits"]["nodes"]
    return [node for node in nodes if node["visitClass"] == "INPATIENT" and node["endedAt"] is None]


def be_admitted_and_cancel(world: World) -> None:
    """Reach all interfaces of this file."""
    (application,) = applications(world)
    registration = confirm(world, application["id"]).data["confirmAdmission"]["registration"]
    assert cancel(world, registration["id"]).data["cancelAdmission"]["cancellation"]["refundNumber"]


def test_an_application_is_listed_with_what_the_hospital_says_of_it(shared: World) -> None:
    person = shared.sandbox.town.people["p01"]

    (application,) = applications(shared)

    assert application["status"] == "APPLIED"
    assert application["statusText"] == "已申请"
    assert application["deposit"] == "2000.00"
    assert application["kinship"] == "MOTHER"
    assert application["wardName"] == "一病区"
    assert (application["phone"], application["identityNumber"]) == (person.phone, person.identity_number)
    assert application["contactName"] == "样例联系人"
    assert application["hospital"] == {"code": "253"}
    assert application["registration"] is None


def test_staff_see_the_person_of_an_application_masked(shared: World) -> None:
    card = next(card for card in shared.sandbox.town.hospitals["253"].cards if card.person_id == "p01")
    query = """query($n: String!) { patient(by: {card: {hospitalId: "253", number: $n}}) {
        admissionApplications { nodes { phone identityNumber contactName } } } }"""
    (seen,) = shared.ask(query, {"n": card.number}, shared.staff()).data["patient"]["admissionApplications"]["nodes"]
    person = shared.sandbox.town.people["p01"]

    assert seen["phone"] == f"{person.phone[:3]}****{person.phone[-4:]}"
    assert seen["identityNumber"] == f"{person.identity_number[:3]}***********{person.identity_number[-4:]}"


def test_a_hospital_without_applications_is_not_asked(shared: World) -> None:
    found = shared.ask(APPLICATIONS, {"h": ["501"]}).data["viewer"]["patients"][0]["admissionApplications"]

    assert found == {"totalCount": 0, "failures": [], "nodes": []}


def test_who_pays_the_deposit_is_admitted(fresh: World) -> None:
    (application,) = applications(fresh)
    assert stays(fresh) == []

    answer = confirm(fresh, application["id"]).data["confirmAdmission"]

    assert answer["userErrors"] == []
    assert answer["registration"]["deposit"] == "2000.00"
    assert answer["registration"]["hospital"] == {"code": "253"}
    (stay,) = stays(fresh)
    assert stay["startedAt"].startswith(fresh.sandbox.town.today.isoformat())
    (afterwards,) = applications(fresh)
    assert afterwards["status"] == "ADMITTED"
    assert afterwards["registration"] == {key: answer["registration"][key] for key in ("id", "stayId", "deposit")}


def test_the_same_payment_admits_once(fresh: World) -> None:
    (application,) = applications(fresh)
    first = confirm(fresh, application["id"]).data

    assert confirm(fresh, application["id"]).data == first
    assert len(stays(fresh)) == 1
    again = confirm(fresh, application["id"], amount="1.00").data["confirmAdmission"]
    assert [error["code"] for error in again["userErrors"]] == ["IDEMPOTENCY_CONFLICT"]


def test_a_cancelled_admission_is_none_and_its_deposit_goes_back(fresh: World) -> None:
    (application,) = applications(fresh)
    registration = confirm(fresh, application["id"]).data["confirmAdmission"]["registration"]

    answer = cancel(fresh, registration["id"]).data["cancelAdmission"]

    assert answer["userErrors"] == []
    assert answer["cancellation"]["refundNumber"]
    assert stays(fresh) == []
    (afterwards,) = applications(fresh)
    assert (afterwards["status"], afterwards["registration"]) == ("CANCELLED", None)
    assert cancel(fresh, registration["id"]).data["cancelAdmission"] == answer


def test_a_deposit_that_the_hospital_did_not_ask_for_is_refused(fresh: World) -> None:
    (application,) = applications(fresh)

    answer = confirm(fresh, application["id"], amount="1999.00").data["confirmAdmission"]

    assert answer["registration"] is None
    assert [error["code"] for error in answer["userErrors"]] == ["AMOUNT_MISMATCH"]
    assert stays(fresh) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "2000.001"}, "amount"),
        ({"method": "CARD_BALANCE"}, "method"),
        ({"method": "UNKNOWN"}, "method"),
        ({"businessKey": "short"}, "businessKey"),
    ],
)
def test_a_bad_payment_is_refused_before_the_hospital_is_asked(
    shared: World, changes: dict[str, str], field: str
) -> None:
    (application,) = applications(shared)
    shared.sandbox.counters.clear()

    answer = confirm(shared, application["id"], **changes).data["confirmAdmission"]

    assert [(error["code"], error["field"]) for error in answer["userErrors"]] == [("BAD_INPUT", field)]
    assert shared.sandbox.counters.total() == 0


def test_no_answer_to_a_payment_is_an_unknown_state(fresh: World) -> None:
    (application,) = applications(fresh)
    fresh.sandbox.faults.inject("253", SAVE, Fault(kind="malformed", times=1))

    assert confirm(fresh, application["id"]).codes == ["STATE_UNKNOWN"]
    # The hospital had done it: the same again tells what came of it.
    assert confirm(fresh, application["id"]).data["confirmAdmission"]["registration"]
    assert len(stays(fresh)) == 1


def test_nobody_is_admitted_by_somebody_else(fresh: World) -> None:
    (application,) = applications(fresh)
    other = fresh.token("account-2")

    assert confirm(fresh, application["id"], other).codes == ["FORBIDDEN"]
    assert confirm(fresh, application["id"], None).codes == ["UNAUTHENTICATED"]
    registration = confirm(fresh, application["id"]).data["confirmAdmission"]["registration"]
    assert cancel(fresh, registration["id"], other).codes == ["FORBIDDEN"]
    assert cancel(fresh, application["id"]).codes == ["BAD_INPUT"]
