"""How many calls to hospitals an operation may lead to, before any is made."""

from typing import Any

import pytest
from graphql import parse, validate

from app.endpoint.budget import AllowedCalls, CallBudget
from app.endpoint.call_shape import shape_of
from app.endpoint.documents import Document
from connectors.records.base import CardRef
from resolvers.access_control.principal import ANONYMOUS, BoundPerson, Principal, Relation, Role
from resolvers.access_control.reach import A_FAMILY, ONE_CARD, Reach, reach_of
from schema.build import core_schema

HOSPITALS = 5
ONE = reach_of([[CardRef("253", "1"), CardRef("254", "1"), CardRef("501", "2")]])
# The second person has two cards at one hospital.
TWO = reach_of([[CardRef("253", "1"), CardRef("254", "1")], [CardRef("253", "3"), CardRef("253", "4")]])


def document(text: str) -> Document:
    node = parse(text)
    assert validate(core_schema, node) == []
    return Document(text, node)


def calls(text: str, reach: Reach = ONE, variables: dict[str, Any] | None = None) -> tuple[int, int]:
    read = document(text)
    shape = shape_of(core_schema, read, read.operation(None))
    return tuple(shape.calls(reach, HOSPITALS, shape.sizes(variables)))  # type: ignore[return-value] # a pair


def of_person(selection: str) -> str:
    return f"{{ viewer {{ patients {{ {selection} }} }} }}"


def test_cards_are_counted_in_all_and_where_most_of_them_are() -> None:
    for reach, expected in ((ONE, (1, 3, 1, 3, 1)), (TWO, (2, 4, 3, 2, 2))):
        assert reach == Reach(*expected)
    assert reach_of([]) == Reach(0, 0, 0, 0, 0)


def test_a_patient_reaches_the_bound_cards_and_everybody_else_one_at_a_time() -> None:
    person = BoundPerson(id="p", relation=Relation.SELF, cards=(CardRef("253", "1"), CardRef("253", "2")))

    assert Principal(role=Role.PATIENT, people={"p": person}).reach == Reach(1, 2, 2, 2, 2)
    assert Principal(role=Role.STAFF, hospital_ids=frozenset({"253"})).reach == ONE_CARD == ANONYMOUS.reach


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ("id relation", (0, 0)),
        ("name", (3, 1)),
        # What one look at a card tells is asked for once.
        ("name gender birthDate phone identityNumber cards { holderName status }", (3, 1)),
        ("cards { number hospital { name } }", (0, 0)),
        ("cards { holderName }", (3, 1)),
        ("cards { balance }", (3, 1)),
        ("prescriptions { totalCount }", (3 + 3, 1 + 1)),
        ("visits { totalCount }", (3 + 6, 1 + 2)),
        # All on a page may be of the same hospital.
        ("visits(first: 7) { nodes { medicalRecord { complaint } } }", (3 + 6 + 7, 1 + 2 + 7)),
        # A report is of one kind or the other.
        (
            """reports(first: 4) { nodes {
                ... on LabReport { detail { age } } ... on ImagingReport { detail { age } } } }""",
            (3 + 12 + 4, 1 + 4 + 4),
        ),
        # The same field under two names is asked for twice, under one name once.
        ("a: visits(first: 1) { totalCount } b: visits(first: 2) { totalCount }", (3 + 12, 1 + 4)),
        ("visits { totalCount } visits { nodes { id } } ... on Patient { visits { totalCount } }", (3 + 6, 1 + 2)),
        ("cards { patient { cards { balance } } }", (9, 3)),
        ("visits { failures { hospital { departments { name } } } }", (3 + 6 + 3, 1 + 2 + 1)),
    ],
)
def test_calls_for_a_person_with_cards_at_three_hospitals(selection: str, expected: tuple[int, int]) -> None:
    assert calls(of_person(selection)) == expected


def test_people_are_counted_with_their_cards() -> None:
    assert calls(of_person("name"), TWO) == (4, 3)
    assert calls(of_person("prescriptions(first: 2) { nodes { detail { age } } }"), TWO) == (4 + 4 + 4, 3 + 3 + 4)
    assert calls(of_person("name"), reach_of([])) == (0, 0)


def test_hospitals_are_counted_each_for_itself() -> None:
    assert calls("{ hospitals { name } }") == (0, 0)
    assert calls("{ hospitals { departments { name } } }") == (HOSPITALS, 1)
    assert calls('{ hospital(id: "253") { departments { doctors { name } } } }') == (31, 31)


