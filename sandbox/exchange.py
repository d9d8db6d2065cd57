"""One call of one interface: counted, perhaps spoilt by a fault, answered."""

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Any

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.counters import Counters
from sandbox.faults import Fault, Faults
from sandbox.palm.outbound import Outbound
from sandbox.town.generator import build_town
from sandbox.town.numbers import PALM_HOSPITALS
from sandbox.wechat.codes import LoginCodes

BODY = dict[str, Any]


class Sandbox:
    """A town, how often it was asked, and what shall go wrong."""

    def __init__(self, seed: int = 20, today: dt.date | None = None) -> None:
        self.seed = seed
        self.today = today
        self.counters = Counters()
        self.faults = Faults()
        (hospital_id,) = PALM_HOSPITALS
        self.palm = Outbound(hospital_id, self.counters)
        self.reset()

    def reset(self) -> None:
        """Everything as at the start."""
        self.town = build_town(self.seed, self.today)
        self.counters.clear()
        self.faults.clear()
        self.login_codes = LoginCodes()


class Dropped(Response):
    """Promises a body, sends half of it and closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - given by ASGI
        """Return in the middle of the answer: the server can then only close the connection."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"64")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"', "more_body": True})


class Withheld(Dropped):
    """Sends nothing until the caller has left or `seconds` (0: no limit) are over; then the connection closes."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait for the caller to hang up."""
        try:
            async with asyncio.timeout(self.seconds or None):
                while (await receive())["type"] != "http.disconnect":
                    pass
        except TimeoutError:
            await super().__call__(scope, receive, send)


async def exchange(
    sandbox: Sandbox,
    hospital_ids: list[str],
    interface: str,
    work: Callable[[], BODY],
    *,
    refuse: Callable[[str], BODY] | None = None,
    request_id: str = "",
) -> Response:
    """Count the call, apply the fault that waits for it, else do the work and answer with its body.

    `refuse` makes the body of a refusal from its code, in the vendor's own envelope; an interface without one
    fails with HTTP 500 instead. `request_id` is what the caller named in `X-Request-Id`.
    """
    sandbox.counters.add(",".join(hospital_ids), interface, request_id)
    fault = sandbox.faults.take(hospital_ids, interface)
    if fault is None:
        return JSONResponse(work())
    if fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
        return JSONResponse(work())
    return spoil(fault, work, refuse)


def spoil(fault: Fault, work: Callable[[], BODY], refuse: Callable[[str], BODY] | None) -> Response:
    """The answer that a fault leaves."""
    if fault.kind in {"timeout", "malformed"}:
        work()
    if fault.kind == "timeout":
        return Withheld(fault.seconds)
    if fault.kind == "malformed":
        return Response(b'{"code": "100', media_type="application/json")
    if fault.kind == "drop":
        return Dropped()
    if fault.kind == "refusal" and refuse is not None:
        return JSONResponse(refuse(fault.code))
    return PlainTextResponse("Internal Server Error", status_code=500)
