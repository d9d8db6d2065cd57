"""What comes in, where it is kept, sent on and put on record: over real sockets, with and without Redis."""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.application import create_app
from app.audit import tools
from app.audit.recording import Recorder
from app.audit.writer import AuditUnavailable
from app.inbound import endpoint
from sandbox.app import create_app as create_sandbox
from sandbox.exchange import Sandbox
from sandbox.serving import running
from tests.app.redis_server import RedisServer, redis_server
from tests.end_to_end.audited import Audited, audited, cards
from tests.end_to_end.test_at_rest import flat
from tests.end_to_end.test_inbound import (
    HOSPITAL,
    MESSAGE,
    REFUND,
    REFUNDED,
    TOLD,
    YES,
    cancelled,
    hospitals,
    message,
    messages,
    reason,
    refund_of,
    tell,
)
from tests.end_to_end.world import World, settings, world

KEY = "a-key-of-the-test-suite-only-32-bytes"
LATER = "系统繁忙，请稍后重试"


class Platform:
    """Whom hospitals would tell else: says what a test puts there, and remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, bytes]] = []
        self.answers: dict[str, bytes] = {}
        self.status = 200
        self.seconds = 0.0

    def app(self) -> Starlette:
        async def take(request: Request) -> Response:
            assert "authorization" not in request.headers
            self.told.append((request.url.path, await request.body()))
            await asyncio.sleep(self.seconds)
            content = self.answers.get(request.url.path.removeprefix("/base"), b"")
            return Response(content, self.status, media_type="application/json")

        return Starlette(routes=[Route("/{path:path}", take, methods=["POST"])])


@pytest.fixture
def platform() -> Platform:
    made = Platform()
    made.answers = {
        MESSAGE: b'{"head": {"code": 1, "msg": "platform"}}',
        REFUND: b'{"code": 0, "msg": "platform"}',
    }
    return made


@contextmanager
def behind(platform: Platform, **changes: Any) -> Iterator[World]:
    with running(platform.app()) as url, world(hospitals=hospitals(forward_to=f"{url}/base"), **changes) as town:
        yield town


def test_what_comes_in_is_sent_on_as_it_is_and_answered_with_the_platforms_word(platform: Platform) -> None:
    with behind(platform) as town:
        for _ in range(2):
            assert tell(town, MESSAGE, message(town)).content == platform.answers[MESSAGE]
            assert tell(town, REFUND, REFUNDED).content == platform.answers[REFUND]

        assert [path for path, _ in platform.told] == [f"/base{MESSAGE}", f"/base{REFUND}"]
        assert json.loads(platform.told[1][1]) == REFUNDED
        assert len(messages(town)) == 1


def test_what_is_not_as_documented_is_not_sent_on(platform: Platform) -> None:
    with behind(platform) as town:
        assert reason(MESSAGE, tell(town, MESSAGE, {})) == "缺少参数 patient_id"
        assert tell(town, MESSAGE, message(town), secret="x").status_code == 401
        assert platform.told == []


def test_what_the_platform_declines_is_not_kept_and_may_come_again(platform: Platform) -> None:
    accepted, platform.answers[MESSAGE] = platform.answers[MESSAGE], b'{"head": {"code": -1, "msg": "no"}}'
    with behind(platform) as town:
        assert tell(town, MESSAGE, message(town)).content == platform.answers[MESSAGE]
        assert messages(town) == []

        platform.answers[MESSAGE] = accepted
        assert tell(town, MESSAGE, message(town)).content == accepted
        assert len(messages(town)) == 1


@pytest.mark.parametrize(("status", "answer"), [(500, b"{}"), (200, b"<html>"), (200, b"{}"), (302, b"")])
def test_a_platform_that_cannot_be_understood_is_told_again(platform: Platform, status: int, answer: bytes) -> None:
    accepted, platform.answers[REFUND], platform.status = platform.answers[REFUND], answer, status
    with behind(platform) as town:
        assert reason(REFUND, tell(town, REFUND, REFUNDED)) == LATER

        platform.answers[REFUND], platform.status = accepted, 200
        assert tell(town, REFUND, REFUNDED).content == accepted
        assert len(platform.told) == 2


def test_a_slow_platform_is_not_waited_for_beyond_the_deadline(platform: Platform) -> None:
    platform.seconds = 3.0
    with behind(platform, deadline_seconds=0.5) as town:
        started = time.monotonic()
        assert reason(REFUND, tell(town, REFUND, REFUNDED)) == LATER
        assert time.monotonic() - started < platform.seconds


def test_a_platform_that_is_not_there_keeps_the_hospital_telling() -> None:
    with world(hospitals=hospitals(forward_to="http://127.0.0.1:9")) as town:
        assert reason(MESSAGE, tell(town, MESSAGE, message(town))) == LATER
        assert messages(town) == []


@contextmanager
def replicas(store: RedisServer, count: int = 1) -> Iterator[list[World]]:
    """Servers over one town and one Redis, with what is kept sealed."""
    sandbox = Sandbox()
    with running(create_sandbox(sandbox)) as sandbox_url:
        changed = settings(sandbox_url, redis_url=store.url, encryption_keys=[KEY])
        with running(create_app(changed)) as first, running(create_app(changed)) as second:
            made = [World(url, sandbox) for url in (first, second)][:count]
            yield made
            for each in made:
                each.client.close()


def test_replicas_share_what_came_in_and_redis_can_read_none_of_it() -> None:
    import redis as sync_redis  # noqa: PLC0415 # only here

    with redis_server() as store, replicas(store, 2) as (one, other):
        appointment = cancelled(one)
        for town in (one, other):
            assert tell(town, MESSAGE, message(town, data1="sentinel-of-a-message")).json() == YES[MESSAGE]
            assert tell(town, REFUND, REFUNDED | {"business_no": "sentinel-of-a-refund"}).json() == YES[REFUND]

        assert [len(messages(town)) for town in (one, other)] == [1, 1]
        assert refund_of(other, appointment)["status"] == "CONFIRMED"
        client = sync_redis.Redis.from_url(store.url)
        kept = b"\n".join(name + flat(client, name) for name in client.scan_iter())
        client.close()
        assert b"inbox" in kept
        for hidden in ("sentinel", TOLD["first_data"], message(one)["patient_id"], "HO-2"):
            assert hidden.encode() not in kept


def test_without_its_redis_nothing_is_confirmed() -> None:
    with redis_server() as store, replicas(store) as (town,):
        store.kill()
        assert reason(MESSAGE, tell(town, MESSAGE, message(town))) == LATER
        assert reason(REFUND, tell(town, REFUND, REFUNDED)) == LATER
        store.start()
        assert tell(town, REFUND, REFUNDED).json() == YES[REFUND]


@pytest.fixture
def on_record(tmp_path: Path) -> Iterator[Audited]:
    with audited(tmp_path) as made:
        yield made


def pushed(made: Audited, request_id: str) -> Any:
    (resource,) = made.on_record(request_id)
    assert (resource["outcomeDesc"], resource["agent"][0]["who"]["identifier"]["value"]) == (
        "pushed",
        f"hospital:{HOSPITAL}",
    )
    return resource


def test_what_a_hospital_sends_is_on_record_before_it_is_confirmed(on_record: Audited) -> None:
    town = on_record.world
    appointment = cancelled(town)
    assert refund_of(town, appointment)

    sent = tell(town, MESSAGE, message(town))
    told = tell(town, REFUND, REFUNDED)

    whom = pushed(on_record, sent.headers["x-request-id"])["entity"][0]["what"]["identifier"]
    assert whom == {"system": f"urn:patient-graph:hospital:{HOSPITAL}:patient", "value": message(town)["patient_id"]}
    number = on_record.card("p01", HOSPITAL).number
    assert cards(pushed(on_record, told.headers["x-request-id"])) == {(HOSPITAL, number)}
    log = "{ viewer { patients { accessLog(first: 5) { nodes { role parts { outcome resources } } } } } }"
    seen = [node["parts"] for node in town.ask(log).data["viewer"]["patients"][0]["accessLog"]["nodes"]]
    assert [{"outcome": "PUSHED", "resources": ["PAYMENT_NOTICE"]}] in seen
    record = json.dumps(list(tools.exported(on_record.settings, None, None)), ensure_ascii=False)
    assert [hidden for hidden in (TOLD["first_data"], "PF-2") if hidden in record] == []


def test_what_cannot_be_put_on_record_is_not_confirmed_and_is_once_it_comes_again(
    on_record: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unavailable(*_: Any) -> None:
        raise AuditUnavailable

    town = on_record.world
    with monkeypatch.context() as patched:
        patched.setattr(Recorder, "confirmed", unavailable)
        assert reason(MESSAGE, tell(town, MESSAGE, message(town))) == LATER

    again = tell(town, MESSAGE, message(town))
    assert again.json() == YES[MESSAGE]
    assert pushed(on_record, again.headers["x-request-id"])
    assert len(messages(town)) == 1


def test_a_fault_of_this_server_is_answered_with_no(
    fresh: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def fail(*_: Any) -> None:
        raise RuntimeError("sentinel of what was sent")

    monkeypatch.setattr(endpoint, "take", fail)
    response = tell(fresh, MESSAGE, message(fresh))
    assert reason(MESSAGE, response) == LATER
    written = capsys.readouterr()
    assert "inbound_failed" in written.out + written.err
    assert "sentinel" not in written.out + written.err


def test_what_is_refused_is_not_on_record_as_sent(on_record: Audited) -> None:
    refused = tell(on_record.world, MESSAGE, {})
    assert on_record.on_record(refused.headers["x-request-id"]) == []
