"""Readiness follows what was last seen, and an old failure does not keep a process out of service."""

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from app import health
from connectors.core.upstream import Seen


async def ready(*systems: Seen, revocations_known: bool = True, audit_full: bool = False) -> tuple[int, Any]:
    app = Starlette(routes=health.ROUTES)
    connections = tuple(
        SimpleNamespace(system=SimpleNamespace(seen=seen), hospitals={f"h{number}": None})
        for number, seen in enumerate(systems)
    )
    app.state.services = SimpleNamespace(registry=SimpleNamespace(connections=connections))
    app.state.revocations = SimpleNamespace(known=revocations_known)
    app.state.audit = SimpleNamespace(full=audit_full)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        response = await client.get("/readyz")
    return response.status_code, response.json()["hospitals"]


def failed(seconds_ago: float) -> Seen:
    return Seen(failed_at=time.monotonic() - seconds_ago, failures=3)


def answered() -> Seen:
    return Seen(answered_at=time.monotonic())


@pytest.mark.parametrize(
    ("systems", "status"),
    [
        (lambda: [Seen(), Seen()], 200),
        (lambda: [answered(), failed(1)], 200),
        (lambda: [failed(1), failed(2)], 503),
        (lambda: [failed(600), failed(1)], 200),
    ],
    ids=["nothing tried", "one answers", "none answers", "failed long ago"],
)
async def test_a_process_is_ready(systems: Callable[[], list[Seen]], status: int) -> None:
    # Made when the test runs: what was seen grows old while other tests run.
    assert (await ready(*systems()))[0] == status


async def test_a_process_that_does_not_know_which_tokens_are_revoked_is_not_ready() -> None:
    assert (await ready(answered(), revocations_known=False))[0] == 503


async def test_a_process_that_cannot_put_accesses_on_record_is_not_ready() -> None:
    assert (await ready(answered(), audit_full=True))[0] == 503


async def test_each_hospital_tells_what_was_seen() -> None:
    _, hospitals = await ready(failed(5), answered())

    assert hospitals["h0"]["failures"] == 3
    assert 4 < hospitals["h0"]["failedSecondsAgo"] < 7
    assert hospitals["h1"]["state"] == "answers"
