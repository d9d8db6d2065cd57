"""The HTTP side: `POST /<name>` with a JSON body, for every interface of the registry; and the web service."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.exchange import Sandbox, exchange
from sandbox.regional import facts, files, webservice
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
        return await _exchange(sandbox, request, interface, await request.body())

    return [
        *files.routes(sandbox),
        *webservice_routes(sandbox),
        Route("/{name}", serve, methods=["POST"]),
    ]


def webservice_routes(sandbox: Sandbox) -> list[BaseRoute]:
    """All interfaces as methods of a web service, and its description."""

    async def describe(_: Request) -> Response:
        names = [method for method, name in webservice.methods().items() if name in REGISTRY]
        return Response(webservice.description(names), media_type="text/xml")

    async def serve(request: Request) -> Response:
        try:
            method, text = webservice.asked(await request.body())
            interface = REGISTRY[webservice.methods()[method]]
        except (ValueError, KeyError):
            return Response(webservice.fault("no such method"), status_code=500, media_type="text/xml")
        answer = await _exchange(sandbox, request, interface, text)
        if not isinstance(answer, JSONResponse):
            return answer
        return Response(webservice.reply(method, bytes(answer.body).decode()), media_type="text/xml")

    return [Route("/webservice", describe, methods=["GET"]), Route("/webservice", serve, methods=["POST"])]


async def _exchange(sandbox: Sandbox, request: Request, interface: Interface, raw: bytes) -> Response:
    body = _body(raw)
    hospital_ids = _hospital_ids(sandbox.town, interface, body or {})
    address = f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"

    def work() -> Answer:
        return _answer(sandbox.town, interface, hospital_ids, body, address)

    request_id = request.headers.get("x-request-id", "")
    return await exchange(sandbox, hospital_ids, interface.name, work, refuse=refusal, request_id=request_id)


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


def _answer(
    town: Town, interface: Interface, hospital_ids: list[str], body: dict[str, Any] | None, address: str
) -> Answer:
    if body is None:
        return refusal(WRONG_TYPE)
    try:
        facts.check(interface.name, body)
        hospitals = [_hospital(town, hospital_id) for hospital_id in hospital_ids]
        return interface.answer(Call(town, hospitals, body, address))
    except Refused as refused:
        return refusal(refused.code, refused.message)
    except Refusal as refused:
        return refusal(CODES[refused.reason])


def _hospital(town: Town, hospital_id: str) -> Hospital:
    if hospital_id not in platform(town):
        raise Refusal("hospital_unknown")
    return town.hospitals[hospital_id]
