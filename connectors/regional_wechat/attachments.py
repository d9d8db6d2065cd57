"""Files inside of the regional HIS's answers: an address, or base64 with or without the beginning of a data URL."""

import re
from typing import Any

from connectors.core import convert
from connectors.core.shape import Row, Whole
from connectors.records.people import CardHolder
from connectors.regional_wechat.base import Regional

_DATA_URL = re.compile(r"data:([a-z]+/[a-z0-9.+-]+);base64,")
_KINDS = {"pdf": "application/pdf", "image": "image/jpeg"}


def data_url(name: str, *, otherwise: str | None = None, kind: str | None = None) -> dict[str, Any]:
    """Make the lines of an attachment's content and type.

    The type is that of the data URL; else what the field `kind` says (pdf or image); else `otherwise`.
    """

    def content(written: object) -> str | None:
        found = convert.text(written)
        if found is None:
            return None
        beginning = _DATA_URL.match(found)
        return found[beginning.end() :] if beginning else found

    def content_type(row: Row) -> str | None:
        beginning = _DATA_URL.match(convert.text(row.get(name)) or "")
        if beginning:
            return beginning[1]
        return _KINDS.get(convert.text(row.get(kind)) or "", otherwise) if kind else otherwise

    return {"content": (name, content), "content_type": Whole(content_type)}


def report_of(regional: Regional, holder: CardHolder, report_id: str) -> dict[str, str | None]:
    """Name a report of somebody, as most interfaces about single reports want it."""
    return {
        "hospitalId": regional.upstream_id(holder.card.hospital_id),
        "id": report_id,
        "idCard": holder.identity_number,
        "medicalCardNumber": holder.card.number,
    }
