"""What a document and its variables may have; each limit for itself, one below and one over."""

import asyncio
import json
import time
from typing import Any

import httpx
import pytest
from graphql import get_introspection_query, parse

from app.demo_queries import BOOKING, HOME_SCREEN, STAFF
from app.endpoint.complexity import DocumentLimits
from app.endpoint.repetition import repeated_pairs
from app.endpoint.variables import too_large
from tests.app.graph import GRAPHQL_JSON, client


async def refused(query: str, variables: dict[str, Any] | None = None, **limits: int) -> dict[str, Any] | None:
    """Ask; the extensions of the only error, None where it was run."""
    async with client(limits=DocumentLimits(**limits), max_body_bytes=100_000) as api:
        response = await api.post(
            "/graphql", json={"query": query, "variables": variables}, headers={"Accept": GRAPHQL_JSON}
        )
    answer = response.json()
    if "errors" not in answer:
        assert response.status_code == 200
        return None
    assert response.status_code == 400
    assert "data" not in answer
    (error,) = answer["errors"]
    assert "hello" not in error["message"], "the document is not quoted"
    extensions: dict[str, Any] = {key: value for key, value in error["extensions"].items() if key != "requestId"}
    return extensions


DIRECTIVE = "@include(if: true)"
WITHIN = [
    ("depth", 3, lambda n: "{ node " + "{ child " * (n - 2) + "{ name }" + " }" * (n - 1)),
    ("fields", 6, lambda n: "{ " + " ".join(f"a{i}: hello" for i in range(n)) + " }"),
    ("fields", 6, lambda n: "{ ...F ...F }" + f" fragment F on Query {{ {'hello ' * (n // 2 + n % 2)} }}"),
    ("root_fields", 4, lambda n: "{ " + " ".join(f"a{i}: hello" for i in range(n)) + " }"),
    ("root_fields", 4, lambda n: f"{{ ...F }} fragment F on Query {{ {'... on Query { hello } ' * n} }}"),
    ("aliases", 4, lambda n: "{ " + " ".join(f"a{i}: hello" for i in range(n)) + " }"),
    ("aliases", 2, lambda n: "{ ...F } fragment F on Query { " + " ".join(f"a{i}: hello" for i in range(n)) + " }"),
    ("same_field", 5, lambda n: "{ " + "hello " * n + "}"),
    ("same_field", 5, lambda n: "{ " + " ".join(f"a{i}: hello" for i in range(n)) + " }"),
    ("repeated_pairs", 45, lambda n: "{ " + "...{ hello } " * (10 + n - 45) + "}"),
    ("directives", 4, lambda n: "{ " + f"... on Query {DIRECTIVE} {{ hello }} " * n + "}"),
    ("fragments", 3, lambda n: f"{{ {' '.join(f'...F{i}' for i in range(n))} }}"
        + " ".join(f"fragment F{i} on Query {{ hello }}" for i in range(n))),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "allowed", "query"), WITHIN, ids=[name for name, *_ in WITHIN])
async def test_as_many_as_allowed_are_run_and_one_more_is_refused(limit: str, allowed: int, query: Any) -> None:
    assert await refused(query(allowed), **{limit: allowed}) is None

    found = await refused(query(allowed + 1), **{limit: allowed})
    assert found is not None
    assert found["code"] == "QUERY_TOO_COMPLEX"
    assert (found["needed"] > allowed, found["allowed"]) == (True, allowed)


@pytest.mark.parametrize(
    ("query", "pairs"),
    [
        ("{ a b c }", 0),
        ("{ a a a }", 3),
        ("{ x: a x: a a }", 1),
        # What has one name is one, and so is what is below.
        ("{ a { b } a { b } a { c b } }", 3 + 3),
        ("{ a { b } c { b } }", 0),
        ("{ a ...F ...F } fragment F on T { a b }", 1),
        ("{ a { ...F } a { ...F b } } fragment F on T { b }", 1 + 1),
        ("query A { a a } query B { a a }", 1 + 1),
        ("{ ...Missing a }", 0),
    ],
)
def test_pairs_that_are_compared(query: str, pairs: int) -> None:
    assert repeated_pairs(parse(query), 9, 100) == pairs


