"""Logging in at the demonstration: the sandbox's WeChat and platform, and a code as a mini-program would have it."""

from typing import Any

import httpx

from sandbox.platform.routes import BINDINGS_TOKEN
from sandbox.wechat.routes import APP_ID, APP_SECRET

_ACCOUNT = "account-1"
# WeChat's own codes last five minutes: this one is to be pasted by somebody who reads first.
_CODE_SECONDS = 12 * 3600
_DRAWING_SECONDS = 5.0


def login_settings(sandbox_url: str) -> dict[str, Any]:
    """The settings of the mini-program and the platform."""
    return {
        "wechat": {"base_url": f"{sandbox_url}/wechat", "app_id": APP_ID, "app_secret": APP_SECRET},
        "platform": {
            "base_url": f"{sandbox_url}/platform",
            "bindings_url": f"{sandbox_url}/platform/bindings",
            "bindings_token": BINDINGS_TOKEN,
        },
    }


def drawn_code(sandbox_url: str) -> str:
    """Draw a code, good for one login. Raises httpx.HTTPError."""
    wanted = {"account": _ACCOUNT, "seconds": _CODE_SECONDS}
    answer = httpx.post(_drawing(sandbox_url), json=wanted, timeout=_DRAWING_SECONDS, trust_env=False)
    code: str = answer.raise_for_status().json()["code"]
    return code


def how_to_draw(sandbox_url: str) -> str:
    """Say how another code is drawn."""
    return f"""curl -s {_drawing(sandbox_url)} -d '{{"account": "{_ACCOUNT}"}}'"""


def _drawing(sandbox_url: str) -> str:
    return f"{sandbox_url}/_sandbox/login-codes"
