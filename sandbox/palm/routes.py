"""The HTTP side: every path takes POST with its documented content type."""

import json
from decimal import Decimal

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.exchange import Sandbox, exchange
from sandbox.palm.call import Call
from sandbox.palm.envelopes import envelope_of
from sandbox.palm.facts import INTERFACES, Interface
from sandbox.palm.failures import SENTENCES, UNEXPLAINED, Failure
from sandbox.palm.memory import Memory
from sandbox.palm.registry import HANDLERS
from sandbox.regional.files import file_route
from sandbox.town.deeds import Refusal

HOSPITAL_ID = "501"
JSON = "application/json"


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """A route for each interface that the sandbox answers."""
    desk = _Desk(sandbox)
    return [*(desk.route(INTERFACES[path]) for path in HANDLERS), file_route(sandbox)]


class _Desk:
    """Takes the calls of one sandbox and keeps the memory that belongs to its town."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._memory = Memory(sandbox.town)

    def route(self, interface: Interface) -> BaseRoute:
        """The route of one interface."""

        async def answer(request: Request) -> Response:
            sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if sent != interface.content_type:
                return PlainTextResponse("Unsupported Media Type", status_code=415)
            raw = await request.body()
            envelope = envelope_of(interface.envelope)
            return await exchange(
                self._sandbox,
                [HOSPITAL_ID],
                interface.path,
                lambda: self._work(interface, raw, _address(request)),
                # There are no numbered codes: what a fault calls its code is the sentence.
                refuse=lambda code: envelope.fail(code or UNEXPLAINED),
                request_id=request.headers.get("x-request-id", ""),
            )

        return Route(interface.path, answer, methods=["POST"])

    def _work(self, interface: Interface, raw: bytes, address: str) -> dict[str, object]:
        envelope = envelope_of(interface.envelope)
        try:
            body = _read(interface, raw)
            interface.check(body)
            return envelope.succeed(HANDLERS[interface.path](self._call(body, address)))
        except Failure as failure:
            return envelope.fail(failure.reason)
        except Refusal as refusal:
            return envelope.fail(SENTENCES[refusal.reason])

    def _call(self, body: object, address: str) -> Call:
        town = self._sandbox.town
        if self._memory.town is not town:
            self._memory = Memory(town)
        return Call(town, town.hospitals[HOSPITAL_ID], self._memory, body, address, self._sandbox.palm.tell_soon)


def _address(request: Request) -> str:
    """Where the system is reached."""
    return f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"


def _read(interface: Interface, raw: bytes) -> object:
    """The body; an empty one, or the form of the two interfaces that take a form and have no fields, says nothing."""
    if interface.content_type != JSON or not raw.strip():
        return {}
    try:
        return json.loads(raw, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise Failure("参数格式错误") from None
