"""The HTTP side: `POST /<name>` with a JSON body, for every interface of the registry."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.exchange import Sandbox, exchange
from sandbox.regional import facts
from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import CODES, WRONG_TYPE, Answer, Refused, refusal
from sandbox.regional.registry import REGISTRY
from sandbox.town.deeds import Refusal
from sandbox.town.model import Hospital, Town
from sandbox.town.numbers import PALM_HOSPITALS


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """One route for all interfaces; chapter 21's also answer under their short names."""

    async def serve(request: Request) -> Response:
        name = request.path_params["name"]
        interface = REGISTRY.get(facts.short_names().get(name, name))
        if interface is None:
            return PlainTextResponse("Not Found", status_code=404)
        body = _body(await request.body())
        hospital_ids = _hospital_ids(sandbox.town, interface, body or {})

        def work() -> Answer:
            return _answer(sandbox.town, interface, hospital_ids, body)

        request_id = request.headers.get("x-request-id", "")
        return await exchange(sandbox, hospital_ids, interface.name, work, refuse=refusal, request_id=request_id)

    return [Route("/{name}", serve, methods=["POST"])]


def platform(town: Town) -> list[str]:
    """The hospitals behind this address."""
    return [hospital_id for hospital_id in sorted(town.hospitals) if hospital_id not in PALM_HOSPITALS]


def _body(raw: bytes) -> dict[str, Any] | None:
    """The request's object, or None where there is none to be read."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _hospital_ids(town: Town, interface: Interface, body: dict[str, Any]) -> list[str]:
    """The ids that a call names; by none, a joined one means every hospital and another one the first."""
    named = str(body.get("hospitalId") or "").strip()
    if not interface.joined:
        return [named or platform(town)[0]]
    ids = [part.strip() for part in named.split(",") if part.strip()]
    return list(dict.fromkeys(ids)) or platform(town)


def _answer(town: Town, interface: Interface, hospital_ids: list[str], body: dict[str, Any] | None) -> Answer:
    if body is None:
        return refusal(WRONG_TYPE)
    try:
        facts.check(interface.name, body)
        hospitals = [_hospital(town, hospital_id) for hospital_id in hospital_ids]
        return interface.answer(Call(town, hospitals, body))
    except Refused as refused:
        return refusal(refused.code, refused.message)
    except Refusal as refused:
        return refusal(CODES[refused.reason])


def _hospital(town: Town, hospital_id: str) -> Hospital:
    if hospital_id not in platform(town):
        raise Refusal("hospital_unknown")
    return town.hospitals[hospital_id]
