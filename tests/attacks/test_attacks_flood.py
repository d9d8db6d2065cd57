"""A person's data, put into every place of every request, is found nowhere but in the person's own answer."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from sandbox.faults import Fault
from schema.build import core_schema
from tests.attacks.attacked import Attacked, attacked
from tests.attacks.flood import documents, in_good_faith, operations
from tests.attacks.personal import PERSON

CALLERS = ["anonymous", "patient", "staff"]
HEADERS = [
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Content-Type",
    "Cookie",
    "Forwarded",
    "Origin",
    "Referer",
    "Traceparent",
    "User-Agent",
    "X-Break-Glass",
    "X-Forwarded-For",
    "X-Real-Ip",
    "X-Request-Id",
]


@pytest.fixture(scope="module")
def server() -> Iterator[Attacked]:
    with attacked() as made:
        yield made


@pytest.fixture(autouse=True)
def nothing_is_left(server: Attacked) -> Iterator[None]:
    """Whatever a test has sent: log, figures and files have nothing of it, and the server goes on."""
    before = len(server.log())
    yield
    assert server.still_answers()
    assert PERSON.found_in(server.log()[before:]) == []
    for path in server.kept.iterdir():
        assert PERSON.found_in(path.read_bytes().decode("utf-8", "replace")) == []
    for page in ("/metrics", "/readyz", "/healthz"):
        assert PERSON.found_in(server.client.get(page).text) == []


def leaks(response: httpx.Response) -> list[str]:
    """What an answer tells of the person, apart from `data`; an error's path is made of the client's own aliases."""
    told = [f"{name}: {value}" for name, value in response.headers.items()]
    try:
        body = response.json()
    except ValueError:
        return PERSON.found_in("\n".join([*told, response.text]))
    errors = [{**error, "path": None} for error in body.pop("errors", [])]
    body.pop("data", None)
    return PERSON.found_in("\n".join([*told, json.dumps([errors, body], ensure_ascii=False)]))


def sent(server: Attacked, who: str, body: Any, **more: str) -> httpx.Response:
    return server.client.post("/graphql", content=json.dumps(body), headers=server.headers(who, more))


@pytest.mark.parametrize("who", CALLERS)
def test_nothing_is_found_of_what_was_given_to_any_argument(server: Attacked, who: str) -> None:
    served = 0
    for document, variables in [*operations(core_schema), *in_good_faith()]:
        response = sent(server, who, {"query": document, "variables": variables})

        assert response.status_code in {200, 400}, document
        assert leaks(response) == [], document
        served += response.status_code == 200
    assert served > 50


@pytest.mark.parametrize("kind", ["error", "malformed", "refusal", "drop"])
def test_nor_where_the_hospitals_fail(server: Attacked, kind: Any) -> None:
    server.sandbox.faults.inject("*", "*", Fault(kind=kind, code="60506"))
    server.sandbox.counters.clear()
    try:
        for document, variables in [*list(operations(core_schema))[::5], *in_good_faith()]:
            for who in ("patient", "staff"):
                assert leaks(sent(server, who, {"query": document, "variables": variables})) == [], document
    finally:
        server.sandbox.faults.clear()
    assert server.sandbox.counters.total()


@pytest.mark.parametrize("who", CALLERS)
def test_nothing_is_found_of_what_stood_in_a_document(server: Attacked, who: str) -> None:
    for document in documents():
        response = sent(server, who, {"query": document})

        assert response.status_code in {200, 400}, document
        assert leaks(response) == [], document


@pytest.mark.parametrize("who", CALLERS)
@pytest.mark.parametrize("value", PERSON)
def test_nothing_is_found_of_what_stood_beside_the_document(server: Attacked, who: str, value: str) -> None:
    bodies: list[Any] = [
        value,
        [value],
        {value: value},
        {"query": "{ __typename }", value: value},
        {"query": "{ __typename }", "operationName": value},
        {"query": "query A { __typename } query B { __typename }", "operationName": value},
        {"query": "{ __typename }", "variables": {value: value}},
        {"query": "query($a: ID!) { node(id: $a) { id } }", "variables": {"a": {value: value}}},
        {"query": "{ __typename }", "variables": value},
        {"query": "{ __typename }", "extensions": {value: value}},
        {"query": "{ __typename }", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": value}}},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": value}}},
        {"documentId": value},
        {"query": value},
    ]
    for body in bodies:
        assert leaks(sent(server, who, body)) == [], body


@pytest.mark.parametrize("who", CALLERS)
@pytest.mark.parametrize("name", HEADERS)
def test_nothing_is_found_of_what_stood_in_a_header(server: Attacked, who: str, name: str) -> None:
    for value in PERSON:
        for written in (value, f"Bearer {value}", f"a={value}; b", f"{value}, {value}"):
            headers = {key.encode(): held.encode() for key, held in server.headers(who).items() if key != name}
            headers[name.encode()] = written.encode()
            response = server.client.post("/graphql", content=b'{"query": "{ viewer { role } }"}', headers=headers)

            assert response.status_code < 500
            assert leaks(response) == [], written


@pytest.mark.parametrize("who", CALLERS)
def test_nothing_is_found_of_what_stood_in_an_address(server: Attacked, who: str) -> None:
    for value in PERSON:
        given = quote(value)
        for path in (
            f"/graphql?query={given}",
            f"/graphql?query=%7B__typename%7D&operationName={given}",
            f"/graphql?query=%7B__typename%7D&variables={given}",
            f"/graphql?query=%7B__typename%7D&variables=%7B%22{given}%22:1%7D",
            f"/graphql?documentId={given}",
            f"/graphql?{given}={given}",
            f"/graphql/{given}",
            f"/graphiql/{given}",
            f"/{given}",
            f"/metrics?{given}",
        ):
            response = server.client.get(path, headers=server.headers(who))

            assert response.status_code < 500
            # A redirection of a path names the path.
            assert leaks(response) == [] or response.is_redirect, path


def test_what_is_looked_for_would_be_found() -> None:
    for value in PERSON:
        for text in (value, json.dumps({"a": value}), quote(value), f"a{value}b"):
            assert PERSON.found_in(text) == [value]
    assert PERSON.found_in("130***********4733 139****0412") == []


def test_what_is_looked_through_is_written(server: Attacked) -> None:
    events = [line["event"] for line in server.lines()]

    assert events.count("request") > 1000
    assert "hospital_call_failed" in events
