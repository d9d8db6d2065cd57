"""Invoices, corrections and queue numbers at the palm hospital, with the operations of the other vendor's hospitals."""

import base64
from decimal import Decimal
from typing import Any

import pytest

from sandbox.faults import Fault
from sandbox.town.model import Appointment, Hospital
from tests.end_to_end.test_booking import APPOINTMENTS, BOOK, SLOTS, card_at
from tests.end_to_end.test_card_changes import CHANGE, person, told
from tests.end_to_end.world import World

PALM = "501"
AMOUNTS = "amount discount paidAmount insuranceAmount accountAmount cashAmount"
INVOICES = f"""query($h: [ID!]) {{ viewer {{ patients {{ electronicInvoices(first: 100, hospitals: $h) {{
    totalCount failures {{ hospital {{ code }} code }}
    nodes {{ id number kind issuedAt {AMOUNTS} issuedTo hospital {{ code }}
      document {{ pageUrl content format }} }} }} }} }} }}"""
AGAIN = "query($id: ID!) { node(id: $id) { ... on ElectronicInvoice { number document { format } } } }"
PHONE = 'query($number: String!) { patient(by: {card: {hospitalId: "501", number: $number}}) { phone } }'
COLLECT = """mutation($input: CollectNumberInput!) { collectNumber(input: $input) {
    appointment { id status queueNumber startsAt departmentName doctorName address cancellable hospital { code } }
    userErrors { code field message } } }"""
COUNTED = f"{PALM} /offerNumber"


def there(world: World) -> Hospital:
    return world.sandbox.town.hospitals[PALM]


def invoices(world: World, token: str | None = "", hospitals: list[str] | None = None) -> list[Any]:
    patients = world.ask(INVOICES, {"h": hospitals or [PALM]}, token).data["viewer"]["patients"]
    return [node for patient in patients for node in patient["electronicInvoices"]["nodes"]]


def change(world: World, token: str | None = "", **given: Any) -> Any:
    asked = {"businessKey": "change-palm-01", "cardId": card_at(world, PALM), **given}
    return world.ask(CHANGE, {"input": asked}, token)


def booked_today(world: World, key: str = "booking-today") -> Any:
    """An appointment of today."""
    day = world.sandbox.town.today.isoformat()
    departments = world.ask(SLOTS, {"hospital": PALM, "day": day}, None).data["hospital"]["departments"]
    slots = [slot for place in departments for schedule in place["schedules"] for slot in schedule["slots"]]
    slot = next(slot for slot in slots if slot["remaining"] > 0)
    given = {"businessKey": key, "cardId": card_at(world, PALM), "slotId": slot["id"]}
    return world.ask(BOOK, {"input": given}).data["bookAppointment"]["appointment"]


def kept(world: World) -> Appointment:
    return there(world).appointments[-1]


def collect(world: World, appointment: Any, key: str = "collecting-0001", token: str | None = "") -> Any:
    return world.ask(COLLECT, {"input": {"businessKey": key, "appointmentId": appointment["id"]}}, token)


def listed(world: World, appointment: Any) -> Any:
    nodes = world.ask(APPOINTMENTS, {"h": [PALM]}).data["viewer"]["patients"][0]["appointments"]["nodes"]
    return next(node for node in nodes if node["id"] == appointment["id"])


def use_palm_papers(world: World) -> None:
    """Reach all interfaces of this file."""
    assert all(each["document"] for each in invoices(world))
    outcome = change(world, phone=person(world, "p01").phone).data["changeHolder"]
    assert outcome["userErrors"] == []
    made = collect(world, booked_today(world, "used-number"), "used-number").data["collectNumber"]
    assert made["appointment"]["queueNumber"]


def test_each_bill_there_is_an_invoice_with_all_its_amounts(shared: World) -> None:
    number = next(card.number for card in there(shared).cards if card.person_id == "p01")
    bills = {f"FP{bill.id}": bill for bill in there(shared).bills if bill.card_number == number}

    patients = shared.ask(INVOICES, {"h": [PALM]}).data["viewer"]["patients"]
    found = patients[0]["electronicInvoices"]["nodes"]

    assert {each["number"] for each in found} == set(bills)
    for each in found:
        bill = bills[each["number"]]
        assert each["kind"] == "OUTPATIENT"
        assert each["issuedAt"][:10] == bill.charged_at.date().isoformat()
        assert (Decimal(each["amount"]), Decimal(each["discount"])) == (bill.total, bill.discount)
        assert Decimal(each["paidAmount"]) == Decimal(each["cashAmount"]) == bill.paid
        assert (Decimal(each["insuranceAmount"]), Decimal(each["accountAmount"])) == (
            bill.insurance,
            bill.insurance_account,
        )


