"""What a palm hospital sends here: messages (/template/hisSendMessage) and finished refunds (/refund/callback)."""

import datetime as dt
import re
from collections.abc import Mapping

import orjson

from connectors.core import convert
from connectors.core.inbound import Inbound, Unreadable
from connectors.palm_hospital.interfaces import INTERFACES
from connectors.records.base import SHANGHAI
from connectors.records.notices import MessageNotice, RefundNotice

_MESSAGE = "/template/hisSendMessage"
_REFUND = "/refund/callback"
# The document gives no lengths. Longer than any number, or any line on a phone.
_LONGEST_NUMBER = 64
_LONGEST_LINE = 500
_LINES = tuple(f"data{number}" for number in range(1, 11))
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}", re.ASCII)
# Line breaks and tabs apart, what no line can show; halves of surrogate pairs cannot even be written.
_UNSHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _fields(body: object) -> Mapping[str, object]:
    if not isinstance(body, Mapping):
        raise Unreadable("参数格式错误")
    return body


def _optional(body: Mapping[str, object], name: str, longest: int) -> str | None:
    try:
        found = convert.text(body.get(name))
    except ValueError:
        raise Unreadable(f"参数格式错误 {name}") from None
    if found is None:
        return None
    if len(found) > longest or _UNSHOWN.search(found):
        raise Unreadable(f"参数格式错误 {name}")
    return found


def _required(body: Mapping[str, object], name: str, longest: int) -> str:
    found = _optional(body, name, longest)
    if found is None:
        raise Unreadable(f"缺少参数 {name}")
    return found


def _moment(body: Mapping[str, object], name: str) -> dt.datetime:
    written = _required(body, name, _LONGEST_NUMBER)
    try:
        if _MOMENT.fullmatch(written):
            return dt.datetime.fromisoformat(written).replace(tzinfo=SHANGHAI)
    except ValueError:
        pass
    raise Unreadable(f"日期格式错误 {name}")


def _message(body: object) -> MessageNotice:
    """Read a message (/template/hisSendMessage).

    `appointment_id` is required with the template of appointments alone, and the document does not say which category
    that is: so it may be missing. The lines stand in any of ten fields whose meaning depends on the template.
    """
    fields = _fields(body)
    lines = (_optional(fields, name, _LONGEST_LINE) for name in _LINES)
    return MessageNotice(
        patient_id=_required(fields, "patient_id", _LONGEST_NUMBER),
        category=_required(fields, "category", _LONGEST_NUMBER),
        heading=_required(fields, "first_data", _LONGEST_LINE),
        lines=tuple(line for line in lines if line is not None),
        remark=_optional(fields, "remark_data", _LONGEST_LINE),
        appointment_id=_optional(fields, "appointment_id", _LONGEST_NUMBER),
    )


def _refund(body: object) -> RefundNotice:
    """Read a finished refund (/refund/callback)."""
    fields = _fields(body)
    return RefundNotice(
        number=_required(fields, "his_order_no", _LONGEST_NUMBER),
        platform_number=_required(fields, "business_no", _LONGEST_NUMBER),
        refunded_at=_moment(fields, "refund_time"),
    )


def _in_head(reason: str | None) -> bytes:
    """Envelope head-one: 1 is yes; of the values below nought, which are no, the other interface's is taken."""
    return orjson.dumps({"head": {"code": 1 if reason is None else -1, "msg": reason or "成功"}})


def _flat(reason: str | None) -> bytes:
    """Envelope flat-zero: 0 is yes, -1 no."""
    return orjson.dumps({"code": 0 if reason is None else -1, "msg": reason or "回调成功"})


INBOUND = (
    Inbound(_MESSAGE, INTERFACES[_MESSAGE].envelope, _message, _in_head),
    Inbound(_REFUND, INTERFACES[_REFUND].envelope, _refund, _flat),
)
