"""Why a file is not answered, as status, code and sentence."""

from app.audit.writer import AuditUnavailable
from app.endpoint.requests import BadRequest
from connectors.core.files import UnsatisfiableRange
from connectors.errors import ConnectorError
from connectors.records.problems import ProblemCode
from resolvers.diagnostic_reports.file_addresses import ExpiredAddress, InvalidAddress
from resolvers.presentation import sentence
from resolvers.problems import Problem

_STATUSES = {
    ProblemCode.UNAUTHENTICATED: 401,
    ProblemCode.FORBIDDEN: 403,
    ProblemCode.NOT_FOUND: 404,
    ProblemCode.CARD_UNKNOWN: 404,
    ProblemCode.HOSPITAL_UNKNOWN: 404,
    ProblemCode.UNSUPPORTED_BY_HOSPITAL: 404,
    ProblemCode.RATE_LIMITED: 503,
    ProblemCode.UPSTREAM_TIMEOUT: 504,
}
_BAD_GATEWAY = 502
_OWN = {
    InvalidAddress: (404, "NOT_FOUND", "文件链接无效"),
    ExpiredAddress: (410, "FILE_ADDRESS_EXPIRED", "文件链接已过期，请重新获取"),
    UnsatisfiableRange: (416, "RANGE_NOT_SATISFIABLE", "请求的范围超出文件大小"),
    AuditUnavailable: (503, "AUDIT_UNAVAILABLE", "系统繁忙，请稍后重试"),
}


def refusal_of(error: Exception) -> BadRequest | None:
    """Say what stands for an error that was expected; None for a fault of this server."""
    if isinstance(error, BadRequest):
        return error
    if isinstance(error, Problem | ConnectorError):
        return BadRequest(_STATUSES.get(error.code, _BAD_GATEWAY), error.code.value, sentence(error))
    own = _OWN.get(type(error))
    return None if own is None else BadRequest(*own)
