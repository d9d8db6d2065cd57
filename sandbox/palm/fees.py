"""What was ordered at a visit, to be paid or paid."""

from collections.abc import Iterable
from decimal import Decimal

from sandbox.palm.call import Call, Payload
from sandbox.palm.lookups import card_of, clock, day, department_name, doctor_name, moment, money
from sandbox.palm.visits import visit_of, visits_of
from sandbox.town.model import Card, Charge

PENDING, PAID = 0, 1
"""The two values of flag."""


def register_list(call: Call) -> Payload:
    """Visits between two days that have charges to be paid (flag 0) or paid ones (flag 1) (/getRegisterList)."""
    card = card_of(call)
    with_charges = {charge.visit_id for charge in charges_of(call, card, int(call.choice("flag", PENDING, PAID)))}
    first, last = call.day("begin_date"), call.day("end_date")
    return {
        "records": [
            {
                "visit_id": visit.id,
                "dept_id": visit.department_id,
                "dept_name": department_name(call.hospital, visit.department_id),
                "doctor_id": visit.doctor_id,
                "doctor_name": doctor_name(call.hospital, visit.doctor_id),
                "visit_time": moment(visit.started_at),
            }
            for visit in visits_of(call, card)
            if visit.id in with_charges and first <= visit.started_at.date() <= last
        ]
    }


def recipe(call: Call) -> Payload:
    """Charges of a visit, to be paid (flag 0) or paid (flag 1), with the sums of their groups (/getRecipe).

    order_summary and summary stand in every row, as documented.
    """
    charges = charges_of(call, card_of(call), int(call.choice("flag", PENDING, PAID)), call.text("visit_id"))
    return {
        "fees": [
            _row(call, charge)
            | {
                "order_id": charge.group_id,
                "order_title": charge.group_title,
                "order_summary": money(due(row for row in charges if row.group_id == charge.group_id)),
                "summary": money(due(charges)),
            }
            for charge in charges
        ]
    }


def charge_detail(call: Call) -> Payload:
    """What was charged for a visit (/getChargeDetail).

    Only paid items: the date of charging is marked as required, and what is still to be paid has none.
    """
    card, visit_id = card_of(call), call.text("visit_id")
    visit = visit_of(call, card, visit_id)
    charges = charges_of(call, card, PAID, visit_id) if visit else []
    return {"fees": [_row(call, charge) for charge in charges]}


def charges_of(call: Call, card: Card | None, flag: int, visit_id: str = "") -> list[Charge]:
    """The charges of a card in one of the two states, of one visit or of all, grouped."""
    found = [
        charge
        for charge in call.hospital.charges
        if card
        and charge.card_number == card.number
        and (charge.bill_id is not None) == (flag == PAID)
        and visit_id in ("", charge.visit_id)
    ]
    return sorted(found, key=lambda charge: (charge.visit_id, charge.group_id, charge.id))


def due(charges: Iterable[Charge]) -> Decimal:
    """What is to be paid for them: amounts less discounts."""
    return sum((charge.amount - charge.discount for charge in charges), Decimal("0.00"))


def charged_at(call: Call, bill_id: str | None) -> tuple[str, str]:
    """Date and time of charging, blank while it is to be paid."""
    when = next((bill.charged_at for bill in call.hospital.bills if bill.id == bill_id), None)
    return (day(when), clock(when)) if when else ("", "")


def _row(call: Call, charge: Charge) -> dict[str, object]:
    charge_date, charge_time = charged_at(call, charge.bill_id)
    return {
        "id": charge.id,
        "item_category": charge.category,
        "item_id": charge.item_id,
        "item_name": charge.item,
        "price": money(charge.price),
        "quantity": charge.quantity,
        "unit": charge.unit,
        "total": money(due([charge])),
        "bill_doctor_name": doctor_name(call.hospital, charge.doctor_id),
        "bill_date": day(charge.ordered_at),
        "bill_time": clock(charge.ordered_at),
        "charge_date": charge_date,
        "charge_time": charge_time,
    }
