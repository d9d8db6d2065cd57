"""`code2session`: a login code, once, for the openid of its owner."""

from typing import Any

import orjson
import structlog
from pydantic import BaseModel, ConfigDict, SecretStr

from connectors.core import deadline
from connectors.core.convert import text
from connectors.core.transport import Limits, TransportError
from connectors.errors import ConnectorError, Malformed
from connectors.wechat.codes import MEANINGS, TIMEOUT, UNAVAILABLE, Meaning
from connectors.wechat.wire import SecretGet

_log = structlog.get_logger(__name__)

_SYSTEM = "wechat"
_INTERFACE = "sns/jscode2session"
_LONGEST_OPENID = 128


class Options(BaseModel):
    """Which mini-program logs in, and where WeChat is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_url: str
    app_id: str
    app_secret: SecretStr


class WechatLogin:
    """Asks WeChat. The session key that it answers with is not read: nothing here decrypts what it protects."""

    def __init__(self, options: Options, limits: Limits) -> None:
        """Take the mini-program and what a call may cost."""
        self._options = options
        self._url = f"{options.base_url}/{_INTERFACE}"
        self._wire = SecretGet(limits)

    async def owner(self, code: str) -> str:
        """Use the code up and return its owner's openid; raises ConnectorError. Never repeated: a code works once."""
        try:
            return _openid(await self._answer(code))
        except ConnectorError as error:
            _log.warning(
                "login_code_not_taken",
                system=error.system,
                interface=error.interface,
                code=error.code.value,
                upstream_code=error.upstream_code,
                detail=error.detail,
            )
            raise

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    async def _answer(self, code: str) -> Any:
        query = {
            "appid": self._options.app_id,
            "secret": self._options.app_secret.get_secret_value(),
            "js_code": code,
            "grant_type": "authorization_code",
        }
        try:
            return orjson.loads(await self._wire.get(self._url, query))
        except deadline.Passed:
            raise _failure(TIMEOUT, detail="the request's deadline passed") from None
        except TransportError as fault:
            raise _failure(TIMEOUT if fault.timeout else UNAVAILABLE, detail=str(fault)) from None
        except orjson.JSONDecodeError:
            raise _malformed("not JSON") from None


def _openid(answer: Any) -> str:
    if not isinstance(answer, dict):
        raise _malformed("object expected")
    try:
        code, openid = text(answer.get("errcode")), text(answer.get("openid"))
    except ValueError:
        raise _malformed("text expected") from None
    if code not in {None, "0"}:
        # A code of ours alone goes into errors: what is not documented may be anything.
        known = code if code in MEANINGS else None
        raise _failure(MEANINGS.get(code or "", UNAVAILABLE), known)
    if openid is None or len(openid) > _LONGEST_OPENID:
        raise _malformed("openid: missing or too long")
    return openid


def _failure(meaning: Meaning, upstream_code: str | None = None, *, detail: str = "") -> ConnectorError:
    return meaning.error(
        system=_SYSTEM,
        interface=_INTERFACE,
        code=meaning.code,
        upstream_code=upstream_code,
        patient_message=meaning.sentence,
        detail=detail,
    )


def _malformed(detail: str) -> Malformed:
    return Malformed(system=_SYSTEM, interface=_INTERFACE, patient_message=UNAVAILABLE.sentence, detail=detail)
