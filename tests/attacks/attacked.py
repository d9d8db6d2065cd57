"""A server process under attack: the sandbox behind it, a socket to it, its log."""

import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

import httpx

from sandbox.app import create_app as create_sandbox
from sandbox.exchange import Sandbox
from sandbox.serving import running
from sandbox.tokens import patient_token, staff_token
from tests.end_to_end.world import HS256_SECRET, Answer

ROOT = Path(__file__).parents[2]
GRAPHQL_JSON = "application/graphql-response+json"
HOSPITALS = ["253", "254", "501"]
_KEY = "a-key-of-the-test-suite-only-32-bytes"
_STOP_SECONDS = 15
_ANSWER_SECONDS = 10.0


@dataclass(frozen=True)
class Raw:
    """What came back over a bare socket until the server closed it or had nothing more to say."""

    content: bytes

    @property
    def statuses(self) -> list[int]:
        """The statuses of all answers, in their order."""
        lines = [part.split(b"\r\n", 1)[0] for part in self.content.split(b"HTTP/1.1 ")[1:]]
        return [int(line[:3]) for line in lines]


class Attacked:
    """The server, from outside."""

    def __init__(self, url: str, sandbox: Sandbox, log: TextIO, kept: Path) -> None:
        self.url = url
        self.sandbox = sandbox
        self.kept = kept
        self._log = log
        self.client = httpx.Client(base_url=url, timeout=_ANSWER_SECONDS, trust_env=False)

    def token(self, who: str) -> str | None:
        """The token of `patient`, `staff` or, having none, `anonymous`."""
        if who == "anonymous":
            return None
        if who == "staff":
            return staff_token(HS256_SECRET, HOSPITALS)
        return patient_token(self.sandbox.town, "account-1", HS256_SECRET)

    def headers(self, who: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """What this client sends with each request."""
        token = self.token(who)
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        return {"Accept": GRAPHQL_JSON, "Content-Type": "application/json", **bearer, **(more or {})}

    def send(self, who: str, content: bytes, more: Mapping[str, str] | None = None) -> Answer:
        """POST bytes."""
        response = self.client.post("/graphql", content=content, headers=self.headers(who, more))
        return Answer(response.status_code, response.json(), response.headers)

    def ask(self, who: str, query: str, variables: Any = None, **more: Any) -> Answer:
        """Send an operation."""
        body = {"query": query, **({} if variables is None else {"variables": variables}), **more}
        return self.send(who, json.dumps(body).encode())

    def say(self, *pieces: bytes, seconds: float = 3.0) -> Raw:
        """Write bytes to a bare socket; read until the server closes, or is silent for so long."""
        parts = urlsplit(self.url)
        with socket.create_connection((parts.hostname or "", parts.port or 0), seconds) as opened:
            with suppress(OSError):
                # The server may have had enough before all is said.
                for piece in pieces:
                    opened.sendall(piece)
            return Raw(_heard(opened))

    def shout(self, content: bytes) -> Raw:
        """Write bytes to a bare socket, say that this is all, and read what comes until the server closes."""
        parts = urlsplit(self.url)
        with socket.create_connection((parts.hostname or "", parts.port or 0), _ANSWER_SECONDS) as opened:
            with suppress(OSError):
                # The server may have had enough before all is said.
                opened.sendall(content)
                opened.shutdown(socket.SHUT_WR)
            return Raw(_heard(opened))

    def still_answers(self) -> bool:
        """Whether an honest client is served."""
        answer = self.ask("patient", "{ viewer { patients { name } } }")
        return answer.status == 200 and "errors" not in answer.body

    def log(self) -> str:
        """All that the process has written."""
        with suppress(httpx.HTTPError):
            # A line is written right after its answer: before the next request is served.
            self.client.get("/healthz")
        self._log.seek(0)
        return self._log.read()

    def lines(self) -> list[dict[str, Any]]:
        """The log's lines."""
        return [json.loads(line) for line in self.log().splitlines()]


def _heard(opened: socket.socket) -> bytes:
    heard = bytearray()
    with suppress(OSError):
        # Silence, or a connection torn down: what was heard before counts.
        while piece := opened.recv(65536):
            heard += piece
    return bytes(heard)


@contextmanager
def attacked(**changes: Any) -> Iterator[Attacked]:
    """Start the sandbox and the server; settings as in `tests.end_to_end.world`, and what is kept is sealed."""
    sandbox = Sandbox()
    with (
        running(create_sandbox(sandbox)) as sandbox_url,
        tempfile.TemporaryFile("w+", encoding="utf-8") as log,
        tempfile.TemporaryDirectory() as kept,
    ):
        changes = {"encryption_keys": [_KEY], "audit": {"path": str(Path(kept) / "audit.sqlite3")}, **changes}
        process = subprocess.Popen(  # noqa: S603 # our own module
            [sys.executable, "-m", "tests.attacks.server", sandbox_url, json.dumps(changes)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert process.stdout is not None
        made = None
        try:
            url = process.stdout.readline().strip()
            made = Attacked(url, sandbox, log, Path(kept))
            assert url, f"the server did not start: {made.log()}"
            yield made
        finally:
            if made is not None:
                made.client.close()
            process.terminate()
            process.wait(_STOP_SECONDS)
            process.stdout.close()
