"""`GET /sns/jscode2session`: a code for the openid of its owner."""

import secrets
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.exchange import Sandbox, exchange
from sandbox.wechat.codes import CODE_SECONDS, openid_of

APP_ID = "wx0000000000000000"
APP_SECRET = "sandbox-app-secret-of-nobody"  # noqa: S105 # made up
PLACE = "wechat"
INTERFACE = "sns/jscode2session"

_BUSY = "-1"
_MESSAGES = {
    _BUSY: "system error",
    "40002": "invalid grant_type",
    "40013": "invalid appid",
    "40029": "invalid code",
    "40125": "invalid appsecret",
    "40226": "code blocked",
    "41002": "appid missing",
    "41004": "appsecret missing",
    "41008": "missing code",
    "45011": "api minute-quota reach limit",
}
_MISSING = {"appid": "41002", "secret": "41004", "js_code": "41008"}


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """The one route."""

    async def serve(request: Request) -> Response:
        query = dict(request.query_params)
        return await exchange(sandbox, [PLACE], INTERFACE, lambda: _answer(sandbox, query), refuse=_refusal)

    return [Route(f"/{INTERFACE}", serve, methods=["GET"])]


def code_route(sandbox: Sandbox) -> Route:
    """What `wx.login` does in a mini-program: draws a code for the owner of an account."""

    async def draw(request: Request) -> Response:
        wanted = await request.json()
        openid = openid_of(str(wanted["account"]))
        code = sandbox.login_codes.issue(openid, seconds=float(wanted.get("seconds", CODE_SECONDS)))
        return JSONResponse({"code": code}, status_code=201)

    return Route("/login-codes", draw, methods=["POST"])


def _answer(sandbox: Sandbox, query: Mapping[str, str]) -> dict[str, Any]:
    for name, code in _MISSING.items():
        if not query.get(name):
            return _refusal(code)
    wrong = (
        ("appid", APP_ID, "40013"),
        ("secret", APP_SECRET, "40125"),
        ("grant_type", "authorization_code", "40002"),
    )
    for name, right, code in wrong:
        if query.get(name) != right:
            return _refusal(code)
    openid = sandbox.login_codes.use(query["js_code"])
    return _refusal("40029") if openid is None else {"openid": openid, "session_key": secrets.token_urlsafe(18)}


def _refusal(code: str) -> dict[str, Any]:
    known = code if code in _MESSAGES else _BUSY
    return {"errcode": int(known), "errmsg": f"{_MESSAGES[known]}, rid: {secrets.token_hex(8)}"}
