"""The id that follows a request from the edge to the logs, the hospitals and back."""

import re
import secrets

from app.endpoint.headers import Headers

# What proxies make: UUIDs, with or without dashes. Anything freer could carry a card number into logs and to hospitals.
_WELL_FORMED = re.compile(rb"[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def request_id_of(headers: Headers) -> str:
    """Take the proxy's id when it is well formed, else make one."""
    given = headers.get(b"x-request-id", b"")
    return given.decode() if _WELL_FORMED.fullmatch(given) else secrets.token_hex(16)
