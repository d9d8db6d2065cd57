"""Being logged in with this server's own tokens; how that comes about is the process's matter."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Protocol

from connectors.records.base import INTERNAL, Doc
from connectors.records.problems import ProblemCode
from resolvers.access_control.principal import Principal
from resolvers.problems import Problem


@dataclass(kw_only=True, slots=True)
class LoginSession:
    """Being logged in (登录会话)."""

    access_token: Annotated[str, Doc("To be sent as `Authorization: Bearer` (访问令牌).")]
    expires_at: Annotated[dt.datetime, Doc("When the access token ends (访问令牌过期时间).")]
    refresh_token: Annotated[str, Doc("For refreshLogin, once; keep it secret (刷新令牌).")]
    refresh_expires_at: Annotated[dt.datetime, Doc("When one must log in anew (登录有效期).")]
    principal: Annotated[Principal, INTERNAL]


class Logins(Protocol):
    """Logs people in. Raises ConnectorError, and Problem for what is not accepted."""

    async def begin(self, code: str) -> LoginSession:
        """Log in the owner of a login code."""
        ...

    async def renew(self, refresh_token: str, asker: Principal) -> LoginSession:
        """Give new tokens for a refresh token; who is not nobody renews only what is their own."""
        ...

    async def end(self, refresh_token: str, asker: Principal) -> None:
        """End the asker's login that the refresh token is of."""
        ...


def refresh_refused() -> Problem:
    """Make the one answer to a refresh token that is not accepted, whatever is wrong with it."""
    return Problem(ProblemCode.REFRESH_TOKEN_INVALID, "登录已失效，请重新登录", field="refreshToken")


def code_refused() -> Problem:
    """Make the answer to a login code that cannot be one."""
    return Problem(ProblemCode.LOGIN_CODE_INVALID, "登录凭证无效或已过期，请重新登录")
