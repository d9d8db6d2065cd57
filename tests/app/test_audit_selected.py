"""Which fields an operation is on record with."""

import weakref

import pytest
from graphql import parse

from app.audit.selected import Selections
from app.endpoint.documents import Document
from resolvers.access_control.scopes import Resource
from schema.build import core_schema

SELECTIONS = Selections(core_schema)
ALL = frozenset(Resource)


def fields(text: str, *resources: Resource, operation: str | None = None) -> tuple[str, ...]:
    document = Document(text, parse(text))
    return SELECTIONS.of(document, document.operation(operation)).of(frozenset(resources) or ALL)


def test_fields_are_named_by_their_place_in_the_schema_whatever_they_are_called_in_the_answer() -> None:
    assert fields("{ viewer { patients { secret: name } } }") == ("Patient.name",)


def test_fields_about_nobody_are_left_out() -> None:
    assert fields("{ hospitals { name departments { name } } viewer { role } }") == ()


def test_only_fields_that_tell_of_what_was_seen_are_named() -> None:
    query = "{ viewer { patients { name visits { nodes { complaint hospital { name } } } } } }"

    assert fields(query) == ("Patient.name", "Patient.visits", "Visit.complaint", "Visit.hospital")
    assert fields(query, Resource.PATIENT) == ("Patient.name", "Patient.visits")
    assert fields(query, Resource.ENCOUNTER) == ("Visit.complaint", "Visit.hospital")


def test_fields_of_fragments_count_for_the_operations_that_spread_them() -> None:
    query = """query One { viewer { patients { ...A } } } query Two { viewer { patients { id } } }
        fragment A on Patient { name ...B } fragment B on Patient { phone }"""

    assert fields(query, operation="One") == ("Patient.name", "Patient.phone")
    assert fields(query, operation="Two") == ("Patient.id",)


def test_a_field_of_an_interface_tells_of_all_that_may_stand_there() -> None:
    query = """{ viewer { patients { reports { nodes { title ... on LabReport { detail { withheld } } } } } } }"""

    assert fields(query, Resource.DIAGNOSTIC_REPORT) == ("LabReport.detail", "LabReportDetail.withheld", "Report.title")


def test_what_a_condition_may_leave_out_is_named() -> None:
    assert fields("query Q($x: Boolean!) { viewer { patients { name @include(if: $x) } } }") == ("Patient.name",)


def test_what_a_mutation_answers_is_named() -> None:
    query = "mutation M($input: CreateCardInput!) { createCard(input: $input) { card { number } userErrors { code } } }"

    assert fields(query) == ("Card.number",)


def test_what_was_worked_out_is_gone_with_its_document() -> None:
    selections = Selections(core_schema)
    document = Document("{ viewer { role } }", parse("{ viewer { role } }"))
    operation = document.operation(None)
    known = selections.of(document, operation)

    assert selections.of(document, operation) is known
    gone = weakref.ref(known)
    del document, known
    assert gone() is None


@pytest.mark.parametrize("name", ["P370123199001015236", "N" * 101])
def test_a_name_that_a_client_made_up_is_not_kept(name: str) -> None:
    document = Document("", parse(f"query {name} {{ viewer {{ role }} }}"))

    assert SELECTIONS.of(document, document.operation(name)).operation is None