def test_fragments_inside_of_each_other_are_not_followed_for_ever() -> None:
    links = ((i, (i + 1) % 9, (i + 2) % 9) for i in range(9))
    fragments = " ".join(f"fragment F{i} on T {{ a {{ ...F{j} }} b {{ ...F{k} }} }}" for i, j, k in links)
    started = time.monotonic()
    repeated_pairs(parse(f"{{ ...F0 }} {fragments}"), 20, 1500)

    assert time.monotonic() - started < 1


async def test_a_fragment_in_itself_is_told_so() -> None:
    found = await refused("{ node { ...F } } fragment F on Node { child { ...F } }")
    assert found == {"code": "GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize("place", ["{ hello %s }", "query Q %s { hello }", "{ ... on Query %s { hello } }"])
async def test_directives_in_one_place(place: str) -> None:
    found = await refused(place % ("@aa" * 10))
    assert found == {"code": "QUERY_TOO_COMPLEX", "needed": 10, "allowed": 3}


async def test_a_hundred_aliases_or_repeats_are_refused_by_default() -> None:
    for names in ([f"a{i}:" for i in range(100)], [""] * 500):
        query = "{ " + " ".join(f"{name} __typename" for name in names) + " }"
        found = await refused(query)
        assert found is not None
        assert found["code"] == "QUERY_TOO_COMPLEX"


@pytest.mark.parametrize("text", [HOME_SCREEN, BOOKING, STAFF, get_introspection_query()])
def test_what_graphiql_opens_with_is_well_within_the_limits(text: str) -> None:
    assert DocumentLimits().problem(parse(text)) is None
    few = DocumentLimits(root_fields=5, aliases=1, same_field=2, directives=1, fragments=10)
    assert few.problem(parse(text)) is None


async def test_a_schema_that_is_asked_about_in_circles_is_refused() -> None:
    query = "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } }"
    found = await refused(query + " }")
    assert found is not None
    assert found["code"] in {"GRAPHQL_VALIDATION_FAILED", "INTROSPECTION_DISABLED"}


async def test_a_large_document_full_of_what_is_limited_is_refused_quickly() -> None:
    query = "{ " + f"a: hello {DIRECTIVE} ... on Query {{ b: hello }} " * 200 + "}"
    assert await asyncio.wait_for(refused(query), 2) is not None


@pytest.mark.parametrize(
    ("variables", "size"),
    [
        ({}, 0),
        ({"n": 1}, 1 + 1 + 1),
        ({"n": "four"}, 1 + 1 + 1 + 4),
        ({"n": ["ab", "ab", None]}, 1 + 1 + 1 + 3 + 4),
        ({"n": {"m": {"long": "中文"}}}, 1 + 1 + 1 + 1 + 1 + 4 + 1 + 2),
    ],
)
def test_names_values_and_characters_of_variables_are_counted(variables: dict[str, Any], size: int) -> None:
    assert not too_large(variables, size)
    assert not variables or too_large(variables, size - 1)


@pytest.mark.parametrize(
    "variables",
    [{"n": "x" * 2001}, {"n": [0] * 2001}, {"x" * 2001: 1}, {str(i): i for i in range(1000)}],
    ids=["text", "list", "name", "many"],
)
async def test_variables_that_are_too_large_are_refused(variables: dict[str, Any]) -> None:
    query = "query($n: String) { hello(name: $n) }"
    assert await refused(query, variables) == {"code": "VARIABLES_TOO_LARGE"}
    assert await refused(query, {"n": "x" * 1000}) is None


async def test_variables_nested_without_end_are_no_fault_of_the_server() -> None:
    nested = b'{"n":' * 500 + b"1" + b"}" * 500
    body = b'{"query": "query($n: String) { hello(name: $n) }", "variables": ' + nested + b"}"
    async with client() as api:
        response: httpx.Response = await api.post(
            "/graphql", content=body, headers={"Content-Type": "application/json", "Accept": GRAPHQL_JSON}
        )

    assert response.status_code == 400
    assert json.loads(response.content)["errors"][0]["extensions"]["code"] in {"VARIABLES_TOO_LARGE", "BAD_USER_INPUT"}
