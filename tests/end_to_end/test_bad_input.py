"""Bad input gets a clear error with a stable code; never a 500."""

from typing import Any

import pytest

from tests.end_to_end.world import World

RESPONSE_JSON = "application/graphql-response+json"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ('{ hospital(id: "999") { name } }', "HOSPITAL_UNKNOWN"),
        ('{ viewer { patients { visits(hospitals: ["999"]) { totalCount } } } }', "HOSPITAL_UNKNOWN"),
        ('{ node(id: "nonsense") { id } }', "BAD_INPUT"),
        ("{ viewer { patients { visits(first: 0) { totalCount } } } }", "BAD_INPUT"),
        ('{ viewer { patients { visits(after: "x") { totalCount } } } }', "BAD_INPUT"),
        ('{ viewer { patients { bills(since: "2026-02-01", until: "2026-01-01") { totalCount } } } }', "BAD_INPUT"),
    ],
)
def test_a_value_that_cannot_be_served(shared: World, query: str, code: str) -> None:
    answer = shared.ask(query)

    assert answer.status == 200
    assert set(answer.codes) == {code}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ viewer {", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ('{ viewer { patients { visits(since: "not a day") { totalCount } } } }', "GRAPHQL_VALIDATION_FAILED"),
        ("query($day: Date!) { hospitals { departments { schedules(day: $day) { id } } } }", "BAD_USER_INPUT"),
        ("{" * 100_000, "GRAPHQL_PARSE_FAILED"),
        ("{a" * 900 + "}" * 900, "GRAPHQL_PARSE_FAILED"),
        ("query A { viewer { role } } query B { viewer { role } }", "OPERATION_RESOLUTION_FAILURE"),
    ],
    ids=["syntax", "unknown field", "malformed date", "missing variable", "brackets", "deep", "which operation"],
)
def test_a_document_that_cannot_be_run(shared: World, query: str, code: str) -> None:
    answer = shared.ask(query)

    assert answer.status == 400
    assert set(answer.codes) == {code}
    assert "data" not in answer.body


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b"[" * 100_000, "application/json", 400, "BAD_REQUEST"),
        (b"\xff\xfe{", "application/json", 400, "BAD_REQUEST"),
        (b'"x"', "application/json", 400, "BAD_REQUEST"),
        (b"null", "application/json", 400, "BAD_REQUEST"),
        (b"", "application/json", 400, "BAD_REQUEST"),
        (b"[]", "application/json", 400, "BATCH_NOT_SUPPORTED"),
        (b'{"query": 7}', "application/json", 400, "BAD_REQUEST"),
        (b'{"query": "{ viewer { role } }", "variables": []}', "application/json", 400, "BAD_REQUEST"),
        (b'{"query": "{ viewer { role } }", "operationName": 1}', "application/json", 400, "BAD_REQUEST"),
        (b'{"query": "{ viewer { role } }"}', "text/plain", 415, "UNSUPPORTED_MEDIA_TYPE"),
        (b'{"query": "{ viewer { role } }"}', "application/json; charset=gbk", 415, "UNSUPPORTED_MEDIA_TYPE"),
        (b'{"query": "{ viewer { role } }"}', "", 415, "UNSUPPORTED_MEDIA_TYPE"),
        (b'{"query": "' + b" " * 3_000_000 + b'"}', "application/json", 413, "REQUEST_TOO_LARGE"),
    ],
)
def test_a_body_that_is_no_request(shared: World, body: bytes, content_type: str, status: int, code: str) -> None:
    headers = {"Accept": RESPONSE_JSON, **({"Content-Type": content_type} if content_type else {})}
    response = shared.client.post("/graphql", content=body, headers=headers)

    assert response.status_code == status
    assert [error["extensions"]["code"] for error in response.json()["errors"]] == [code]


def test_a_mutation_by_get_is_not_run(shared: World) -> None:
    mutation = 'mutation { cancelAppointment(input: {businessKey: "x", appointmentId: "y"}) { userErrors { code } } }'
    response = shared.client.get("/graphql", params={"query": mutation})

    assert response.status_code == 405
    assert response.headers["allow"] == "POST"


def test_a_query_by_get_is_run(shared: World) -> None:
    response = shared.client.get("/graphql", params={"query": "{ hospitals { name } }"})

    assert response.status_code == 200
    assert len(response.json()["data"]["hospitals"]) == 3


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_told_what_to_use(shared: World, method: str) -> None:
    response = shared.client.request(method, "/graphql")

    assert response.status_code == 405
    assert "POST" in response.headers["allow"]


def test_an_answer_that_nobody_accepts(shared: World) -> None:
    response = shared.client.post("/graphql", json={"query": "{ hospitals { id } }"}, headers={"Accept": "text/html"})

    assert response.status_code == 406


def test_every_answer_names_its_request(shared: World) -> None:
    given = "0f8fad5b-d9cb-469f-a165-70867728950e"
    response = shared.client.post("/graphql", json={"query": "{"}, headers={"X-Request-Id": given})

    assert response.headers["x-request-id"] == given
    assert response.json()["errors"][0]["extensions"]["requestId"] == given
    made: Any = shared.client.post(
        "/graphql", json={"query": "{"}, headers={"X-Request-Id": "not well formed!"}
    ).headers
    assert made["x-request-id"] != "not well formed!"


def test_a_value_of_a_variable_is_never_quoted(shared: World) -> None:
    answer = shared.ask(
        "query($day: Date!) { hospitals { departments { schedules(day: $day) { id } } } }", {"day": "secret-value"}
    )

    assert answer.codes == ["BAD_USER_INPUT"]
    assert "secret-value" not in str(answer.body)
