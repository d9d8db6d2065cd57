"""What services cost."""

from collections.abc import Sequence

from sandbox.palm.call import Call, Payload
from sandbox.palm.failures import Failure
from sandbox.palm.lookups import money
from sandbox.town.price_list import PRICES, Price

FIRST_PAGE = 1
"""The document does not say which number the first page has."""


def price_list(call: Call) -> Payload:
    """A page of the prices (/getElectronicPrescriptionDetail_1609234017475); nothing behind the last one."""
    size, page = _count(call, "page_rows"), _count(call, "current_page")
    begin = (page - FIRST_PAGE) * size
    rows: Sequence[Price] = PRICES[begin : begin + size]
    return {"records": [{"id": row.code, "name": row.name, "price": money(row.price)} for row in rows]}


def _count(call: Call, name: str) -> int:
    """A number that is sent as text."""
    written = call.text(name)
    if not written.isdecimal() or int(written) < 1:
        raise Failure(f"参数错误 {name}")
    return int(written)
