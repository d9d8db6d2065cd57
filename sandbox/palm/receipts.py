"""Invoices of what was paid: of visits one for each bill, of a stay that is over one."""

from collections.abc import Iterator
from decimal import Decimal

from sandbox.palm.call import Call, Payload
from sandbox.palm.failures import Failure
from sandbox.palm.lookups import INPATIENT, OUTPATIENT, card_or_fail, day, money
from sandbox.palm.stays import stay_of
from sandbox.regional.files import FILE_PATH
from sandbox.town.model import Admission, Bill, Card

NONE = Decimal("0.00")


def receipts(call: Call) -> Payload:
    """Invoices of a card or of a stay (/getReceipt), newest first; visit_no says which, as op_flag says."""
    card = card_or_fail(call)
    if call.choice("op_flag", OUTPATIENT, INPATIENT) == INPATIENT:
        stay = stay_of(call, card, call.text("visit_no"))
        if stay is None:
            raise Failure("住院记录不存在")
        return {"fees": [] if stay.discharged_at is None else [_of_stay(call, stay)]}
    if call.text("visit_no") != card.number:
        raise Failure("就诊卡与患者不符")
    bills = sorted(_bills(call, card), key=lambda bill: (bill.charged_at, bill.id), reverse=True)
    return {"fees": [_of_bill(call, bill) for bill in bills]}


def _bills(call: Call, card: Card) -> Iterator[Bill]:
    return (bill for bill in call.hospital.bills if bill.card_number == card.number)


def _of_bill(call: Call, bill: Bill) -> dict[str, object]:
    return {
        "id": bill.id,
        "receipt_no": f"FP{bill.id}",
        "total": money(bill.total),
        "discount": money(bill.discount),
        "actual": money(bill.paid),
        "si_pay": money(bill.insurance),
        "account_pay": money(bill.insurance_account),
        "cash_pay": money(bill.paid),
        "receipt_date": day(bill.charged_at),
        "origin_url": _original(call, f"{bill.id}.pdf"),
    }


def _of_stay(call: Call, stay: Admission) -> dict[str, object]:
    return {
        "id": stay.id,
        "receipt_no": f"FP{stay.id}",
        "total": money(stay.cost),
        "discount": money(NONE),
        "actual": money(stay.cost),
        "si_pay": money(NONE),
        "account_pay": money(NONE),
        "cash_pay": money(stay.cost),
        "receipt_date": day(stay.discharged_at or stay.admitted_at),
        "origin_url": _original(call, f"{stay.id}.png"),
    }


def _original(call: Call, name: str) -> str:
    return f"{call.address}{FILE_PATH}/{call.hospital.id}/{name}"
