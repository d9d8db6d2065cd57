"""Copies of case files: counted, billed as a charge, paid like one, taken back."""

from decimal import Decimal

from sandbox.palm.call import Call, Payload
from sandbox.palm.failures import SENTENCES, Failure
from sandbox.palm.lookups import card_or_fail, department_name, doctor_name, moment, money
from sandbox.palm.stays import stay_of
from sandbox.town.deeds import now
from sandbox.town.model import Admission, Card, Charge
from sandbox.town.numbers import next_id

PAGES = 25
PRICE = Decimal("0.50")
ARCHIVED, PRINTED = 1, 2
CASE_COPY = 1
TITLE = "病历复印"
HIS_ORDER_NO = 2
"""Where the order number stands in what a settlement was asked with."""


def page_count(call: Call) -> Payload:
    """Pages of a case file (/getEmrPageCount): every stay has as many; no such stay, no such file."""
    call.choice("type", ARCHIVED, PRINTED)
    known = {(stay.number, stay.department_id) for stay in call.hospital.admissions}
    if (call.text("visit_id"), call.text("dept_id")) not in known:
        raise Failure("病历不存在")
    return {"data": {"pageCount": PAGES}}


def new_bill(call: Call) -> Payload:
    """Bill copies (/specialType/newBill): a charge of the stay's record, another one with each call."""
    card, stay = _stay(call)
    call.choice("bill_type", CASE_COPY)
    call.choice("pay_mode", "wePay", "aliPay")
    pages = call.number("quantity")
    if pages < 1 or call.amount("total") != pages * PRICE:
        raise Failure(SENTENCES["amount_mismatch"])
    number = next_id(call.hospital.id, "C", call.hospital.charges)
    charge = Charge(
        id=number,
        card_number=card.number,
        visit_id=stay.id,
        group_id=f"{number}-COPY",
        group_title=TITLE,
        category=TITLE,
        item_id="COPY",
        item=TITLE,
        price=PRICE,
        quantity=pages,
        unit="页",
        discount=Decimal("0.00"),
        doctor_id=stay.doctor_id,
        ordered_at=now(call.town),
        prescription_id="",
        traditional=False,
    )
    call.hospital.charges.append(charge)
    return {"order": _order(call, stay, charge)}


def take_back(call: Call) -> Payload:
    """Give back what was paid for copies (/case/cancel), once."""
    card = card_or_fail(call)
    call.choice("bill_type", CASE_COPY)
    call.choice("purpose", "-2")
    business_no = call.text("bill_no")
    settled = call.memory.settled.get(business_no)
    if settled is None or settled[HIS_ORDER_NO] != call.text("his_order_no"):
        raise Failure("订单不存在")
    _, bill_id = call.town.payments.get((call.hospital.id, business_no), ("", ""))
    bill = next((row for row in call.hospital.bills if row.id == bill_id and row.card_number == card.number), None)
    if bill is None:
        raise Failure("已退费")
    if bill.total != call.amount("total"):
        raise Failure(SENTENCES["amount_mismatch"])
    call.hospital.bills.remove(bill)
    call.hospital.charges[:] = [charge for charge in call.hospital.charges if charge.bill_id != bill_id]
    return {}


def _stay(call: Call) -> tuple[Card, Admission]:
    """Whose copies, and of which stay: card_no is the admission number here."""
    card = card_or_fail(call, check_card=False)
    stay = stay_of(call, card, call.text("card_no"))
    if stay is None:
        raise Failure("住院记录不存在")
    return card, stay


def _order(call: Call, stay: Admission, charge: Charge) -> dict[str, object]:
    return {
        "visit_id": charge.visit_id,
        "recipe_no": charge.id,
        "order_id": charge.group_id,
        "item_type": charge.category,
        "item_name": charge.item,
        "price": money(charge.price),
        "quantity": charge.quantity,
        "total": money(charge.amount),
        "order_time": moment(charge.ordered_at),
        "bill_dept_name": department_name(call.hospital, stay.department_id),
        "bill_doctor_name": doctor_name(call.hospital, stay.doctor_id),
        "execute_dept_name": "病案室",
    }