def test_the_original_is_handed_out_and_its_address_is_not(shared: World) -> None:
    found = invoices(shared) + invoices(shared, shared.token("account-3"))
    documents = {each["kind"]: each["document"] for each in found}

    assert base64.b64decode(documents["OUTPATIENT"]["content"]).startswith(b"%PDF")
    assert [documents[kind]["format"] for kind in ("OUTPATIENT", "INPATIENT")] == ["PDF", "PNG"]
    assert {each["document"]["pageUrl"] for each in found} == {None}
    assert "/pacs/files" not in str(found)


def test_a_stay_there_that_is_over_is_an_invoice(shared: World) -> None:
    (stay,) = there(shared).admissions

    (found,) = [each for each in invoices(shared, shared.token("account-3")) if each["kind"] == "INPATIENT"]

    assert (found["number"], Decimal(found["amount"])) == (f"FP{stay.id}", stay.cost)


def test_the_lists_of_both_vendors_are_one(shared: World) -> None:
    found = invoices(shared, hospitals=["253", PALM])

    assert {each["hospital"]["code"] for each in found} == {"253", PALM}
    # What a hospital does not tell apart is null, not nothing.
    assert {each["cashAmount"] for each in found if each["hospital"]["code"] == "253"} == {None}


def test_a_hospital_that_lists_no_stays_is_missing_from_the_invoices(fresh: World) -> None:
    fresh.sandbox.faults.inject(PALM, "/getInHospitalList", Fault(kind="malformed", times=2))

    found = fresh.ask(INVOICES, {"h": [PALM]}).data["viewer"]["patients"][0]["electronicInvoices"]

    assert found["nodes"] == []
    assert found["failures"] == [{"hospital": {"code": PALM}, "code": "UPSTREAM_MALFORMED"}]


def test_an_invoice_there_is_read_again_by_its_owner_alone(shared: World) -> None:
    invoice = invoices(shared)[0]

    again = shared.ask(AGAIN, {"id": invoice["id"]}).data["node"]

    assert again == {"number": invoice["number"], "document": {"format": "PDF"}}
    assert shared.ask(AGAIN, {"id": invoice["id"]}, shared.token("account-2")).codes == ["FORBIDDEN"]


def test_a_change_there_is_seen_at_once(fresh: World) -> None:
    number = next(card.number for card in there(fresh).cards if card.person_id == "p01")
    # Of a patient with several hospitals, the first that answers says the phone.
    asked = {"number": number}, fresh.staff([PALM])
    before = fresh.ask(PHONE, *asked).data["patient"]["phone"]

    outcome = change(fresh, phone="10000008888", ethnicity="ZHUANG").data["changeHolder"]

    assert outcome["userErrors"] == []
    assert person(fresh, "p01").phone == "10000008888"
    after = fresh.ask(PHONE, *asked).data["patient"]["phone"]
    assert (before[-4:], after[-4:]) == ("0001", "8888")
    assert change(fresh, phone="10000008888", ethnicity="ZHUANG").data["changeHolder"]["userErrors"] == []
    assert fresh.sandbox.counters.count("/card/update") == 1
    assert told(change(fresh, phone="10000008889").data["changeHolder"]) == [("IDEMPOTENCY_CONFLICT", "businessKey")]


@pytest.mark.parametrize(
    "given", [{"address": {"city": "样例市"}}, {"maritalStatus": "MARRIED"}, {"address": {"line": "1号楼"}}]
)
def test_what_cannot_be_changed_there_is_said_and_nothing_is_changed(fresh: World, given: dict[str, Any]) -> None:
    phone = person(fresh, "p01").phone

    (error,) = change(fresh, phone="10000008888", **given).data["changeHolder"]["userErrors"]

    assert (error["code"], error["message"]) == ("BAD_INPUT", "该医院不支持在线修改姓名、地址、婚姻状况，请到窗口办理")
    assert person(fresh, "p01").phone == phone
    assert fresh.sandbox.counters.count("/card/update") == 0


def test_staff_correct_a_birth_date_there_and_patients_do_not(fresh: World) -> None:
    assert told(change(fresh, birthDate="1999-01-02").data["changeHolder"]) == [("IDENTITY_MISMATCH", "birthDate")]

    given = {"businessKey": "change-palm-02", "birthDate": "1999-01-02", "gender": "FEMALE"}
    outcome = change(fresh, fresh.staff([PALM]), **given).data["changeHolder"]

    assert outcome["userErrors"] == []
    known = person(fresh, "p01")
    assert (known.birth_date.isoformat(), known.gender) == ("1999-01-02", "F")


