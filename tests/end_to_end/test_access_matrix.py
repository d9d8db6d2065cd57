"""Who reaches what: every root field and every kind of node of the schema, for every kind of asker."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from graphql import GraphQLObjectType
from joserfc import jwt
from joserfc.jwk import OctKey

from app.keys import Purpose, derive
from connectors.records.base import CardRef
from resolvers.global_id import GlobalIds
from sandbox.tokens import RECEPTION_SCOPE, patient_token, staff_token, system_token
from schema.build import core_schema
from tests.end_to_end.world import HS256_SECRET, World, settings

HOSPITAL = "253"
OWNER = "p01"
SHOWN, DENIED, EXPIRED, UNKNOWN = "shown", "FORBIDDEN", "TOKEN_EXPIRED", "UNAUTHENTICATED"
ASKERS = [
    "owner",
    "guardian",
    "guardian of a grown child",
    "other patient",
    "staff",
    "staff at the reception",
    "staff elsewhere",
    "staff without scopes",
    "system",
    "expired",
    "nobody",
]
# What askers other than these see depends on nothing: the owner and the guardian all, the others nothing.
ALWAYS = {"owner": SHOWN, "guardian": SHOWN, "expired": EXPIRED}
NEVER = {
    "guardian of a grown child": DENIED,
    "other patient": DENIED,
    "staff elsewhere": DENIED,
    "staff without scopes": DENIED,
    "nobody": UNKNOWN,
}
MEDICAL = ALWAYS | NEVER | {"staff": SHOWN, "staff at the reception": DENIED, "system": SHOWN}
AT_RECEPTION = MEDICAL | {"staff at the reception": SHOWN}
WRITTEN = MEDICAL | {"system": DENIED}
# What is ordered and handed out: told by the hospital's own alone.
BY_STAFF_THERE = dict.fromkeys(ASKERS, DENIED) | {"staff": SHOWN, "expired": EXPIRED, "nobody": UNKNOWN}
PUBLIC = dict.fromkeys(ASKERS, SHOWN) | {"expired": EXPIRED}
SOMEBODY = PUBLIC | {"nobody": UNKNOWN}
# Who is somebody already does not become somebody else.
NOBODY_YET = dict.fromkeys(ASKERS, DENIED) | {"nobody": SHOWN, "expired": EXPIRED}
STAFF_ONLY = dict.fromkeys(ASKERS, DENIED) | {
    "staff": SHOWN,
    "staff at the reception": SHOWN,
    "staff elsewhere": SHOWN,
    "staff without scopes": SHOWN,
    "expired": EXPIRED,
    "nobody": UNKNOWN,
}

WORKING = dict.fromkeys(ASKERS, DENIED) | {
    "staff": SHOWN,
    "staff elsewhere": SHOWN,
    "system": SHOWN,
    "expired": EXPIRED,
    "nobody": UNKNOWN,
}
CAREGIVER = """{name: "x", identityNumber: "x", phone: "x", gender: MALE, relationship: "x",
        validUntil: "2020-01-01T00:00:00+08:00"}"""
# What has an id that no list of the graph gives: mutations do, or the hospital's other end.
UNLISTED = (
    "AdmissionBooking",
    "AdmissionRegistration",
    "CaregiverPass",
    "CaseCopy",
    "ConsultingRoom",
    "ExaminationSlot",
    "SelfPayOrder",
    "SelfServiceOrder",
    "SelfServicePackage",
)

NODES: Mapping[str, Mapping[str, str]] = {
    "AdmissionApplication": MEDICAL,
    "Appointment": AT_RECEPTION,
    "Bill": MEDICAL,
    "Card": AT_RECEPTION,
    "Charge": MEDICAL,
    "CheckupReport": MEDICAL,
    "Department": PUBLIC,
    "EcgReport": MEDICAL,
    "Discharge": MEDICAL,
    "ElectronicInvoice": MEDICAL,
    "ExaminationOrder": MEDICAL,
    "Hospital": PUBLIC,
    "ImagingReport": MEDICAL,
    "InsuranceOrder": MEDICAL,
    "LabReport": MEDICAL,
    "PathologyReport": MEDICAL,
    "Patient": AT_RECEPTION,
    "PatientEducation": MEDICAL,
    "Prescription": MEDICAL,
    "Visit": MEDICAL,
}
# A patient's global id names the person in the account that it was made for: it means nothing to those who work there.
OF_ACCOUNT = AT_RECEPTION | {"staff": DENIED, "staff at the reception": DENIED, "system": DENIED}
ROOTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "Query.viewer": ("{ viewer { role } }", PUBLIC),
    "Query.hospitals": ("{ hospitals { code } }", PUBLIC),
    "Query.hospital": ('{ hospital(id: "253") { code } }', PUBLIC),
    "Query.node": ("query ($visit: ID!) { node(id: $visit) { id } }", MEDICAL),
    "Query.patient": (
        'query ($n: String!) { patient(by: {card: {hospitalId: "253", number: $n}}) { gender } }',
        AT_RECEPTION,
    ),
    "Mutation.bookAppointment": (
        """mutation ($card: ID!) { bookAppointment(input: {businessKey: "k", cardId: $card, slotId: "none"})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelAppointment": (
        """mutation ($appointment: ID!) { cancelAppointment(input: {businessKey: "k", appointmentId: $appointment})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.bookCheckup": (
        """mutation ($card: ID!) { bookCheckup(input: {businessKey: "k", cardId: $card, packageIds: [],
        startsAt: "2020-01-01T08:00:00+08:00", amount: "0"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelCheckup": (
        """mutation ($appointment: ID!) { cancelCheckup(input: {businessKey: "k", appointmentId: $appointment})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.registerSameDay": (
        """mutation ($card: ID!) { registerSameDay(input: {businessKey: "k", cardId: $card, slotId: "none", fee: "0",
        method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.payAppointment": (
        """mutation ($appointment: ID!) { payAppointment(input: {businessKey: "k", appointmentId: $appointment,
        fee: "0", method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.triage": (
        """mutation ($room: ID!) { triage(input: {businessKey: "k", roomId: $room}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.checkIn": (
        """mutation ($appointment: ID!) { checkIn(input: {businessKey: "k", appointmentId: $appointment})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.payCharges": (
        """mutation ($charge: ID!) { payCharges(input: {businessKey: "k", chargeIds: [$charge], amount: "0",
        method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.payDeposit": (
        """mutation ($card: ID!) { payDeposit(input: {businessKey: "k", cardId: $card, amount: "0",
        method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.orderCaseCopy": (
        """mutation ($card: ID!) { orderCaseCopy(input: {businessKey: "k", cardId: $card, admissionNumber: "x",
        applicationId: "x", pageCount: 1, printFee: "1", amount: "1", method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.createInsuranceOrder": (
        """mutation ($charge: ID!) { createInsuranceOrder(input: {businessKey: "k", chargeIds: [$charge]})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.settleInsuranceOrder": (
        """mutation ($insurance: ID!) { settleInsuranceOrder(input: {businessKey: "k", orderId: $insurance})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelInsuranceOrders": (
        """mutation ($insurance: ID!) { cancelInsuranceOrders(input: {businessKey: "k", orderIds: [$insurance]})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.payInsuranceOrder": (
        """mutation ($insurance: ID!) { payInsuranceOrder(input: {businessKey: "k", orderId: $insurance, amount: "0",
        method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.paySelfPayOrder": (
        """mutation ($rest: ID!) { paySelfPayOrder(input: {businessKey: "k", orderId: $rest, amount: "0",
        method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.recordConsultation": (
        """mutation ($card: ID!) { recordConsultation(input: {businessKey: "k", cardId: $card, consultationNumber: "1",
        consultedAt: "2020-01-01T08:00:00+08:00", doctorNumber: "1", doctorName: "样例", departmentNumber: "1",
        departmentName: "样例", fee: "0", paid: false}) { userErrors { code } } }""",
        BY_STAFF_THERE,
    ),
    "Mutation.recordOnlineOrder": (
        """mutation ($card: ID!) { recordOnlineOrder(input: {businessKey: "k", cardId: $card, total: "0", items: [],
        paidAt: "2020-01-01T08:00:00+08:00", diagnosisCode: "1", diagnosis: "样例", doctorHospital: "样例",
        doctorNumber: "1", doctorName: "样例"}) { userErrors { code } } }""",
        BY_STAFF_THERE,
    ),
    "Mutation.createCard": (
        """mutation ($patient: ID!) { createCard(input: {businessKey: "k", patientId: $patient, hospitalId: "253",
        name: "样例", gender: MALE, birthDate: "1990-01-01", phone: "x"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Query.hospitalStatistics": (
        """{ hospitalStatistics(since: "2020-01-01T00:00:00+08:00", until: "2020-01-02T00:00:00+08:00")
        { nodes { visits } } }""",
        WORKING,
    ),
    "Mutation.confirmAdmission": (
        """mutation ($application: ID!) { confirmAdmission(input: {businessKey: "k", applicationId: $application,
        amount: "0", method: ALIPAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelAdmission": (
        """mutation ($registration: ID!) { cancelAdmission(input: {businessKey: "k", registrationId: $registration})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.bookAdmission": (
        """mutation ($card: ID!) { bookAdmission(input: {businessKey: "k", cardId: $card, departmentId: "none",
        bedCategory: "x", address: "x"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelAdmissionBooking": (
        """mutation ($booking: ID!) { cancelAdmissionBooking(input: {businessKey: "k", bookingId: $booking,
        reason: "x"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.checkInAdmission": (
        """mutation ($card: ID!) { checkInAdmission(input: {businessKey: "k", cardId: $card, applicationNumber: "x"})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelCaseCopy": (
        """mutation ($caseCopy: ID!) { cancelCaseCopy(input: {businessKey: "k", caseCopyId: $caseCopy})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.addCaregiverPass": (
        f"""mutation ($card: ID!) {{ addCaregiverPass(input: {{businessKey: "k", cardId: $card, admissionNumber: "1",
        caregiver: {CAREGIVER}}}) {{ userErrors {{ code }} }} }}""",
        WRITTEN,
    ),
    "Mutation.updateCaregiverPass": (
        f"""mutation ($pass: ID!) {{ updateCaregiverPass(input: {{businessKey: "k", passId: $pass,
        caregiver: {CAREGIVER}}}) {{ userErrors {{ code }} }} }}""",
        WRITTEN,
    ),
    "Mutation.removeCaregiverPass": (
        """mutation ($pass: ID!) { removeCaregiverPass(input: {businessKey: "k", passId: $pass})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.signPatientEducation": (
        """mutation ($education: ID!) { signPatientEducation(input: {businessKey: "k", educationId: $education,
        signer: PATIENT, mastery: AWARE, image: "x"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.createNewbornCard": (
        """mutation ($patient: ID!) { createNewbornCard(input: {businessKey: "k", patientId: $patient, hospitalId: "253",
        name: "样例", gender: MALE, birthDate: "1990-01-01", phone: "x", birthOrder: 1, motherIdentityNumber: "x"})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.changeHolder": (
        'mutation ($card: ID!) { changeHolder(input: {businessKey: "k", cardId: $card}) { userErrors { code } } }',
        WRITTEN,
    ),
    "Mutation.addContact": (
        """mutation ($card: ID!) { addContact(input: {businessKey: "k", cardId: $card, name: "x", gender: MALE,
        birthDate: "1990-01-01", identityNumber: "x", phone: "x", address: "x", ethnicity: HAN, kinship: OTHER})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.linkCard": (
        """mutation ($patient: ID!) { linkCard(input: {businessKey: "k", patientId: $patient, hospitalId: "253",
        linkedNumber: "x", name: "x", identityNumber: "x"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.unlinkCard": (
        """mutation ($card: ID!) { unlinkCard(input: {businessKey: "k", cardId: $card, linkedNumber: " "})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.rechargeCard": (
        """mutation ($card: ID!) { rechargeCard(input: {businessKey: "k", cardId: $card, amount: "0",
        method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.refundRecharge": (
        """mutation ($card: ID!) { refundRecharge(input: {businessKey: "k", cardId: $card, rechargeNumber: "x",
        amount: "0"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.bookExamination": (
        """mutation ($examinationSlot: ID!) { bookExamination(input: {businessKey: "k", slotId: $examinationSlot})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.changeExamination": (
        """mutation ($appointment: ID!) { changeExamination(input: {businessKey: "k", appointmentId: $appointment,
        slotId: "none"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelExamination": (
        """mutation ($appointment: ID!) { cancelExamination(input: {businessKey: "k", appointmentId: $appointment,
        reason: ""}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.checkInExaminations": (
        """mutation ($appointment: ID!) { checkInExaminations(input: {businessKey: "k", appointmentIds: [$appointment]})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.reserveLabTest": (
        """mutation ($card: ID!) { reserveLabTest(input: {businessKey: "k", cardId: $card})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.payLabTest": (
        """mutation ($card: ID!) { payLabTest(input: {businessKey: "k", cardId: $card, amount: "0"})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelLabTest": (
        """mutation ($appointment: ID!) { cancelLabTest(input: {businessKey: "k", appointmentId: $appointment})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.bookSelfServicePackages": (
        """mutation ($package: ID!) { bookSelfServicePackages(input: {businessKey: "k", packageIds: [$package],
        day: "2020-01-01", amount: "0", method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelSelfServiceOrder": (
        """mutation ($selfServiceOrder: ID!) { cancelSelfServiceOrder(input: {businessKey: "k",
        orderId: $selfServiceOrder}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.breakGlass": (
        'mutation ($card: ID!) { breakGlass(input: {cardId: $card, reason: "x"}) { userErrors { code } } }',
        STAFF_ONLY,
    ),
    "Mutation.wechatLogin": ('mutation { wechatLogin(input: {code: "none"}) { userErrors { code } } }', NOBODY_YET),
    "Mutation.refreshLogin": (
        'mutation { refreshLogin(input: {refreshToken: "none"}) { userErrors { code } } }',
        PUBLIC,
    ),
    "Mutation.logout": ('mutation { logout(input: {refreshToken: "none"}) { userErrors { code } } }', SOMEBODY),
}
LISTS = (
    "admissionApplications",
    "appointments",
    "bills",
    "charges",
    "checkupReports",
    "discharges",
    "ecgReports",
    "educations",
    "electronicInvoices",
    "examinationOrders",
    "pathologyReports",
    "prescriptions",
    "reports",
    "visits",
)


def test_the_matrix_has_every_root_field_and_every_kind_of_node() -> None:
    roots = {
        f"{kind}.{name}"
        for kind, root in (("Query", core_schema.query_type), ("Mutation", core_schema.mutation_type))
        for name in (root.fields if root else {})
    }
    nodes = {
        name
        for name, kind in core_schema.type_map.items()
        if isinstance(kind, GraphQLObjectType) and any(each.name == "Node" for each in kind.interfaces)
    }
    assert set(ROOTS) == roots
    assert set(NODES) == nodes
    for expected in (*NODES.values(), *(row for _, row in ROOTS.values())):
        assert set(expected) == set(ASKERS)


def token_of(world: World, asker: str) -> str | None:
    town = world.sandbox.town
    today = town.today
    return {
        "owner": world.token("account-1"),
        "guardian": guardian(world, born=today.replace(year=today.year - 8, day=1)),
        "guardian of a grown child": guardian(world, born=today.replace(year=today.year - 18, day=1)),
        "other patient": patient_token(town, "account-2", HS256_SECRET),
        "staff": staff_token(HS256_SECRET, [HOSPITAL]),
        "staff at the reception": staff_token(HS256_SECRET, [HOSPITAL], scope=RECEPTION_SCOPE),
        "staff elsewhere": staff_token(HS256_SECRET, ["254", "501"]),
        "staff without scopes": staff_token(HS256_SECRET, [HOSPITAL], scope=""),
        "system": system_token(HS256_SECRET, [HOSPITAL]),
        "expired": patient_token(town, "account-1", HS256_SECRET, seconds=-3600),
        "nobody": None,
    }[asker]


def guardian(world: World, born: dt.date) -> str:
    """A token of the account that the same person is bound to as a child."""
    key = OctKey.import_key(HS256_SECRET)
    claims = jwt.decode(world.token("account-1"), key).claims
    child = next(person for person in claims["people"] if person["id"] == OWNER)
    people = [child | {"relation": "child", "birth_date": born.isoformat()}]
    return jwt.encode({"alg": "HS256"}, claims | {"people": people, "sub": "parent"}, key)


@dataclasses.dataclass(frozen=True)
class Places:
    """The ids of one person's records at the hospital."""

    ids: Mapping[str, str]
    card_number: str

    def variables(self) -> dict[str, Any]:
        return {
            "n": self.card_number,
            "card": self.ids["Card"],
            "patient": self.ids["Patient"],
            "visit": self.ids["Visit"],
            "charge": self.ids["Charge"],
            "insurance": self.ids["InsuranceOrder"],
            "rest": self.ids["SelfPayOrder"],
            "appointment": self.ids["Appointment"],
            "room": self.ids["ConsultingRoom"],
            "application": self.ids["AdmissionApplication"],
            "booking": self.ids["AdmissionBooking"],
            "caseCopy": self.ids["CaseCopy"],
            "registration": self.ids["AdmissionRegistration"],
            "education": self.ids["PatientEducation"],
            "examinationSlot": self.ids["ExaminationSlot"],
            "package": self.ids["SelfServicePackage"],
            "selfServiceOrder": self.ids["SelfServiceOrder"],
            "pass": self.ids["CaregiverPass"],
        }


@pytest.fixture(scope="module")
def places(shared: World) -> Places:
    card = next(card for card in shared.sandbox.town.hospitals[HOSPITAL].cards if card.person_id == OWNER)
    selection = " ".join(f'{name}(first: 50, hospitals: ["253"]) {{ nodes {{ __typename id }} }}' for name in LISTS)
    query = f"""query ($n: String!) {{ patient(by: {{card: {{hospitalId: "253", number: $n}}}}) {{
        __typename id cards {{ __typename id hospital {{ __typename id code departments {{ __typename id }} }} }}
        {selection} }} }}"""
    patient = shared.ask(query, {"n": card.number}).data["patient"]
    here = next(each for each in patient["cards"] if each["hospital"]["code"] == HOSPITAL)
    found = [patient, here, here["hospital"], here["hospital"]["departments"][0]]
    found += [node for name in LISTS for node in patient[name]["nodes"]]
    ids = GlobalIds(derive(settings("http://127.0.0.1:9").secret, Purpose.GLOBAL_IDS))
    unlisted = {kind: ids.write(kind, HOSPITAL, CardRef(HOSPITAL, card.number), "none") for kind in UNLISTED}
    order = shared.sandbox.town.hospitals[HOSPITAL].claims.orders[0]
    unlisted["InsuranceOrder"] = ids.write("InsuranceOrder", HOSPITAL, CardRef(HOSPITAL, card.number), order.id)
    return Places({each["__typename"]: each["id"] for each in found} | unlisted, card.number)


def outcome(answer: Any) -> str:
    """Say what came of it: a code of access, or that the asker got through to what was asked for."""
    codes = [*answer.codes]
    for value in (answer.body.get("data") or {}).values():
        codes += [error["code"] for error in (value or {}).get("userErrors", [])] if isinstance(value, dict) else []
    refused = [code for code in codes if code in {DENIED, EXPIRED, UNKNOWN}]
    return refused[0] if refused else SHOWN


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("kind", NODES)
def test_a_node_is_shown_to_whom_it_may_be(shared: World, places: Places, kind: str, asker: str) -> None:
    id_ = places.ids[kind]
    answer = shared.ask("query ($id: ID!) { node(id: $id) { __typename id } }", {"id": id_}, token_of(shared, asker))
    expected = (OF_ACCOUNT if kind == "Patient" else NODES[kind])[asker]
    assert outcome(answer) == expected
    node = (answer.body.get("data") or {}).get("node")
    assert (node == {"__typename": kind, "id": id_}) is (expected == SHOWN)


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("place", ROOTS)
def test_a_root_field_answers_whom_it_may(shared: World, places: Places, place: str, asker: str) -> None:
    query, expected = ROOTS[place]
    variables = {name: value for name, value in places.variables().items() if f"${name}:" in query}
    answer = shared.ask(query, variables, token_of(shared, asker))
    assert outcome(answer) == expected[asker]
    if expected[asker] != SHOWN:
        assert not any((answer.body.get("data") or {}).values())
