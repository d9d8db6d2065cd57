import datetime as dt
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.errors import ExpiredTokenError
from joserfc.jwk import OctKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from sandbox.app import control_routes, create_app
from sandbox.counters import Counters
from sandbox.exchange import Sandbox, exchange
from sandbox.faults import Fault, Faults
from sandbox.serving import running
from sandbox.tokens import patient_token, staff_token

SECRET = "a secret of at least thirty-two bytes"


class Desk:
    """A counter that does one piece of work per call."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(today=dt.date(2026, 3, 2))
        self.done = 0

    def work(self) -> dict[str, Any]:
        self.done += 1
        return {"done": self.done}

    async def serve(self, request: Request) -> Response:
        ids = request.path_params["hospitals"].split(",")
        return await exchange(self.sandbox, ids, "ask", self.work, refuse=lambda code: {"code": code})


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    routes = [Route("/ask/{hospitals}", desk.serve), Mount("/_sandbox", routes=control_routes(desk.sandbox))]
    with running(Starlette(routes=routes)) as url:
        yield url


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=10, trust_env=False) as client:
        yield client


def test_calls_are_counted_by_hospitals_and_interface(desk: Desk, client: httpx.Client) -> None:
    for hospitals in ("253", "253", "253,254"):
        client.get(f"/ask/{hospitals}").raise_for_status()
    counters = desk.sandbox.counters
    assert counters.snapshot() == {"253 ask": 2, "253,254 ask": 1}
    assert (counters.count("ask"), counters.count("ask", "253"), counters.count("tell")) == (3, 2, 0)
    assert client.get("/_sandbox/calls").json() == {"total": 3, "calls": counters.snapshot()}
    assert client.delete("/_sandbox/calls").status_code == 204
    assert counters.total() == 0


def test_a_late_answer_comes(desk: Desk, client: httpx.Client) -> None:
    desk.sandbox.faults.inject("253", "ask", Fault(kind="delay", seconds=0.2, times=1))
    start = time.monotonic()
    assert client.get("/ask/253").json() == {"done": 1}
    assert time.monotonic() - start >= 0.2


def test_an_answer_that_never_comes_leaves_the_work_done(desk: Desk, client: httpx.Client) -> None:
    desk.sandbox.faults.inject("253", "ask", Fault(kind="timeout", times=1))
    with pytest.raises(httpx.ReadTimeout):
        client.get("/ask/253", timeout=0.2)
    assert client.get("/ask/253").json() == {"done": 2}


def test_a_withheld_answer_ends_with_the_connection(desk: Desk, client: httpx.Client) -> None:
    desk.sandbox.faults.inject("253", "ask", Fault(kind="timeout", seconds=0.1, times=1))
    with pytest.raises(httpx.RemoteProtocolError):
        client.get("/ask/253")


def test_a_server_stops_although_an_answer_is_withheld(desk: Desk) -> None:
    desk.sandbox.faults.inject("*", "*", Fault(kind="timeout"))
    with httpx.Client(trust_env=False) as client:
        start = time.monotonic()
        with (
            running(Starlette(routes=[Route("/ask/{hospitals}", desk.serve)])) as url,
            pytest.raises(httpx.ReadTimeout),
        ):
            client.get(f"{url}/ask/253", timeout=0.1)
        assert time.monotonic() - start < 5


def test_a_dropped_connection_leaves_nothing_done(desk: Desk, client: httpx.Client) -> None:
    desk.sandbox.faults.inject("253", "ask", Fault(kind="drop", times=1))
    with pytest.raises(httpx.RemoteProtocolError):
        client.get("/ask/253")
    assert desk.done == 0
    assert client.get("/ask/253").is_success


def test_errors_and_refusals_leave_nothing_done(desk: Desk, client: httpx.Client) -> None:
    desk.sandbox.faults.inject("253", "ask", Fault(kind="error", times=1))
    desk.sandbox.faults.inject("253", "ask", Fault(kind="refusal", code="10001", times=1))
    assert client.get("/ask/253").status_code == 500
    assert client.get("/ask/253").json() == {"code": "10001"}
    assert desk.done == 0


def test_a_malformed_answer_is_not_json(desk: Desk, client: httpx.Client) -> None:
    desk.sandbox.faults.inject("253", "ask", Fault(kind="malformed", times=1))
    answer = client.get("/ask/253")
    assert answer.status_code == 200
    with pytest.raises(ValueError, match="Unterminated"):
        answer.json()
    assert desk.done == 1


def test_a_fault_hits_joined_calls_and_is_used_up() -> None:
    faults = Faults()
    faults.inject("254", "ask", Fault(kind="error", times=2))
    assert faults.take(["253"], "ask") is None
    assert faults.take(["253", "254"], "tell") is None
    assert faults.take(["253", "254"], "ask") is not None
    assert faults.take(["254"], "ask") is not None
    assert faults.take(["254"], "ask") is None
    faults.inject("*", "*", Fault(kind="drop"))
    assert all(faults.take(["501"], name) for name in "abc")
    faults.clear()
    assert faults.take(["501"], "a") is None
    with pytest.raises(ValueError, match="at least once"):
        faults.inject("*", "*", Fault(kind="drop", times=0))


def test_faults_are_ordered_over_http(desk: Desk, client: httpx.Client) -> None:
    order = {"hospital": "253", "interface": "ask", "kind": "error", "times": 1}
    assert client.post("/_sandbox/faults", json=order).status_code == 201
    assert client.get("/_sandbox/faults").json() == {"faults": [order | {"seconds": 0.0, "code": ""}]}
    assert client.get("/ask/253").status_code == 500
    client.post("/_sandbox/faults", json={"kind": "drop"})
    assert client.delete("/_sandbox/faults").status_code == 204
    assert desk.sandbox.faults.waiting() == []


@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'{"kind": "flood"}', b'{"kind": "drop", "times": 0}', b"\xff"])
def test_no_such_fault_is_said_so(client: httpx.Client, body: bytes) -> None:
    assert client.post("/_sandbox/faults", content=body).status_code == 400


def test_reset_brings_the_first_town_back(desk: Desk, client: httpx.Client) -> None:
    desk.sandbox.town.hospitals["253"].visits.clear()
    desk.sandbox.faults.inject("*", "*", Fault(kind="drop"))
    client.get("/_sandbox/calls")
    assert client.post("/_sandbox/reset").status_code == 204
    assert desk.sandbox.town == Sandbox(today=dt.date(2026, 3, 2)).town
    assert desk.sandbox.faults.waiting() == []


def test_an_application_that_does_not_start_is_told() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001 - given by ASGI
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no"})

    with pytest.raises(RuntimeError, match="did not start"), running(app):
        pass


def test_counters_start_at_nought() -> None:
    counters = Counters()
    assert (counters.total(), counters.count("ask"), counters.snapshot()) == (0, 0, {})


def test_a_patients_token_tells_the_people_and_their_cards(desk: Desk) -> None:
    before = int(time.time())
    token = jwt.decode(patient_token(desk.sandbox.town, "account-1", SECRET), OctKey.import_key(SECRET))
    claims = token.claims
    jwt.JWTClaimsRegistry(iss={"value": "patient-graph-sandbox"}, aud={"value": "patient-graph"}).validate(claims)
    assert token.header["alg"] == "HS256"
    assert (claims["sub"], claims["role"]) == ("account-1", "patient")
    assert claims["exp"] - claims["iat"] == 43200
    assert claims["iat"] >= before
    first, child = claims["people"]
    number = desk.sandbox.town.hospitals["253"].cards[0].number
    assert first == {
        "id": "p01",
        "relation": "self",
        "cards": [
            {"hospital": "253", "number": number},
            {"hospital": "254", "number": number},
            {"hospital": "501", "number": "PC000001", "patient": "PID000001"},
        ],
    }
    assert (child["id"], child["relation"]) == ("p02", "child")


def test_a_staff_token_tells_the_hospitals_and_ends() -> None:
    claims = jwt.decode(staff_token(SECRET, ["253", "501"], seconds=-1), OctKey.import_key(SECRET)).claims
    assert (claims["sub"], claims["role"], claims["hospitals"]) == ("staff-1", "staff", ["253", "501"])
    with pytest.raises(ExpiredTokenError):
        jwt.JWTClaimsRegistry().validate(claims)


def test_the_whole_sandbox_is_served() -> None:
    with running(create_app(Sandbox())) as url, httpx.Client(base_url=url, trust_env=False) as client:
        assert client.get("/_sandbox/calls").json() == {"total": 0, "calls": {}}
        assert client.get("/nowhere").status_code == 404


def test_the_program_says_where_it_listens_and_stops_when_interrupted() -> None:
    command = [sys.executable, "-m", "sandbox", "--seed", "21"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(  # noqa: S603 - the command is our own
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        url = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
        assert httpx.get(f"{url}/_sandbox/calls", trust_env=False).json()["total"] == 0
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(10) == 0
        assert process.stdout.read() + process.stderr.read() == ""
