"""What is done with insurance orders. Each is done at once or refused."""

import datetime as dt
from decimal import Decimal

from sandbox.town.claims import CounterOrder, InsuranceOrder
from sandbox.town.deeds import Refusal
from sandbox.town.lookup import pending_charges
from sandbox.town.model import Bill, Card, Hospital
from sandbox.town.numbers import next_id

CENT = Decimal("0.01")
NONE = Decimal("0.00")
FUND, ACCOUNT = Decimal("0.5"), Decimal("0.1")
AT_COUNTER = Decimal("0.6")
# Who has an order left at the counter: hospital and person.
LEFT_AT_COUNTER = frozenset({("253", "p01"), ("254", "p03")})
# Who left an online order half done.
LEFT_ONLINE = frozenset({("253", "p01")})


def open_claims(hospital: Hospital, today: dt.date) -> None:
    """What is there from the start."""
    for card in hospital.cards:
        place = (hospital.id, card.person_id)
        if place in LEFT_AT_COUNTER:
            _leave_at_counter(hospital, card)
        if place in LEFT_ONLINE:
            charge = pending_charges(hospital, card.number)[0]
            when = dt.datetime.combine(today - dt.timedelta(days=1), dt.time(16, 30))
            create_order(hospital, card, [charge.id], when)


def create_order(hospital: Hospital, card: Card, charge_ids: list[str], when: dt.datetime) -> InsuranceOrder:
    """Make an order of pending charges that are in no other open one."""
    wanted = set(charge_ids)
    taken = {charge_id for order in unfinished(hospital, card) for charge_id in order.charge_ids}
    charges = [charge for charge in pending_charges(hospital, card.number) if charge.id in wanted - taken]
    if not wanted or len(charges) != len(wanted):
        raise Refusal("charge_unknown")
    total = sum((charge.amount for charge in charges), NONE)
    discount = sum((charge.discount for charge in charges), NONE)
    order = InsuranceOrder(
        id=next_id(hospital.id, "I", hospital.claims.orders),
        card_number=card.number,
        charge_ids=charge_ids,
        total=total,
        discount=discount,
        fund=((total - discount) * FUND).quantize(CENT),
        account=((total - discount) * ACCOUNT).quantize(CENT),
        created_at=when,
    )
    hospital.claims.orders.append(order)
    return order


def find_order(hospital: Hospital, order_id: str) -> InsuranceOrder:
    """The order with this id."""
    for order in hospital.claims.orders:
        if order.id == order_id:
            return order
    raise Refusal("charge_unknown")


def unfinished(hospital: Hospital, card: Card) -> list[InsuranceOrder]:
    """The orders of a card that are not paid to the end, the latest first."""
    pending = {charge.id for charge in pending_charges(hospital, card.number)}
    mine = [order for order in hospital.claims.orders if order.card_number == card.number]
    found = [o for o in mine if o.state in {"pre_settled", "settled"} and pending >= set(o.charge_ids)]
    return found[::-1]


def settle_order(hospital: Hospital, order_id: str, when: dt.datetime) -> InsuranceOrder:
    """Let the insurance pay; once only, whoever asks again."""
    order = find_order(hospital, order_id)
    if order.state in {"cancelled", "paid"}:
        raise Refusal("charge_unknown")
    if order.state == "pre_settled":
        order.state, order.settled_at = "settled", when
    return order


def cancel_orders(hospital: Hospital, order_ids: list[str]) -> bool:
    """Cancel orders, all or none: a paid one is not cancelled."""
    known = {order.id: order for order in hospital.claims.orders}
    if not all(order_id in known and known[order_id].state != "paid" for order_id in order_ids):
        return False
    for order_id in order_ids:
        known[order_id].state = "cancelled"
    return True


def pay_order(
    hospital: Hospital,
    card: Card,
    order_id: str,
    *,
    amount: Decimal,
    from_balance: Decimal,
    key: str,
    when: dt.datetime,
) -> bool:
    """Book the person's part, and make the bill; `amount` has the card's part in it. False: not to be paid so."""
    order = find_order(hospital, order_id)
    content = f"{amount:.2f} {from_balance:.2f}"
    if order.payment is not None:
        return order.payment == (key, content)
    if order.card_number != card.number or order.state != "settled" or amount != order.rest:
        return False
    _take(card, from_balance, amount)
    order.state, order.payment = "paid", (key, content)
    charges = [charge for charge in hospital.charges if charge.id in order.charge_ids]
    bill = Bill(
        id=next_id(hospital.id, "B", hospital.bills),
        card_number=card.number,
        visit_id=charges[0].visit_id,
        charged_at=when,
        total=order.total,
        discount=order.discount,
        insurance=order.insurance,
        insurance_fund=order.fund,
        insurance_account=order.account,
    )
    hospital.bills.append(bill)
    for charge in charges:
        charge.bill_id = bill.id
    return True


def find_counter_order(hospital: Hospital, order_id: str) -> CounterOrder:
    """The order left at the counter with this id."""
    for order in hospital.claims.counter_orders:
        if order.id == order_id:
            return order
    raise Refusal("charge_unknown")


def pay_counter_order(card: Card, order: CounterOrder, *, amount: Decimal, from_balance: Decimal, key: str) -> bool:
    """Book what was left; `amount` has the card's part in it. False: not to be paid so."""
    content = f"{amount:.2f} {from_balance:.2f}"
    if order.payment is not None:
        return order.payment == (key, content)
    if order.card_number != card.number or amount != order.rest:
        return False
    _take(card, from_balance, amount)
    order.payment = (key, content)
    return True


def _take(card: Card, from_balance: Decimal, amount: Decimal) -> None:
    if not NONE <= from_balance <= amount:
        raise Refusal("amount_mismatch")
    if from_balance > card.balance:
        raise Refusal("balance_short")
    card.balance -= from_balance


def _leave_at_counter(hospital: Hospital, card: Card) -> None:
    latest = max((p for p in hospital.prescriptions if p.card_number == card.number), key=lambda p: p.created_at)
    total = sum((drug.total for drug in latest.drugs), NONE)
    hospital.claims.counter_orders.append(
        CounterOrder(
            id=next_id(hospital.id, "K", hospital.claims.counter_orders),
            card_number=card.number,
            prescription_id=latest.id,
            total=total,
            insurance=(total * AT_COUNTER).quantize(CENT),
        )
    )
