"""Logging in."""

from typing import Annotated, Any

import strawberry

from resolvers import login, sessions
from resolvers.context import GraphInfo
from schema.base import graph_input, graph_type, relation
from schema.cost import FREE, Cost, Size
from schema.guards import PUBLIC
from schema.patient import Viewer
from schema.payloads import ERRORS, UserError, result


@graph_input(login.WechatLoginInput)
class WechatLoginInput(login.WechatLoginInput):
    """What wechatLogin takes (微信登录信息)."""


@graph_input(login.RefreshLoginInput)
class RefreshLoginInput(login.RefreshLoginInput):
    """What refreshLogin takes (续期信息)."""


@graph_input(login.LogoutInput)
class LogoutInput(login.LogoutInput):
    """What logout takes (退出登录信息)."""


# Who logs in is no patient data by itself; the viewer's people are checked like everybody's.
@graph_type(sessions.LoginSession, PUBLIC)
class LoginSession(sessions.LoginSession):
    """Being logged in (登录会话)."""

    viewer = relation(
        login.session_viewer,
        Viewer,
        "Who has logged in, and the people bound to them (当前用户).",
        cost=Cost(size=Size.LOGIN),
    )


@strawberry.type(description="What wechatLogin or refreshLogin came to (登录结果).")
class LoginPayload:
    """The session, or what the user is told."""

    session = result(LoginSession, "Tokens, and whose they are (登录会话).")
    user_errors: list[UserError] = strawberry.field(description=ERRORS)


@strawberry.type(description="What logout came to (退出登录结果).")
class LogoutPayload:
    """Whether it was done, or what the user is told."""

    logged_out = result(bool, "True: none of its tokens works any more (已退出).")
    user_errors: list[UserError] = strawberry.field(description=ERRORS)


_INPUT = strawberry.argument(description="What it takes (输入).")
# WeChat, the bindings, and each of the people bound: some families are large.
_LOGIN = Cost(calls=8)


async def _wechat_login(info: GraphInfo, input: Annotated[WechatLoginInput, _INPUT]) -> Any:  # noqa: A002 # the argument's name in the graph
    return await login.wechat_login(info, input)


async def _refresh_login(info: GraphInfo, input: Annotated[RefreshLoginInput, _INPUT]) -> Any:  # noqa: A002 # the argument's name in the graph
    return await login.refresh_login(info, input)


async def _logout(info: GraphInfo, input: Annotated[LogoutInput, _INPUT]) -> Any:  # noqa: A002 # the argument's name in the graph
    return await login.logout(info, input)


WECHAT_LOGIN = relation(
    _wechat_login, LoginPayload, "Log in with a code of wx.login; needs no token (微信登录).", cost=_LOGIN
)
REFRESH_LOGIN = relation(
    _refresh_login, LoginPayload, "Renew a login with its refresh token; needs no token (续期登录).", cost=_LOGIN
)
LOGOUT = relation(
    _logout, LogoutPayload, "End a login: its refresh token and all of its access tokens (退出登录).", cost=FREE
)
