"""Documents are parsed once, and operations are found by their names."""

import pytest
from graphql import build_schema

from app.endpoint.complexity import DocumentLimits
from app.endpoint.documents import Documents
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
