"""What is said to a hospital: addresses taken apart, requests as bytes."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

from connectors.core.request_id import HEADER, REQUEST_ID
from connectors.core.transport import TransportError

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9._:-]+")
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
# What may stand as it is in a path or query; a "%" is taken for part of an escape.
_SAFE = "/%?:@!$&'()*+,;=-._~[]|"
# These say where a message ends or to whom it goes: the client alone writes them.
_OWN = frozenset({"host", "content-length", "transfer-encoding", "connection", "upgrade", "expect", "te", "trailer"})
_REQUEST_ID = f"{HEADER}: ".encode("ascii")


class Origin(NamedTuple):
    """Whom a connection leads to."""

    tls: bool
    host: str
    port: int


class Target(NamedTuple):
    """Where one call goes: the origin, and the request's first lines."""

    origin: Origin
    head: bytes


def _refused(detail: str) -> TransportError:
    return TransportError(detail, sent=False)


@lru_cache(maxsize=1024)
def locate(url: str) -> Target:
    """Take an address apart; raises TransportError for one that cannot be called, without repeating it."""
    # Before urlsplit, which drops line breaks silently.
    if not url.isprintable():
        raise _refused("unprintable characters in the address")
    try:
        parts = urlsplit(url)
        host, port = _host(parts), parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise _refused("the address is not one of http or https") from None
    if not _HOST.fullmatch(host) or parts.username is not None:
        raise _refused("the address's host cannot be used")
    shown = f"[{host}]" if ":" in host else host
    if port != _PORTS[parts.scheme]:
        shown = f"{shown}:{port}"
    path = quote(parts.path or "/", _SAFE) + ("?" + quote(parts.query, _SAFE) if parts.query else "")
    head = f"POST {path} HTTP/1.1\r\nHost: {shown}\r\n".encode("ascii")
    return Target(Origin(parts.scheme == "https", host, port), head)


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    return host if host.isascii() else host.encode("idna").decode("ascii")


def encode(target: Target, body: bytes, headers: Mapping[str, str]) -> bytes:
    """The whole request; raises TransportError for a header that could be read as more than one."""
    lines = _lines(tuple(headers.items()))
    if request_id := REQUEST_ID.get():
        # Not among the remembered lines: it is another for every request.
        lines += _REQUEST_ID + request_id.encode("ascii") + b"\r\n"
    return b"%b%bContent-Length: %d\r\n\r\n%b" % (target.head, lines, len(body), body)


# Few systems send more than a content type; those that sign put what changes in the body, or here.
@lru_cache(maxsize=256)
def _lines(headers: tuple[tuple[str, str], ...]) -> bytes:
    lines = []
    agent = "User-Agent: patient-graph\r\n"
    for name, value in headers:
        lowered = name.lower()
        if lowered in _OWN or not _NAME.fullmatch(name) or not (value.isascii() and value.isprintable()):
            raise _refused("a header cannot be sent")
        if lowered == "user-agent":
            agent = ""
        lines.append(f"{name}: {value}\r\n")
    return f"{''.join(lines)}{agent}".encode("ascii")
