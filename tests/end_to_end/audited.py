"""A town whose audit log the tests look into, beside the running server."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.audit import tools
from app.settings import Settings
from sandbox.tokens import staff_token
from tests.end_to_end.world import HS256_SECRET, Answer, World, settings, world

JSON = "application/graphql-response+json"
BREAK_GLASS = """mutation BreakGlass($input: BreakGlassInput!) { breakGlass(input: $input) {
    grant { token expiresAt } userErrors { code field message } } }"""
_SECONDS = 3.0


@dataclass
class Audited:
    """A town, and the file of its audit log."""

    world: World
    path: Path

    @property
    def settings(self) -> Settings:
        return settings("http://127.0.0.1:1", audit={"path": str(self.path)})

    def ask(
        self, query: str, variables: Mapping[str, Any] | None = None, token: str = "", *, grant: str | None = None
    ) -> tuple[Answer, str]:
        """Send an operation, as account-1 unless another token is named; the answer, and the request's id."""
        headers = {"Accept": JSON, "Authorization": f"Bearer {token or self.world.token()}"}
        if grant is not None:
            headers["X-Break-Glass"] = grant
        body = {"query": query, "variables": dict(variables or {})}
        response = self.world.client.post("/graphql", json=body, headers=headers)
        return Answer(response.status_code, response.json(), response.headers), response.headers["x-request-id"]

    def on_record(self, request_id: str) -> list[dict[str, Any]]:
        """What is on record of a request right now."""
        return [found for found in tools.exported(self.settings, None, None) if _request(found) == request_id]

    def soon_on_record(self, request_id: str) -> list[dict[str, Any]]:
        """What is on record of a read, which is answered before it is."""
        until = time.monotonic() + _SECONDS
        while not (found := self.on_record(request_id)):
            assert time.monotonic() < until, "the request is not on record"
            time.sleep(0.02)
        return found

    def card(self, person_id: str, hospital: str) -> Any:
        return next(card for card in self.world.sandbox.town.hospitals[hospital].cards if card.person_id == person_id)

    def staff(self, *hospitals: str, subject: str = "staff-1", scope: str = "user/*.rs") -> str:
        return staff_token(HS256_SECRET, list(hospitals), subject=subject, scope=scope)

    def grant(self, token: str, person_id: str, hospital: str, reason: str = "患者昏迷，急诊抢救") -> str:
        """Break the glass over a card."""
        number = self.card(person_id, hospital).number
        given = {"hospitalId": hospital, "number": number, "reason": reason}
        answer, _ = self.ask(BREAK_GLASS, {"input": given}, token)
        granted: str = answer.data["breakGlass"]["grant"]["token"]
        return granted


@contextmanager
def audited(folder: Path) -> Iterator[Audited]:
    path = folder / "audit.sqlite3"
    with world(audit={"path": str(path)}) as made:
        yield Audited(made, path)


def _request(resource: dict[str, Any]) -> str:
    found: str = resource["entity"][-1]["what"]["identifier"]["value"]
    return found


def cards(resource: dict[str, Any]) -> set[tuple[str, str]]:
    """The cards that a resource is about, as hospital and number."""
    named = [entity["what"]["identifier"] for entity in resource["entity"][:-1]]
    return {(each["system"].split(":")[3], each["value"]) for each in named}


def details(resource: dict[str, Any], kind: str) -> set[str]:
    """The details of a kind, of all that the resource is about."""
    found = [detail for entity in resource["entity"] for detail in entity.get("detail", [])]
    return {detail["valueString"] for detail in found if detail["type"] == kind}
