"""The simulated hospital tells by itself what it has to tell: to whom a test says, until somebody says yes."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.counters import Counters
from sandbox.exchange import Sandbox
from sandbox.palm.failures import Failure
from sandbox.palm.outbound import Outbound, Receiver
from sandbox.serving import running

REFUND = "/refund/callback"
BODY = {"his_order_no": "h002", "business_no": "b002", "refund_time": "2026-03-04 09:30:00"}


class Listener:
    """Answers in turn what a test puts there, the last for ever."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, Any]] = []
        self.answers: list[Any] = [{"code": 0, "msg": "ok"}]

    def app(self) -> Starlette:
        async def take(request: Request) -> Response:
            self.heard.append((request.url.path, request.headers["authorization"], await request.json()))
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            return JSONResponse(answer, status_code=200 if isinstance(answer, dict) else answer)

        return Starlette(routes=[Route("/{path:path}", take, methods=["POST"])])


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def counters() -> Counters:
    return Counters()


@pytest.fixture
def outbound(listener: Listener, counters: Counters) -> Iterator[Outbound]:
    with running(listener.app()) as url:
        made = Outbound("501", counters)
        made.receiver = Receiver(url, "secret")
        yield made


def test_what_was_answered_with_yes_is_counted(outbound: Outbound, listener: Listener, counters: Counters) -> None:
    assert outbound.tell(REFUND, BODY) == {"code": 0, "msg": "ok"}
    assert listener.heard == [(REFUND, "Bearer secret", BODY)]
    listener.answers = [{"code": -1, "msg": "no"}]
    outbound.tell(REFUND, BODY)
    assert counters.count(REFUND, "501") == 1


def test_what_the_document_requires_is_not_left_out(outbound: Outbound, listener: Listener) -> None:
    with pytest.raises(Failure):
        outbound.tell(REFUND, {"his_order_no": "h002"})
    assert listener.heard == []


async def test_it_tells_again_until_somebody_says_yes(outbound: Outbound, listener: Listener) -> None:
    listener.answers = [500, {"code": -1, "msg": "later"}, {"code": 0, "msg": "ok"}]
    task = outbound.tell_soon(REFUND, BODY)
    assert task is not None
    assert await task
    assert len(listener.heard) == 3


async def test_it_gives_up_and_tells_nobody_who_is_not_named(outbound: Outbound, listener: Listener) -> None:
    listener.answers = [500]
    task = outbound.tell_soon(REFUND, BODY)
    assert task is not None
    assert not await task
    heard = len(listener.heard)
    outbound.receiver = None
    assert outbound.tell_soon(REFUND, BODY) is None
    assert len(listener.heard) == heard


def test_the_town_begins_with_nobody_to_tell() -> None:
    with pytest.raises(RuntimeError):
        Sandbox().palm.tell(REFUND, BODY)
