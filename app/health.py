"""Health: whether the process lives, and what was last seen of the hospitals."""

import time
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from connectors.ports import Connection

# A process that is taken out of service makes no calls: an old failure must not keep it out for ever.
_FAILURE_COUNTS_SECONDS = 30.0


async def healthz(_request: Request) -> JSONResponse:
    """Answer: the process lives."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> JSONResponse:
    """Tell what was last seen per hospital.

    503 only when every system that was asked failed just now, or while it is not known which tokens are revoked, or
    while accesses cannot be put on record.
    """
    connections: tuple[Connection, ...] = request.app.state.services.registry.connections
    hospitals = {
        hospital_id: _seen(connection) for connection in connections for hospital_id in sorted(connection.hospitals)
    }
    asked = [seen for seen in hospitals.values() if seen["state"] != "not asked yet"]
    missing = []
    if asked and all(_fails_now(seen) for seen in asked):
        missing.append("no hospital answers")
    if not request.app.state.revocations.known:
        missing.append("revocations are not known yet")
    if request.app.state.audit.full:
        missing.append("the audit log takes nothing more")
    status = "; ".join(missing) or "ready"
    return JSONResponse({"status": status, "hospitals": hospitals}, 503 if missing else 200)


def _seen(connection: Connection) -> dict[str, Any]:
    seen, now = connection.system.seen, time.monotonic()
    state = "fails" if seen.failures else "answers" if seen.answered_at is not None else "not asked yet"
    return {
        "state": state,
        "failures": seen.failures,
        "answeredSecondsAgo": None if seen.answered_at is None else round(now - seen.answered_at, 1),
        "failedSecondsAgo": None if seen.failed_at is None else round(now - seen.failed_at, 1),
    }


def _fails_now(seen: dict[str, Any]) -> bool:
    ago = seen["failedSecondsAgo"]
    return seen["state"] == "fails" and ago is not None and ago <= _FAILURE_COUNTS_SECONDS


ROUTES: list[BaseRoute] = [Route("/healthz", healthz), Route("/readyz", readyz)]
