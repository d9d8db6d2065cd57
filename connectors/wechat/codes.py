"""What WeChat's error codes for a login mean; the sentences are ours, WeChat's are for developers."""

from typing import NamedTuple

from connectors.errors import ConnectorError, Denied, RateLimited, Refused, Unavailable
from connectors.records.problems import ProblemCode


class Meaning(NamedTuple):
    """The error that a code is raised as, and what the person is told."""

    error: type[ConnectorError]
    code: ProblemCode
    sentence: str


_CODE_INVALID = Meaning(Refused, ProblemCode.LOGIN_CODE_INVALID, "登录凭证无效或已过期，请重新登录")
_TOO_MANY = Meaning(RateLimited, ProblemCode.RATE_LIMITED, "登录过于频繁，请稍后重试")
# Our own account with WeChat: nothing that the person could do anything about.
_OURS = Meaning(Denied, ProblemCode.UPSTREAM_DENIED, "微信登录暂不可用，请稍后重试")

UNAVAILABLE = Meaning(Unavailable, ProblemCode.UPSTREAM_UNAVAILABLE, "微信登录暂不可用，请稍后重试")
TIMEOUT = Meaning(Unavailable, ProblemCode.UPSTREAM_TIMEOUT, "微信登录超时，请稍后重试")

MEANINGS = {
    "-1": UNAVAILABLE,
    "40029": _CODE_INVALID,
    "40163": _CODE_INVALID,  # used before
    "41008": _CODE_INVALID,  # empty
    "45011": _TOO_MANY,
    "45009": _TOO_MANY,  # the day's quota of this server
    "40226": Meaning(Refused, ProblemCode.LOGIN_BLOCKED, "该微信账号暂不能登录"),
    "40013": _OURS,
    "40125": _OURS,
    "41002": _OURS,
    "41004": _OURS,
}
"""The codes that WeChat documents for `jscode2session`; any other is taken for an outage."""
