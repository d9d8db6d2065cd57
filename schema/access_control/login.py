"""Logging in."""

from resolvers.access_control import login, sessions
from schema.access_control.guards import PUBLIC
from schema.base import graph_input, graph_type, relation
from schema.cost import FREE, Cost, Size
from schema.patients.patient import Viewer
from schema.payloads import mutation, payload, result


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


_SESSION = payload(
    "LoginPayload",
    "What wechatLogin or refreshLogin came to (登录结果).",
    session=result(LoginSession, "Tokens, and whose they are (登录会话)."),
)
_LOGGED_OUT = payload(
    "LogoutPayload",
    "What logout came to (退出登录结果).",
    logged_out=result(bool, "True: none of its tokens works any more (已退出)."),
)
# WeChat, the bindings, and each of the people bound: some families are large.
_LOGIN = Cost(calls=8)

WECHAT_LOGIN = mutation(
    login.wechat_login,
    WechatLoginInput,
    _SESSION,
    "Log in with a code of wx.login; needs no token (微信登录).",
    cost=_LOGIN,
)
REFRESH_LOGIN = mutation(
    login.refresh_login,
    RefreshLoginInput,
    _SESSION,
    "Renew a login with its refresh token; needs no token (续期登录).",
    cost=_LOGIN,
)
LOGOUT = mutation(
    login.logout,
    LogoutInput,
    _LOGGED_OUT,
    "End a login: its refresh token and all of its access tokens (退出登录).",
    cost=FREE,
)
