"""Buying and cancelling packages that people choose themselves. Each is done at once or refused."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sandbox.town.deeds import Refusal
from sandbox.town.examining import PackageGroup, PackageOrder
from sandbox.town.model import Card, Hospital, Town
from sandbox.town.numbers import next_id

PACKAGE_CAPACITY = 50
PACKAGE_DAYS = 5
NONE = Decimal("0.00")


def package_days(town: Town, hospital: Hospital) -> dict[dt.date, int]:
    """The days for which packages can be booked, and how many."""
    days = [town.today + dt.timedelta(days=ahead) for ahead in range(1, PACKAGE_DAYS + 1)]
    orders = [order for order in hospital.examining.package_orders if not order.cancelled]
    return {day: PACKAGE_CAPACITY - sum(order.day == day for order in orders) for day in days}


def find_groups(hospital: Hospital, chosen: Sequence[tuple[str, Sequence[str]]]) -> list[PackageGroup]:
    """The groups with these ids and these items; with them what their departments require."""
    known = {group.id: group for group in hospital.examining.groups}
    found = []
    for group_id, item_ids in chosen:
        if group_id not in known or {item.id for item in known[group_id].items} != set(item_ids):
            raise Refusal("application_unknown")
        found.append(known[group_id])
    departments = {group.department_id for group in found}
    if any(g.required and g.department_id in departments and g not in found for g in known.values()):
        raise Refusal("application_unknown")
    return found


def buy_packages(
    town: Town,
    hospital: Hospital,
    card: Card,
    groups: list[PackageGroup],
    *,
    key: str,
    day: dt.date,
    total: Decimal,
    from_balance: Decimal,
) -> PackageOrder:
    """Book paid groups for a day; the same key with the same content gives the first order again."""
    content = f"{card.number} {sorted(group.id for group in groups)} {day} {total} {from_balance}"
    for known in hospital.examining.package_orders:
        if known.key == key:
            if known.content != content:
                raise Refusal("key_conflict")
            return known
    if package_days(town, hospital).get(day, 0) < 1:
        raise Refusal("slot_full")
    if sum((group.price for group in groups), NONE) != total or from_balance > total:
        raise Refusal("amount_mismatch")
    if from_balance > card.balance:
        raise Refusal("balance_short")
    card.balance -= from_balance
    order = PackageOrder(
        id=next_id(hospital.id, "PO", hospital.examining.package_orders),
        key=key,
        content=content,
        card_number=card.number,
        day=day,
        total=total,
        from_balance=from_balance,
    )
    hospital.examining.package_orders.append(order)
    return order


def cancel_packages(hospital: Hospital, card: Card, *, order_id: str, key: str) -> PackageOrder:
    """Cancel an order and give the card its part back; a cancelled one stays as it is."""
    for order in hospital.examining.package_orders:
        if (order.id, order.key, order.card_number) == (order_id, key, card.number):
            if not order.cancelled:
                order.cancelled = True
                card.balance += order.from_balance
            return order
    raise Refusal("appointment_unknown")
