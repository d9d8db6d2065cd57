"""GraphQL over HTTP: status, media type and code of every kind of request."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from tests.app.graph import GRAPHQL_JSON, PATIENT_DATA, client

JSON = "application/json"
GRAPHQL = {"Accept": GRAPHQL_JSON}
PROXY_ID = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture
async def api() -> AsyncIterator[httpx.AsyncClient]:
    async with client() as made:
        yield made


async def ask(api: httpx.AsyncClient, query: str, accept: str = GRAPHQL_JSON, **more: Any) -> httpx.Response:
    return await api.post("/graphql", json={"query": query, **more}, headers={"Accept": accept})


def codes(response: httpx.Response) -> list[str]:
    return [error["extensions"]["code"] for error in response.json()["errors"]]


async def test_an_operation_is_run(api: httpx.AsyncClient) -> None:
    response = await ask(api, "query Q($n: String!) { hello(name: $n) }", variables={"n": "x"}, operationName="Q")

    assert response.status_code == 200
    assert response.json() == {"data": {"hello": "hello x"}}
    assert response.headers["content-type"] == f"{GRAPHQL_JSON}; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL_JSON, GRAPHQL_JSON),
        (f"{GRAPHQL_JSON}, {JSON};q=0.9", GRAPHQL_JSON),
        (f"{JSON}, {GRAPHQL_JSON};q=0.5", JSON),
        (f"text/html, {GRAPHQL_JSON};q=0.1", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};q=0, */*", JSON),
    ],
)
async def test_the_client_chooses_the_media_type(api: httpx.AsyncClient, accept: str | None, answered: str) -> None:
    if accept is None:
        del api.headers["accept"]
    response = await api.post("/graphql", json={"query": "{ hello }"}, headers={"Accept": accept} if accept else {})

    assert response.status_code == 200
    assert response.headers["content-type"].startswith(f"{answered};")


@pytest.mark.parametrize("accept", ["text/html", "image/*", f"{JSON};q=0", f"{JSON};q=nonsense"])
async def test_an_answer_that_cannot_be_given(api: httpx.AsyncClient, accept: str) -> None:
    assert (await ask(api, "{ hello }", accept)).status_code == 406


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{ hello", {}, "GRAPHQL_PARSE_FAILED"),
        ("{ " + "hello " * 600 + "}", {}, "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query($n: String!) { hello(name: $n) }", {}, "BAD_USER_INPUT"),
        ("query($n: String!) { hello(name: $n) }", {"n": [1]}, "BAD_USER_INPUT"),
        ("{ node " + "{ child " * 30 + "{ name }" + " }" * 31, {}, "QUERY_TOO_COMPLEX"),
    ],
)
async def test_what_cannot_be_run_is_400_for_new_clients_and_200_for_old_ones(
    api: httpx.AsyncClient, query: str, variables: dict[str, Any], code: str
) -> None:
    for accept, status in ((GRAPHQL_JSON, 400), (JSON, 200)):
        response = await ask(api, query, accept, variables=variables)

        assert response.status_code == status
        assert set(codes(response)) == {code}
        assert "data" not in response.json()


async def test_fragments_that_double_at_every_link_are_refused_quickly(api: httpx.AsyncClient) -> None:
    links = "".join(
        f"fragment F{i} on Node {{ a: child {{ ...F{i + 1} }} b: child {{ ...F{i + 1} }} }}" for i in range(18)
    )
    query = f"{{ node {{ ...F0 }} }} {links} fragment F18 on Node {{ name }}"

    assert codes(await asyncio.wait_for(ask(api, query), 2)) == ["QUERY_TOO_COMPLEX"]


async def test_a_fragment_inside_itself_is_refused(api: httpx.AsyncClient) -> None:
    response = await ask(api, "{ node { ...A } } fragment A on Node { child { ...A } }")

    assert set(codes(response)) == {"GRAPHQL_VALIDATION_FAILED"}


async def test_a_nested_document_is_no_fault_of_the_server() -> None:
    async with client(max_body_bytes=1_000_000) as api:
        for query in ("{" * 100_000, "{a" * 200 + "}" * 200, "{ hello(name: " + "[" * 400 + "1" + "]" * 400 + ") }"):
            assert (await ask(api, query)).status_code == 400


async def test_a_problem_has_its_code_and_the_rest_of_the_data_is_there(api: httpx.AsyncClient) -> None:
    response = await ask(api, "{ hello refused }")

    assert response.status_code == 200
    assert response.json()["data"] == {"hello": "hello world", "refused": None}
    assert codes(response) == ["FORBIDDEN"]


@pytest.mark.parametrize("query", ["{ n110101199003071234: broken }", "{ n110101199003071234: brokenWhole }"])
async def test_a_fault_of_the_server_says_nothing_of_it(api: httpx.AsyncClient, query: str) -> None:
    with capture_logs() as logs:
        response = await ask(api, query)

    assert response.status_code == 200
    assert "data" in response.json()
    assert codes(response) == ["INTERNAL_ERROR"]
    assert PATIENT_DATA not in response.text
    [fault] = [line for line in logs if line["event"] == "unexpected"]
    assert fault["field"] == query.strip("{ }").partition(": ")[2]
    assert fault["faults"] == ["builtins.ValueError"]
    assert "graph.py" in fault["places"][-1]
    assert "王小明" not in str(logs)
    assert "110101199003071234" not in str(logs)


async def test_a_value_that_does_not_fit_its_type_is_not_quoted(api: httpx.AsyncClient) -> None:
    with capture_logs() as logs:
        response = await ask(api, "{ number }")

    assert codes(response) == ["INTERNAL_ERROR"]
    assert [line["field"] for line in logs if line["event"] == "unexpected"] == ["number"]
    assert "王小明" not in response.text + str(logs)


async def test_a_null_where_a_value_is_needed_is_bad_input(api: httpx.AsyncClient) -> None:
    with capture_logs() as logs:
        response = await ask(api, "query($n: Int = 1) { number(least: $n) }", variables={"n": None})

    assert codes(response) == ["BAD_INPUT"]
    assert [line["event"] for line in logs] == ["request"]


async def test_a_fault_outside_any_resolver_is_answered_in_json() -> None:
    def context(*_: Any) -> Any:
        raise RuntimeError(PATIENT_DATA)

    async with client(context) as api:
        with capture_logs() as logs:
            response = await ask(api, "{ hello }")

    assert response.status_code == 500
    assert codes(response) == ["INTERNAL_ERROR"]
    assert PATIENT_DATA not in response.text + str(logs)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"{}",
        b'{"query": null}',
        b'{"query": 5}',
        b'{"query": " "}',
        b'{"query": "{ hello }", "variables": []}',
        b'{"query": "{ hello }", "variables": "{}"}',
        b'{"query": "{ hello }", "operationName": 5}',
        b'{"query": "{ hello }", "extensions": []}',
        b'{"query": "\\ud800"}',
    ],
    ids=lambda body: repr(body[:40]),
)
async def test_a_body_that_is_no_request(body: bytes) -> None:
    async with client(max_body_bytes=1_000_000) as api:
        response = await api.post("/graphql", content=body, headers={"Content-Type": JSON})

    assert response.status_code == 400
    assert codes(response) == ["BAD_REQUEST"]


@pytest.mark.parametrize("body", [b"[]", b'[{"query": "{ hello }"}]', b"[" + b"[]," * 1000 + b"{}]"])
async def test_a_batch_is_refused(api: httpx.AsyncClient, body: bytes) -> None:
    response = await api.post("/graphql", content=body, headers={"Content-Type": JSON})

    assert response.status_code == 400
    assert codes(response) == ["BATCH_NOT_SUPPORTED"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary()
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["query", "variables", "operationName", "n"]), inner)
        ),
    ).map(lambda value: json.dumps(value).encode())
)
async def test_no_body_is_a_fault_of_the_server(body: bytes) -> None:
    async with client() as api:
        response = await api.post("/graphql", content=body, headers={"Content-Type": JSON})

    assert response.status_code in {200, 400, 413}
    response.json()


@pytest.mark.parametrize(
    "kind", ["text/plain", "", "multipart/form-data", f"{JSON}; charset=gbk", "application/graphql"]
)
async def test_a_body_of_another_kind(api: httpx.AsyncClient, kind: str) -> None:
    response = await api.post("/graphql", content=b'{"query": "{ hello }"}', headers={"Content-Type": kind})

    assert response.status_code == 415


@pytest.mark.parametrize("kind", [JSON, f"{JSON}; charset=utf-8", 'Application/JSON; charset="UTF-8"'])
async def test_json_by_all_its_names(api: httpx.AsyncClient, kind: str) -> None:
    response = await api.post("/graphql", content=b'{"query": "{ hello }"}', headers={"Content-Type": kind})

    assert response.status_code == 200


async def test_a_large_body_is_refused_whether_announced_or_not(api: httpx.AsyncClient) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 1000

    for content in (b" " * 5000, chunks()):
        response = await api.post("/graphql", content=content, headers={"Content-Type": JSON})

        assert response.status_code == 413
        assert codes(response) == ["REQUEST_TOO_LARGE"]


async def test_a_body_that_never_ends_is_given_up() -> None:
    async def drip() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(5)

    async with client(body_seconds=0.05) as api:
        response = await api.post("/graphql", content=drip(), headers={"Content-Type": JSON})

    assert response.status_code == 408
    assert codes(response) == ["REQUEST_TIMEOUT"]


async def test_a_query_by_get(api: httpx.AsyncClient) -> None:
    parameters = {"query": "query Q($n: String) { hello(name: $n) }", "variables": '{"n": "x"}', "operationName": "Q"}
    response = await api.get("/graphql", params=parameters)

    assert response.json() == {"data": {"hello": "hello x"}}


async def test_a_mutation_by_get_is_not_run(api: httpx.AsyncClient) -> None:
    response = await api.get("/graphql", params={"query": "mutation { change }"})

    assert response.status_code == 405
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize(
    "parameters",
    [{}, {"query": ""}, {"query": "{ hello }", "variables": "{"}, {"query": "{ hello }", "variables": "[]"}],
    ids=str,
)
async def test_a_get_that_is_no_request(api: httpx.AsyncClient, parameters: dict[str, str]) -> None:
    assert (await api.get("/graphql", params=parameters)).status_code == 400


async def test_a_parameter_given_twice(api: httpx.AsyncClient) -> None:
    assert (await api.get("/graphql?query={hello}&query={who}")).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
async def test_other_methods(api: httpx.AsyncClient, method: str) -> None:
    response = await api.request(method, "/graphql")

    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"


@pytest.mark.parametrize(
    ("token", "status", "code"),
    [("old", 401, "TOKEN_EXPIRED"), ("bad", 401, "TOKEN_INVALID"), ("down", 503, "UPSTREAM_UNAVAILABLE")],
)
async def test_a_token_that_is_not_accepted(api: httpx.AsyncClient, token: str, status: int, code: str) -> None:
    api.headers["Authorization"] = f"Bearer {token}"
    response = await ask(api, "{ hello }", JSON)

    assert response.status_code == status
    assert codes(response) == [code]
    assert (response.headers.get("www-authenticate") == "Bearer") == (status == 401)


async def test_the_principal_and_the_request_id_reach_the_resolvers(api: httpx.AsyncClient) -> None:
    api.headers.update({"Authorization": "Bearer patient", "X-Request-Id": PROXY_ID})
    response = await ask(api, "{ who }")

    assert response.json()["data"] == {"who": f"PATIENT {PROXY_ID}"}
    assert response.headers["x-request-id"] == PROXY_ID


@pytest.mark.parametrize("given_id", ["short", "f" * 33, "has space in it", "110101199003071234", "g" * 32, ""])
async def test_an_ill_formed_request_id_is_replaced(api: httpx.AsyncClient, given_id: str) -> None:
    api.headers["X-Request-Id"] = given_id
    response = await ask(api, "{ refused }")
    made = response.headers["x-request-id"]

    assert len(made) == 32
    assert response.json()["errors"][0]["extensions"]["requestId"] == made