def test_a_change_without_an_answer_is_unknown_and_a_repeat_finds_out(fresh: World) -> None:
    fresh.sandbox.faults.inject(PALM, "/card/update", Fault(kind="malformed", times=1))

    assert change(fresh, phone="10000008888").codes == ["STATE_UNKNOWN"]
    assert change(fresh, phone="10000008888").data["changeHolder"]["userErrors"] == []
    assert person(fresh, "p01").phone == "10000008888"


def test_nobody_changes_somebody_else(shared: World) -> None:
    given = {"phone": "10000008888"}
    asked = {"input": {"businessKey": "change-palm-09", "cardId": card_at(shared, PALM), **given}}

    assert shared.ask(CHANGE, asked, shared.token("account-2")).codes == ["FORBIDDEN"]
    assert shared.ask(CHANGE, asked, None).codes == ["UNAUTHENTICATED"]


def test_the_number_of_an_appointment_of_today_is_taken(fresh: World) -> None:
    made = booked_today(fresh)

    outcome = collect(fresh, made).data["collectNumber"]

    assert outcome["userErrors"] == []
    found = outcome["appointment"]
    assert (found["id"], found["status"], found["startsAt"]) == (made["id"], "COLLECTED", made["startsAt"])
    assert (found["queueNumber"], found["hospital"]) == (str(kept(fresh).queue_number), {"code": PALM})
    assert found["departmentName"]
    assert found["doctorName"]
    assert found["address"] == there(fresh).campuses[0][1]
    assert found["cancellable"] is False
    assert listed(fresh, made)["status"] == "COLLECTED"


def test_a_number_is_taken_once_whatever_the_key(fresh: World) -> None:
    made = booked_today(fresh)

    first = collect(fresh, made).data["collectNumber"]["appointment"]
    assert collect(fresh, made).data["collectNumber"]["appointment"] == first
    other = collect(fresh, made, key="collecting-0002").data["collectNumber"]["appointment"]

    assert (other["status"], other["queueNumber"]) == ("COLLECTED", first["queueNumber"])
    assert fresh.sandbox.counters.snapshot()[COUNTED] == 1


def test_no_answer_to_a_number_is_unknown_and_a_repeat_finds_out(fresh: World) -> None:
    made = booked_today(fresh)
    fresh.sandbox.faults.inject(PALM, "/offerNumber", Fault(kind="malformed", times=1))

    assert collect(fresh, made).codes == ["STATE_UNKNOWN"]
    found = collect(fresh, made).data["collectNumber"]["appointment"]

    assert (found["status"], found["queueNumber"]) == ("COLLECTED", str(kept(fresh).queue_number))
    assert fresh.sandbox.counters.snapshot()[COUNTED] == 1


def test_a_hospital_that_refuses_a_number_is_told_as_refusing(fresh: World) -> None:
    made = booked_today(fresh)
    fresh.sandbox.faults.inject(PALM, "/offerNumber", Fault(kind="refusal", times=1))

    assert told(collect(fresh, made).data["collectNumber"]) == [("REFUSED_BY_HOSPITAL", None)]
    assert listed(fresh, made)["status"] == "BOOKED"
    assert collect(fresh, made).data["collectNumber"]["appointment"]["status"] == "COLLECTED"


@pytest.mark.parametrize("state", ["cancelled", "missed"])
def test_there_is_no_number_for_what_is_over(fresh: World, state: str) -> None:
    made = booked_today(fresh)
    kept(fresh).state = state

    assert told(collect(fresh, made).data["collectNumber"]) == [("APPOINTMENT_UNKNOWN", None)]
    assert COUNTED not in fresh.sandbox.counters.snapshot()


def test_there_is_no_number_for_another_day(fresh: World) -> None:
    nodes = fresh.ask(APPOINTMENTS, {"h": [PALM]}).data["viewer"]["patients"][0]["appointments"]["nodes"]
    coming = next(node for node in nodes if node["status"] == "BOOKED")

    (error,) = collect(fresh, coming).data["collectNumber"]["userErrors"]

    assert (error["code"], error["message"]) == ("APPOINTMENT_UNKNOWN", "仅可为当日已预约的号取号")


def test_numbers_are_taken_by_their_owners_where_there_are_numbers(fresh: World) -> None:
    made = booked_today(fresh)
    elsewhere = fresh.ask(APPOINTMENTS, {"h": ["253"]}).data["viewer"]["patients"][0]["appointments"]["nodes"][0]

    assert collect(fresh, made, token=fresh.token("account-2")).codes == ["FORBIDDEN"]
    assert collect(fresh, made, token=None).codes == ["UNAUTHENTICATED"]
    assert told(collect(fresh, elsewhere).data["collectNumber"]) == [("UNSUPPORTED_BY_HOSPITAL", None)]
    assert COUNTED not in fresh.sandbox.counters.snapshot()
