"""What the servers of a run are asked: the mock's answers, the requests, and the right answer to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.mock import Route


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work. `facts` is the text of the file that the servers are handed.

    `shown` is the answer of a server that has nothing to put one together with: the recorded one.
    """

    routes: Sequence[Route]
    requests: Sequence[bytes]
    right: Sequence[Any]
    facts: str

    @property
    def shown(self) -> Any:
        """The answer that was recorded, to the first request."""
        return self.right[0]


def message(body: bytes, token: str | None = None) -> bytes:
    """Write a request as it is sent."""
    head = (
        "POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
        f"Content-Length: {len(body)}\r\n"
    )
    if token is not None:
        head += f"Authorization: Bearer {token}\r\n"
    return f"{head}\r\n".encode() + body
