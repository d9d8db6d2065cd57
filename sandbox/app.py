"""The hospitals' systems, their platform and WeChat behind one address, and the strings that a test pulls."""

from typing import Any, get_args

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from sandbox.exchange import Sandbox
from sandbox.faults import ANY, Fault, Kind
from sandbox.palm.routes import routes as palm_routes
from sandbox.platform.routes import routes as platform_routes
from sandbox.regional.routes import routes as regional_routes
from sandbox.wechat.routes import code_route
from sandbox.wechat.routes import routes as wechat_routes


def create_app(sandbox: Sandbox) -> Starlette:
    """The systems, and `/_sandbox` to see the calls, order faults, draw login codes and start afresh."""
    return Starlette(
        routes=[
            Mount("/regional", routes=regional_routes(sandbox)),
            Mount("/palm", routes=palm_routes(sandbox)),
            Mount("/platform", routes=platform_routes(sandbox)),
            Mount("/wechat", routes=wechat_routes(sandbox)),
            Mount("/_sandbox", routes=control_routes(sandbox)),
        ]
    )


def control_routes(sandbox: Sandbox) -> list[Route]:
    """What no hospital has."""

    async def calls(_: Request) -> Response:
        return JSONResponse({"total": sandbox.counters.total(), "calls": sandbox.counters.snapshot()})

    async def clear_calls(_: Request) -> Response:
        sandbox.counters.clear()
        return Response(status_code=204)

    async def faults(_: Request) -> Response:
        return JSONResponse({"faults": [_shown(*waiting) for waiting in sandbox.faults.waiting()]})

    async def add_fault(request: Request) -> Response:
        try:
            hospital, interface, fault = _read(await request.json())
            sandbox.faults.inject(hospital, interface, fault)
        except (ValueError, TypeError, KeyError) as problem:
            return JSONResponse({"error": f"no such fault: {problem}"}, status_code=400)
        return JSONResponse(_shown(hospital, interface, fault), status_code=201)

    async def clear_faults(_: Request) -> Response:
        sandbox.faults.clear()
        return Response(status_code=204)

    async def reset(_: Request) -> Response:
        sandbox.reset()
        return Response(status_code=204)

    return [
        Route("/calls", calls, methods=["GET"]),
        Route("/calls", clear_calls, methods=["DELETE"]),
        Route("/faults", faults, methods=["GET"]),
        Route("/faults", add_fault, methods=["POST"]),
        Route("/faults", clear_faults, methods=["DELETE"]),
        code_route(sandbox),
        Route("/reset", reset, methods=["POST"]),
    ]


def _read(body: dict[str, Any]) -> tuple[str, str, Fault]:
    """Hospital, interface and fault of a request; only `kind` must be told."""
    if body["kind"] not in get_args(Kind):
        raise ValueError("kind")
    times = body.get("times")
    fault = Fault(
        kind=body["kind"],
        seconds=float(body.get("seconds", 0)),
        code=str(body.get("code", "")),
        times=None if times is None else int(times),
    )
    return str(body.get("hospital", ANY)), str(body.get("interface", ANY)), fault


def _shown(hospital: str, interface: str, fault: Fault) -> dict[str, Any]:
    return {
        "hospital": hospital,
        "interface": interface,
        "kind": fault.kind,
        "seconds": fault.seconds,
        "code": fault.code,
        "times": fault.times,
    }
