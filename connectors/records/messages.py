"""Messages that a hospital has for a person."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc


@dataclass(kw_only=True, slots=True)
class Message:
    """Something that a hospital told a person unasked (消息通知, FHIR Communication)."""

    card: Annotated[CardRef, INTERNAL]
    category: Annotated[str, Doc("Kind of message, in the hospital's own code (消息类型).")]
    heading: Annotated[str, Doc("First line, as the hospital wrote it (首行).")]
    lines: Annotated[list[str], Doc("The lines below it, in order (内容).")] = field(default_factory=list)
    remark: Annotated[str | None, Doc("Last line (备注).")] = None
    received_at: Annotated[dt.datetime, Doc("When it came in (接收时间).")]
    about_appointment: Annotated[str | None, INTERNAL] = None
