"""What hospitals' systems tell this server unasked, as it was read: no vendor's words, and not yet kept."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageNotice:
    """A message for a person, who is named by the hospital's own key. `lines` are in order, without empty ones."""

    patient_id: str
    category: str
    heading: str
    lines: tuple[str, ...] = ()
    remark: str | None = None
    appointment_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RefundNotice:
    """A refund that was made: the number of its order at the hospital, that of the payment platform, and when."""

    number: str
    platform_number: str
    refunded_at: dt.datetime


Notice: TypeAlias = MessageNotice | RefundNotice
