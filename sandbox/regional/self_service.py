"""Packages of examinations that people choose themselves (chapter 29)."""

import datetime as dt
from collections.abc import Sequence

from sandbox.regional.billing import PAY_TYPES
from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import Answer, success
from sandbox.regional.wording import money
from sandbox.town import package_deeds as deeds
from sandbox.town.examining import PackageGroup
from sandbox.town.lookup import department_of

VALID_DAYS = 3


def packages(call: Call) -> Answer:
    """What can be chosen, by department (29.1.1)."""
    call.card()
    by_department: dict[str, list[Answer]] = {}
    for group in call.hospital.examining.groups:
        by_department.setdefault(group.department_id, []).append(_group(group))
    rows = [
        {"deptId": id_, "deptName": department_of(call.hospital, id_).name, "group": groups}
        for id_, groups in by_department.items()
    ]
    return success(rows, message="")


def _group(group: PackageGroup) -> Answer:
    return {
        "groupId": group.id,
        "groupName": group.name,
        "necessary": "1" if group.required else "2",
        "isSingle": "0",
        "meaning": group.purpose,
        "adviceTime": group.hours,
        "place": group.place,
        "groupType": "1" if "核酸" in group.name else "0",
        "item": [
            {"itemId": item.id, "itemName": item.name, "price": money(item.price), "unit": item.unit}
            for item in group.items
        ],
    }


def _chosen(call: Call) -> Sequence[tuple[str, Sequence[str]]]:
    return [(str(row["groupId"]), [str(item["itemId"]) for item in row["item"]]) for row in call.body["group"]]


def days(call: Call) -> Answer:
    """The days for which chosen groups can be booked (29.1.2)."""
    call.card()
    deeds.find_groups(call.hospital, _chosen(call))
    free = deeds.package_days(call.town, call.hospital)
    rows = [{"appointmentDate": day.isoformat(), "count": str(count)} for day, count in free.items() if count > 0]
    return success(rows, message="")


def save(call: Call) -> Answer:
    """Groups were paid (29.1.3): `payAmount` is without the card's part."""
    card, from_balance, day = call.card(), call.amount("balancePayment"), call.day("appointmentDate")
    call.choice("payType", *PAY_TYPES)
    order = deeds.buy_packages(
        call.town,
        call.hospital,
        card,
        deeds.find_groups(call.hospital, _chosen(call)),
        key=call.text("outTradeNo"),
        day=day,
        total=call.amount("payAmount") + from_balance,
        from_balance=from_balance,
    )
    until = order.day + dt.timedelta(days=VALID_DAYS)
    return success({"outOrderId": order.id, "effectiveDate": until.isoformat(), "tips": "请空腹前往"}, message="")


def cancel(call: Call) -> Answer:
    """Cancel an order (29.1.4); a paid one has a refund number."""
    order = deeds.cancel_packages(
        call.hospital, call.card(), order_id=call.text("outOrderId"), key=call.text("outTradeNo")
    )
    return success({"refundNo": f"R{order.id}"} if order.total else {}, message="")


INTERFACES = (
    Interface("hospital.interface.selfPrescription.getSelfHisChargeList", packages),
    Interface("hospital.interface.selfPrescription.selfAppointmentDate", days),
    Interface("hospital.interface.selfPrescription.saveSelfPrescription", save),
    Interface("hospital.interface.selfPrescription.cancelSelfPrescription", cancel),
)
