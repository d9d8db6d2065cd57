"""Documents are parsed once, and operations are found by their names."""

import pytest
from graphql import build_schema

from app.endpoint.complexity import DocumentLimits
from app.endpoint.documents import Documents, InvalidDocument
from app.endpoint.requests import BadRequest

SCHEMA = build_schema("type Query { a: Int b: Int }")
TWO = "query A { a } query B { b }"


@pytest.fixture
def documents() -> Documents:
    return Documents(SCHEMA, DocumentLimits())


def test_a_text_is_read_once(documents: Documents) -> None:
    assert documents.read("{ a }") is documents.read("{ a }")
    assert documents.read("{ a }") is not documents.read("{ b }")


def test_a_long_text_is_read_anew(documents: Documents) -> None:
    text = "{ a }" + " " * 20_000

    assert documents.read(text) is not documents.read(text)


@pytest.mark.parametrize(
    ("text", "name", "chosen"), [("{ a }", None, None), ("query A { a }", None, "A"), (TWO, "A", "A"), (TWO, "B", "B")]
)
def test_a_name_or_the_only_one_decides(documents: Documents, text: str, name: str | None, chosen: str | None) -> None:
    operation = documents.read(text).operation(name)

    assert (operation.name and operation.name.value) == chosen


@pytest.mark.parametrize(("text", "name"), [(TWO, None), (TWO, "C"), (TWO, ""), ("{ a }", "A")])
def test_a_name_that_does_not_decide(documents: Documents, text: str, name: str | None) -> None:
    with pytest.raises(BadRequest) as caught:
        documents.read(text).operation(name)

    assert caught.value.code == "OPERATION_RESOLUTION_FAILURE"


def test_a_kept_document_does_not_hold_on_to_its_tokens(documents: Documents) -> None:
    node = documents.read("query A { a b }").operation("A")
    assert node.loc is not None
    assert (node.loc.start, node.loc.end) == (0, 15)
    assert node.loc.start_token.next is None


def test_errors_of_a_document_still_tell_their_places(documents: Documents) -> None:
    with pytest.raises(InvalidDocument) as caught:
        documents.read("{ a\n  c }")
    assert [(place.line, place.column) for error in caught.value.errors for place in error.locations or ()] == [(2, 3)]
