"""The id that follows a request from the edge to the log."""

import re
import uuid

from starlette.requests import Request

_WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")


def request_id_of(request: Request) -> str:
    """Take the proxy's id when it is well formed, else make one."""
    given = request.headers.get("x-request-id", "")
    return given if _WELL_FORMED.fullmatch(given) else uuid.uuid4().hex
