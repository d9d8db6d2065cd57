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
from tests.end_to_end.access_table import NODES, OF_ACCOUNT, ROOTS, UNLISTED
from tests.end_to_end.askers import ASKERS, DENIED, EXPIRED, HOSPITAL, OWNER, SHOWN, UNKNOWN
from tests.end_to_end.world import HS256_SECRET, World, settings

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
            "test": self.ids["NucleicAcidTestAppointment"],
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