def test_staff_look_at_one_person() -> None:
    query = '{ patient(by: {card: {hospitalId: "253", number: "1"}}) { name visits { totalCount } } }'
    assert calls(query, ONE_CARD) == (1 + 1 + 2, 1 + 1 + 2)


def test_each_write_looks_up_its_own_person() -> None:
    write = 'cancelAppointment(input: {businessKey: "12345678", appointmentId: "x"}) { userErrors { code } }'
    assert calls(f"mutation {{ {write} }}") == (4, 2)
    assert calls(f"mutation {{ {write} again: {write} }}") == (8, 4)


def test_who_logs_in_is_counted_as_a_family_is() -> None:
    login = 'mutation { wechatLogin(input: {code: "c"}) { session { viewer { patients { name } } } } }'
    assert calls(login, ONE_CARD) == (8 + A_FAMILY.cards, 8 + A_FAMILY.at_hospital)


PAGED = "query($n: Int! = 3) { viewer { patients { prescriptions(first: $n) { nodes { detail { age } } } } } }"


@pytest.mark.parametrize(
    ("variables", "rows"), [({"n": 50}, 50), ({"n": 5.0}, 5), ({}, 3), (None, 3), ({"n": "unfit"}, 3), ({"n": -7}, 1)]
)
def test_a_variable_says_how_long_a_page_is(variables: dict[str, Any] | None, rows: int) -> None:
    assert calls(PAGED, variables=variables) == (6 + rows, 2 + rows)


@pytest.mark.parametrize("value", [float("inf"), float("nan"), True, [], None, {}])
def test_a_variable_of_any_kind_is_no_fault_of_the_server(value: Any) -> None:
    assert calls(PAGED, variables={"n": value})[0] <= 6 + 3


def test_a_page_that_names_no_length_has_the_schemas() -> None:
    assert calls(of_person("prescriptions { nodes { detail { age } } }")) == (6 + 20, 2 + 20)
    assert calls(of_person("charges { nodes { id } }")) == (33, 11)


def test_fragments_count_where_they_are_spread() -> None:
    fragments = "fragment A on Patient { cards { ...B } } fragment B on Card { balance }"
    assert calls(of_person("...A ...A") + fragments) == (3, 1)


def test_the_schema_asked_about_itself_calls_nobody() -> None:
    assert calls("{ __typename __schema { types { name fields { name } } } }") == (0, 0)


def problem(text: str, allowed: AllowedCalls, variables: dict[str, Any] | None = None) -> dict[str, Any] | None:
    read = document(text)
    error = CallBudget(core_schema, HOSPITALS, allowed).problem(read, read.operation(None), ONE, variables)
    return None if error is None else dict(error.extensions or {})


def test_what_fits_is_run_and_what_does_not_says_what_it_needs() -> None:
    query = of_person("visits { totalCount }")

    assert problem(query, AllowedCalls(9, 3)) is None
    assert problem(query, AllowedCalls(8, 3)) == {
        "code": "QUERY_TOO_EXPENSIVE", "per": "OPERATION", "needed": 9, "allowed": 8
    }  # fmt: skip
    assert problem(query, AllowedCalls(9, 2)) == {
        "code": "QUERY_TOO_EXPENSIVE", "per": "HOSPITAL", "needed": 3, "allowed": 2
    }  # fmt: skip


def test_a_page_over_the_maximum_is_refused() -> None:
    for query, variables in ((of_person("visits(first: 201) { totalCount }"), None), (PAGED, {"n": 10**6})):
        assert problem(query, AllowedCalls(), variables) == {"code": "PAGE_TOO_LARGE", "allowed": 200}
    assert problem(PAGED, AllowedCalls(), {"n": 200}) is None


def test_a_document_is_worked_on_once_and_counted_once_for_the_same_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    read, budget = document(PAGED), CallBudget(core_schema, HOSPITALS, AllowedCalls())
    assert budget.problem(read, read.operation(None), ONE, {"n": 5}) is None

    monkeypatch.setattr("app.endpoint.budget.shape_of", None)
    monkeypatch.setattr("app.endpoint.call_shape.calls_of", None)
    assert budget.problem(read, read.operation(None), ONE, {"n": 5}) is None
    with pytest.raises(TypeError):
        budget.problem(read, read.operation(None), TWO, {"n": 5})
