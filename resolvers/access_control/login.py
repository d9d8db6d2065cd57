"""Logging in: a WeChat login code for tokens of this server, renewed and ended."""

from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import Doc
from connectors.records.problems import ProblemCode
from resolvers.access_control import access
from resolvers.access_control.principal import Role
from resolvers.access_control.sessions import Logins, LoginSession, code_refused
from resolvers.context import Context, GraphInfo
from resolvers.patients.people import Viewer, viewer_of
from resolvers.problems import Problem
from resolvers.writes.mutations import Outcome, attempt

_LONGEST_CODE = 128


@dataclass(kw_only=True, slots=True)
class WechatLoginInput:
    """What wechatLogin takes (微信登录信息)."""

    code: Annotated[str, Doc("Code that wx.login gave: unused, and less than five minutes old (登录凭证).")]


@dataclass(kw_only=True, slots=True)
class RefreshLoginInput:
    """What refreshLogin takes (续期信息)."""

    refresh_token: Annotated[str, Doc("The last refresh token that was given out; it works once (刷新令牌).")]


@dataclass(kw_only=True, slots=True)
class LogoutInput:
    """What logout takes (退出登录信息)."""

    refresh_token: Annotated[str, Doc("The last refresh token that was given out (刷新令牌).")]


async def wechat_login(info: GraphInfo, given: WechatLoginInput) -> Outcome[LoginSession]:
    """Log in with a WeChat code; raises Problem FORBIDDEN for somebody who is logged in."""
    context = info.context
    if context.principal.role is not Role.ANONYMOUS:
        raise Problem(ProblemCode.FORBIDDEN, "已登录，请先退出")

    async def work() -> LoginSession:
        logins = _logins(context)
        if not _can_be_a_code(given.code):
            raise code_refused()
        return _now_as(context, await logins.begin(given.code))

    return await attempt(work)


async def refresh_login(info: GraphInfo, given: RefreshLoginInput) -> Outcome[LoginSession]:
    """Renew a login, as nobody or as the same person."""
    context = info.context

    async def work() -> LoginSession:
        return _now_as(context, await _logins(context).renew(given.refresh_token, context.principal))

    return await attempt(work)


async def logout(info: GraphInfo, given: LogoutInput) -> Outcome[bool]:
    """End a login; raises Problem UNAUTHENTICATED for nobody."""
    context = info.context
    access.require_known(context.principal)

    async def work() -> bool:
        await _logins(context).end(given.refresh_token, context.principal)
        return True

    return await attempt(work)


def session_viewer(root: LoginSession) -> Viewer:
    """Say who has logged in."""
    return viewer_of(root.principal)


def _logins(context: Context) -> Logins:
    if context.services.logins is None:
        raise Problem(ProblemCode.LOGIN_UNSUPPORTED, "未开通登录功能")
    return context.services.logins


def _can_be_a_code(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_CODE and text.isascii() and text.isprintable()


def _now_as(context: Context, session: LoginSession) -> LoginSession:
    """Let the rest of the operation be asked by who has logged in: the viewer's people are read as theirs."""
    context.go_on_as(session.principal)
    return session
