"""What a hospital examines, and what people can order there themselves."""

import datetime as dt
from decimal import Decimal

from sandbox.town.examining import (
    ExaminationOrder,
    Examining,
    LabOffer,
    LabSession,
    LabSource,
    PackageGroup,
    PackageItem,
    Room,
    Stretch,
)
from sandbox.town.model import Hospital
from sandbox.town.stock import EXAMINATIONS

TIMES = (("08:00", "09:00"), ("09:00", "10:00"), ("10:00", "11:00"), ("14:00", "15:00"))
TESTS = (("核酸检测", "26.00", "2.00"), ("血常规自助", "20.00", "0.00"))
SESSION_DAYS = 3
SECOND_ROOMS = {"US02": ("US03", "超声三室")}
# A person's orders that wait for a time, beside the one that everybody has.
ORDERING = {"p01": 3, "p03": 2}


def open_rooms(hospital: Hospital, today: dt.date) -> None:
    """Fill in rooms, orders, tests and packages."""
    desk = Examining(stretches=[_stretch(hospital.id, number) for number in range(len(TIMES))])
    for item, room_id, name, address, notice in EXAMINATIONS:
        for id_, title in ((room_id, name), *filter(None, (SECOND_ROOMS.get(room_id),))):
            desk.rooms.append(Room(id=f"{hospital.id}-{id_}", name=title, address=address, item=item, notice=notice))
    for card in hospital.cards:
        for number in range(ORDERING.get(card.person_id, 1)):
            desk.orders.append(_order(hospital, card.number, len(desk.orders) + 1, EXAMINATIONS[number][0]))
    desk.lab_offers = [_offer(hospital, number, today) for number in range(len(TESTS))]
    desk.groups = _groups(hospital)
    hospital.examining = desk


def _stretch(hospital_id: str, number: int) -> Stretch:
    start, end = (dt.time.fromisoformat(clock) for clock in TIMES[number])
    return Stretch(id=f"{hospital_id}-T{number + 1}", start=start, end=end)


def _order(hospital: Hospital, card_number: str, number: int, item: str) -> ExaminationOrder:
    return ExaminationOrder(
        id=f"{hospital.id}-XO{number:04}",
        card_number=card_number,
        item=item,
        supplement=f"X{number:04}",
        application_id=f"{hospital.id}-XA{number:04}",
        department_id=hospital.departments[0].id,
    )


def _offer(hospital: Hospital, number: int, today: dt.date) -> LabOffer:
    name, price, fee = TESTS[number]
    id_ = f"{hospital.id}-LT{number + 1}"
    return LabOffer(
        id=id_,
        name=name,
        price=Decimal(price),
        fee=Decimal(fee),
        doctor_id=hospital.doctors[0].id,
        sessions=[_session(id_, today + dt.timedelta(days=ahead), ahead) for ahead in range(1, SESSION_DAYS + 1)],
    )


def _session(offer_id: str, day: dt.date, number: int) -> LabSession:
    """Numbered sessions, and one that takes everybody."""
    id_ = f"{offer_id}-S{number}"
    if number == SESSION_DAYS:
        return LabSession(id=id_, day=day, part="ALL")
    sources = [LabSource(id=f"{id_}-{hour}", start=dt.time(hour), end=dt.time(hour + 1), capacity=2) for hour in (8, 9)]
    return LabSession(id=id_, day=day, part="AM", sources=sources)


def _groups(hospital: Hospital) -> list[PackageGroup]:
    first, second = hospital.departments[:2]
    return [
        _group(hospital, 1, first.id, "核酸检测组", [("核酸检测", "16.00"), ("采样管", "3.50")]),
        _group(hospital, 2, second.id, "血压测量", [("血压测量", "2.00")], required=True),
        _group(hospital, 3, second.id, "血脂检查", [("血脂四项", "38.00")]),
    ]


def _group(
    hospital: Hospital,
    number: int,
    department_id: str,
    name: str,
    items: list[tuple[str, str]],
    *,
    required: bool = False,
) -> PackageGroup:
    id_ = f"{hospital.id}-G{number}"
    return PackageGroup(
        id=id_,
        department_id=department_id,
        name=name,
        required=required,
        purpose="健康筛查",
        hours="周一至周五8:30-11:30",
        place="门诊楼1层",
        items=tuple(
            PackageItem(id=f"{id_}-{place}", name=item, price=Decimal(price), unit="元/次")
            for place, (item, price) in enumerate(items, start=1)
        ),
    )
