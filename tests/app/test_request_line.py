"""The line that a request leaves in the log."""

from collections.abc import AsyncIterator

import httpx
import pytest
import structlog
from structlog.testing import capture_logs

from tests.app.graph import GRAPHQL_JSON, PATIENT_DATA, client


@pytest.fixture
async def api() -> AsyncIterator[httpx.AsyncClient]:
    async with client() as made:
        yield made


async def ask(api: httpx.AsyncClient, query: str, accept: str = GRAPHQL_JSON, **more: object) -> None:
    await api.post("/graphql", json={"query": query, **more}, headers={"Accept": accept})


async def test_one_line_per_request_without_what_was_asked_or_answered(api: httpx.AsyncClient) -> None:
    with capture_logs() as logs:
        await ask(api, "query Home($n: String!) { hello(name: $n) }", variables={"n": PATIENT_DATA})
        await ask(api, "{ hello", operationName=PATIENT_DATA)
        await ask(api, "{ hello }", "text/html")

    assert [(line["event"], line["operation"], line["status"], line["codes"]) for line in logs] == [
        ("request", "Home", 200, []),
        ("request", None, 400, ["GRAPHQL_PARSE_FAILED"]),
        ("request", None, 406, ["NOT_ACCEPTABLE"]),
    ]
    assert "王小明" not in str(logs)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("query Home { hello }", "Nobody"),
        ("query P13987650412 { hello }", None),
        ("query A110101199003071234B { hello }", None),
        ("query H" + "o" * 200 + " { hello }", None),
    ],
)
async def test_no_name_is_written_that_is_none_of_a_document_or_holds_a_number(
    api: httpx.AsyncClient, query: str, name: str | None
) -> None:
    with capture_logs() as logs:
        await ask(api, query, operationName=name)

    assert [line["operation"] for line in logs] == [None]


async def test_a_process_without_logs_prints_no_line_per_request(
    api: httpx.AsyncClient, capfd: pytest.CaptureFixture[str]
) -> None:
    structlog.reset_defaults()
    await ask(api, "{ hello }")

    assert capfd.readouterr() == ("", "")
