"""The id that follows a request from the edge to the log."""

import re
import secrets

from app.endpoint.headers import Headers

_WELL_FORMED = re.compile(rb"[A-Za-z0-9-]{8,64}")


def request_id_of(headers: Headers) -> str:
    """Take the proxy's id when it is well formed, else make one."""
    given = headers.get(b"x-request-id", b"")
    return given.decode() if _WELL_FORMED.fullmatch(given) else secrets.token_hex(16)
