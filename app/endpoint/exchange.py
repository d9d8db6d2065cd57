"""One request, and the line that the log has of it."""

from dataclasses import dataclass
from typing import Any

import structlog
from starlette.types import Receive, Scope

from app.endpoint.headers import Headers
from app.endpoint.negotiation import JSON
from app.endpoint.operation_names import is_kept

_log = structlog.get_logger()


@dataclass(slots=True)
class Exchange:
    """One request, with what the log line tells of it, as far as it got."""

    scope: Scope
    receive: Receive
    headers: Headers
    request_id: str
    kind: str = JSON
    role: str = ""
    operation: str | None = None
    compiled: bool = True
    # The document is none of the manifest's.
    untrusted: bool = True


def log_request(exchange: Exchange, members: dict[str, Any], status: int, seconds: float) -> None:
    """Write the line; where nobody has said where lines go, none is made for every request."""
    if not structlog.is_configured():
        return
    operation = exchange.operation
    _log.info(
        "request",
        operation=operation if is_kept(operation) else None,
        role=exchange.role,
        status=status,
        compiled=exchange.compiled,
        untrusted=exchange.untrusted,
        milliseconds=round(seconds * 1000, 1),
        codes=[error["extensions"].get("code") for error in members.get("errors", ())],
    )
