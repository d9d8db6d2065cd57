"""Nothing is served that cannot be put on record."""

import asyncio
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from app.audit.writer import AuditUnavailable
from tests.app.graph import GRAPHQL_JSON, client


class Records:
    """An audit log that is full, or that does not get to the disk, or is well."""

    def __init__(self, *, full: bool = False, stuck: bool = False, waits: bool = False) -> None:
        self.full, self.stuck, self.waits = full, stuck, waits
        self.noted: list[Any] = []

    def room(self) -> Any:
        return self._refuse() if self.full else None

    def note(self, context: Any, _document: Any, operation: Any, *, untrusted: bool) -> Any:
        self.noted.append((context, operation.name and operation.name.value, untrusted))
        return asyncio.get_running_loop().create_future() if self.stuck or self.waits else None

    async def confirmed(self, on_disk: "asyncio.Future[None]") -> None:
        if self.stuck:
            raise AuditUnavailable
        on_disk.set_result(None)

    async def _refuse(self) -> None:
        raise AuditUnavailable


async def ask(records: Records, query: str = "query Who { who }", **headers: str) -> httpx.Response:
    async with client(audit=records) as api:
        return await api.post("/graphql", json={"query": query}, headers={"Accept": GRAPHQL_JSON, **headers})


def codes(response: httpx.Response) -> list[str]:
    return [error["extensions"]["code"] for error in response.json()["errors"]]


async def test_what_was_run_is_noted_once() -> None:
    records = Records()
    response = await ask(records)
    [(context, operation, untrusted)] = records.noted

    assert response.json() == {"data": {"who": f"ANONYMOUS {context[1]}"}}
    assert (operation, untrusted) == ("Who", True)


async def test_nothing_is_run_while_the_log_is_full() -> None:
    records = Records(full=True)
    response = await ask(records)

    assert (response.status_code, codes(response)) == (503, ["AUDIT_UNAVAILABLE"])
    assert response.headers["retry-after"]
    assert records.noted == []


@pytest.mark.parametrize("query", ["query Who { who }", "mutation Change { change }"])
async def test_what_has_to_be_on_disk_and_is_not_is_not_answered(query: str) -> None:
    response = await ask(Records(stuck=True), query)

    assert (response.status_code, codes(response)) == (503, ["AUDIT_UNAVAILABLE"])
    assert "data" not in response.json()


async def test_what_has_to_be_on_disk_and_is_is_answered() -> None:
    assert (await ask(Records(waits=True))).status_code == 200


async def test_what_failed_is_noted_too() -> None:
    records = Records()
    with capture_logs():
        await ask(records, "query Broken { brokenWhole }")

    assert [operation for _, operation, _ in records.noted] == ["Broken"]


@pytest.mark.parametrize("query", ["{", "{ nothing }"])
async def test_what_was_not_run_is_not_noted(query: str) -> None:
    records = Records()
    await ask(records, query)

    assert records.noted == []


@pytest.mark.parametrize("token", ["patient", "staff", None])
async def test_a_grant_that_is_none_is_refused_whoever_shows_it(token: str | None) -> None:
    headers = {"X-Break-Glass": "x"} | ({"Authorization": f"Bearer {token}"} if token else {})
    records = Records()
    response = await ask(records, **headers)

    assert (response.status_code, codes(response)) == (403, ["EMERGENCY_GRANT_INVALID"])
    assert records.noted == []
