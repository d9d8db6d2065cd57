"""What is measured: an operation, the people who ask for it, and what hospitals answer, true to the sandbox."""

import atexit
import json
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey

from app.application import create_app
from app.configuration import parse
from app.settings import Settings
from bench.machinery import Passed, Recorder
from sandbox.app import create_app as create_sandbox
from sandbox.exchange import Sandbox
from sandbox.serving import running
from sandbox.tokens import AUDIENCE, ISSUER

HOME_SCREEN = Path(__file__).with_name("home_screen.graphql")
PEOPLE = 64
_HOSPITALS = {"253": "县人民医院", "254": "县中医院", "501": "掌上医院"}
_DETAILS = ("getPrescriptionDetail", "laboratoryReportDetail", "getElectronicPrescriptionDetail", "getLisReport")
_FIRST = ("queryPatientInfo", "queryBalance", "getPatientList", "getPatient")
_HOURS = 12


@dataclass(frozen=True, slots=True)
class Call:
    """One upstream call of the operation; `level` is its place on the critical path, from 0."""

    path: str
    body: str
    answer: str
    content_type: str
    level: int


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: the global id, the token, and the cards as (hospital, number, patient id)."""

    id: str
    token: str
    cards: list[tuple[str, str, str | None]]


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the servers and the load need to know; `expected` is the answer to the first person."""

    secret: str
    signing_secret: str
    people: list[Person]
    calls: list[Call]
    expected: dict[str, Any]
    query: str
    variables: dict[str, Any]

    def request(self, person: Person) -> bytes:
        """The body that a client sends."""
        return json.dumps({"query": self.query, "variables": {"id": person.id, **self.variables}}).encode()

    def answer(self, person: Person) -> dict[str, Any]:
        """The right data for a person: the recorded one with the person's own card numbers."""
        cards = [
            card | {"number": number}
            for card, (_, number, _) in zip(self.expected["patient"]["cards"], person.cards, strict=True)
        ]
        return {"patient": self.expected["patient"] | {"cards": cards}}

    @property
    def levels(self) -> int:
        """How many calls one after the other the operation cannot do without."""
        return 1 + max(call.level for call in self.calls)

    def text(self) -> str:
        """Write for the servers to read."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def load(cls, path: Path) -> "Scene":
        """Read back."""
        raw = json.loads(path.read_text())
        return cls(
            raw["secret"],
            raw["signing_secret"],
            [
                Person(person["id"], person["token"], [tuple(card) for card in person["cards"]])
                for person in raw["people"]
            ],
            [Call(**call) for call in raw["calls"]],
            raw["expected"],
            raw["query"],
            raw["variables"],
        )


def _scratch() -> str:
    """Make a folder that is gone with the process."""
    folder = tempfile.mkdtemp(prefix="bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def settings(upstream: str, secret: str, signing_secret: str, *, caches: bool = False) -> Settings:
    """Configure the town: two hospitals behind one regional HIS, one palm hospital."""
    return parse(
        {
            "secret": secret,
            "caches": caches,
            "audit": {"path": str(Path(_scratch()) / "audit.sqlite3")},
            # Counted as ever, but the load comes from few.
            "limits": {"patient_rate": "100000000/minute"},
            "identity": {"issuer": ISSUER, "audience": AUDIENCE, "hs256_secret": signing_secret},
            "systems": {
                "regional": {"vendor": "regional_wechat", "base_url": f"{upstream}/regional", "connections": 256},
                "palm": {"vendor": "palm_hospital", "base_url": f"{upstream}/palm", "connections": 256},
            },
            "hospitals": [
                {"id": key, "name": name, "system": "palm" if key == "501" else "regional"}
                for key, name in _HOSPITALS.items()
            ],
        }
    )


def record(operation: Path = HOME_SCREEN, **variables: Any) -> Scene:
    """Run the operation once against the real sandbox and keep every call and its answer."""
    secret, signing_secret, query = secrets.token_urlsafe(32), secrets.token_urlsafe(32), operation.read_text()
    with _world(secret, signing_secret) as (url, log):
        people = [_person(url, signing_secret, number) for number in range(1, PEOPLE + 1)]
        log.clear()
        answer = _ask(url, people[0].token, {"query": query, "variables": {"id": people[0].id, **variables}})
        if "errors" in answer:
            raise RuntimeError(f"the operation fails against the sandbox: {answer['errors'][0]['message']}")
        calls = sorted((Call(*parts, level=_level(parts[0])) for parts in log), key=lambda call: call.level)
    return Scene(secret, signing_secret, people, calls, answer["data"], query, variables)


@contextmanager
def _world(secret: str, signing_secret: str) -> Iterator[tuple[str, list[Passed]]]:
    log: list[Passed] = []
    with (
        running(create_sandbox(Sandbox())) as upstream,
        running(
            create_app(settings(upstream, secret, signing_secret), transport=lambda limits: Recorder(limits, log))
        ) as url,
    ):
        yield url, log


def _person(url: str, signing_secret: str, number: int) -> Person:
    """A person with the first resident's cards, numbered on: nobody's calls are anybody else's."""
    cards: list[tuple[str, str, str | None]] = [
        ("253", f"6{number:014d}", None),
        ("254", f"6{number:014d}", None),
        ("501", f"PC{number:06d}", f"PID{number:06d}"),
    ]
    token = _token(signing_secret, number, cards)
    found = _ask(url, token, {"query": "{ viewer { patients { id } } }"})
    return Person(found["data"]["viewer"]["patients"][0]["id"], token, cards)


def _token(secret: str, number: int, cards: Sequence[tuple[str, str, str | None]]) -> str:
    now = int(time.time())
    claimed = [
        {"hospital": hospital, "number": card} | ({"patient": patient} if patient else {})
        for hospital, card, patient in cards
    ]
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + _HOURS * 3600,
        "sub": f"account-{number}",
        "role": "patient",
        "people": [{"id": f"p{number:02d}", "relation": "self", "cards": claimed}],
    }
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(secret))


def _ask(url: str, token: str, body: dict[str, Any]) -> dict[str, Any]:
    with httpx.Client(trust_env=False, timeout=30) as client:
        response = client.post(f"{url}/graphql", json=body, headers={"Authorization": f"Bearer {token}"})
    answer: dict[str, Any] = response.json()
    return answer


def _level(path: str) -> int:
    name = path.rsplit("/", 1)[-1].removeprefix("hospital.interface.")
    if name in _FIRST:
        return 0
    return 2 if name in _DETAILS else 1


def leaves(value: Any) -> int:
    """Count the scalars of an answer."""
    if isinstance(value, dict):
        return sum(map(leaves, value.values()))
    return sum(map(leaves, value)) if isinstance(value, list) else 1
