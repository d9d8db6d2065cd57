"""Where a hospital's answers differ from what its document says."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import Doc, DocumentedEnum


class DriftKind(DocumentedEnum):
    """How an answer differs (差异类型)."""

    UNKNOWN = "UNKNOWN", "A field that the document does not name (文档未列出的字段)."
    MISSING = "MISSING", "A field that the document promises is not there (缺少必填字段)."


@dataclass(kw_only=True, slots=True)
class FieldDrift:
    """A field of a hospital's answers that is not as documented (接口字段差异)."""

    interface: Annotated[str, Doc("Interface, by its number or path in the vendor's document (接口编号).")]
    field: Annotated[str, Doc("Place of the field in the answer (字段路径).")]
    kind: Annotated[DriftKind, Doc("How it differs (差异类型).")]
    count: Annotated[int, Doc("In how many of the answers that were looked at, since the start (次数).")]
    last_seen_at: Annotated[dt.datetime, Doc("When it was seen last (最近发现时间).")]
