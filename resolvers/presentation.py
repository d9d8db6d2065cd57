"""How errors are shown: a stable code, a sentence fit for patients, nothing of what was sent."""

from typing import Any

from graphql import GraphQLError

from connectors.errors import ConnectorError
from connectors.records.problems import ProblemCode
from resolvers.problems import Problem

_GENERIC = {
    ProblemCode.UPSTREAM_UNAVAILABLE: "医院系统暂不可用，请稍后重试",
    ProblemCode.UPSTREAM_TIMEOUT: "医院系统响应超时，请稍后重试",
    ProblemCode.UPSTREAM_MALFORMED: "医院返回数据异常，请稍后重试",
    ProblemCode.UPSTREAM_DENIED: "医院系统暂不可用，请稍后重试",
    ProblemCode.UNSUPPORTED_BY_HOSPITAL: "医院未开通此功能",
    ProblemCode.REFUSED_BY_HOSPITAL: "医院未能受理，请到窗口咨询",
    ProblemCode.RATE_LIMITED: "请求过于频繁，请稍后重试",
    ProblemCode.IN_PROGRESS: "业务处理中，请稍后重试",
    ProblemCode.NOT_FOUND: "未查询到数据",
    ProblemCode.STATE_UNKNOWN: "处理结果未知，请勿重复操作，稍后查询",
    ProblemCode.BAD_INPUT: "提交的信息有误",
}
_INTERNAL = "系统错误，请稍后重试"
_UNFIT = "An argument is missing or does not fit its type"


def sentence(error: ConnectorError | Problem) -> str:
    """Return what may be shown: our own sentence, or the hospital's where its document means it for patients."""
    if isinstance(error, Problem):
        return error.message
    return error.patient_message or _GENERIC.get(error.code) or _term(error.code)


def _term(code: ProblemCode) -> str:
    """Read the Chinese term off the description, where it stands last, in brackets."""
    return code.description.rpartition("(")[2].removesuffix(").")


def present(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """Format an error for the answer. Unexpected ones say no more than their request id."""
    formatted: dict[str, Any] = {"message": error.message}
    if error.path is not None:
        formatted["path"] = error.path
    if error.locations:
        formatted["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    extensions: dict[str, Any] = {"requestId": request_id}
    cause = error.original_error
    if isinstance(cause, ConnectorError):
        formatted["message"] = sentence(cause)
        extensions |= _of_connector(cause)
    elif isinstance(cause, Problem):
        formatted["message"] = cause.message
        extensions |= {"code": cause.code.value, "retryable": cause.retryable}
        if cause.field:
            extensions["field"] = cause.field
    elif error.path is not None and error.message.startswith("Argument '"):
        formatted["message"] = _UNFIT
        extensions |= {"code": ProblemCode.BAD_INPUT.value, "retryable": False}
    elif (error.path is not None and not error.extensions) or not isinstance(cause, GraphQLError | None):
        # Also graphql-core's own while it runs: they quote the value of a hospital that does not fit.
        formatted["message"] = _INTERNAL
        extensions |= {"code": ProblemCode.INTERNAL_ERROR.value, "retryable": False}
    else:
        extensions |= error.extensions or {}
    formatted["extensions"] = extensions
    return formatted


def _of_connector(error: ConnectorError) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "code": error.code.value,
        "interface": error.interface,
        "retryable": error.retryable,
    }
    if error.hospital_id:
        shown["hospital"] = error.hospital_id
    if error.upstream_code:
        shown["upstreamCode"] = error.upstream_code
    return shown
