"""Writes down what the application says to hospitals, and what they answer."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from connectors.core.http import LeanTransport
from connectors.core.transport import Limits


class Passed(NamedTuple):
    """One call: its path and body, the answer, and the content type that was sent."""

    path: str
    body: str
    answer: str
    content_type: str


class Recorder(LeanTransport):
    """The application's own way to hospitals, which writes down what passes."""

    def __init__(self, limits: Limits, log: list[Passed]) -> None:
        """Take the limits and where to write."""
        super().__init__(limits)
        self._log = log

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """Call and write down."""
        answer = await super().post(url, body, headers)
        self._log.append(Passed(urlsplit(url).path, body.decode(), answer.decode(), headers["Content-Type"]))
        return answer
