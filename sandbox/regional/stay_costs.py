"""What stays cost (12.1.2, 18.1.3 to 18.1.5)."""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import groupby

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import NOTHING_FOUND, Answer, Refused, success
from sandbox.regional.wording import SEX, money, second
from sandbox.town.deeds import Refusal
from sandbox.town.lookup import doctor_of
from sandbox.town.model import Admission, Hospital
from sandbox.town.stay_deeds import file_of
from sandbox.town.stays import NONE, StayItem


def daily_bill(call: Call) -> Answer:
    """What was charged on a day of a person's stay (12.1.2)."""
    day, number = call.day("date"), call.text("admissionNumber")
    hospital = call.hospital
    for stay in hospital.admissions:
        same = call.holder(hospital, stay.card_number).identity_number == call.text("idCard")
        items = _of_day(file_of(hospital, stay).items, day)
        if same and number in ("", stay.number) and items:
            return success(_bill(call, stay, items), message="")
    raise Refused(NOTHING_FOUND)


def detail(call: Call) -> Answer:
    """All that was charged for a stay (18.1.3)."""
    stay = _named(call)
    return success(_bill(call, stay, file_of(call.hospital, stay).items), message="")


def summary(call: Call) -> Answer:
    """What a stay, or one day of it, came to (18.1.4)."""
    stay, hospital = _named(call), call.hospital
    person = call.holder(hospital, stay.card_number)
    if call.text("idCardNumber") not in ("", person.identity_number):
        raise Refusal("identity_mismatch")
    items = file_of(hospital, stay).items
    if call.text("date"):
        items = _of_day(items, call.day("date"))
    return success(
        {
            "patientName": person.name,
            "sex": SEX[person.gender],
            "inpatientNo": stay.number,
            "doctor": doctor_of(hospital, stay.doctor_id).name,
            "totalAmount": money(_sum(items)),
            "diagnosis": stay.diagnosis,
            "groupByDate": [
                {"date": day, "total": money(_sum(of_day))}
                for day, of_day in _grouped(items, lambda item: item.charged_at.date().isoformat())
            ],
            "groupByCharge": [
                {
                    "name": name,
                    "price": money(of_item[0].price),
                    "quantity": money(Decimal(sum(item.quantity for item in of_item))),
                    "total": money(_sum(of_item)),
                }
                for name, of_item in _grouped(items, lambda item: item.name)
            ],
            "groupByChargeClass": [
                {"name": name, "total": money(_sum(of_category))}
                for name, of_category in _grouped(items, lambda item: item.category)
            ],
        }
    )


def day_of_stay(call: Call) -> Answer:
    """What was charged on a day of a stay (18.1.5)."""
    items = _of_day(file_of(call.hospital, _named(call)).items, call.day("time"))
    return success(
        [
            {
                "itemId": item.item_id,
                "itemName": item.name,
                "price": money(item.price),
                "quantity": f"{item.quantity}.00",
                "amount": money(item.amount),
                "itemTypeName": item.category,
                "date": item.charged_at.date().isoformat(),
            }
            for item in items
        ]
    )


def _named(call: Call) -> Admission:
    stay = next((stay for stay in call.hospital.admissions if stay.id == call.text("id")), None)
    if stay is None:
        raise Refused(NOTHING_FOUND)
    return stay


def _bill(call: Call, stay: Admission, items: list[StayItem]) -> Answer:
    hospital: Hospital = call.hospital
    person = call.holder(hospital, stay.card_number)
    return {
        "name": person.name,
        "sex": SEX[person.gender],
        "doctor": doctor_of(hospital, stay.doctor_id).name,
        "total": money(_sum(items)),
        "admissionNumber": stay.number,
        "diagnosis": stay.diagnosis,
        "details": [
            {
                "time": second(item.charged_at),
                "item": item.name,
                "type": item.category,
                "price": money(item.price),
                "quantity": str(item.quantity),
                "amount": money(item.amount),
            }
            for item in items
        ],
    }


def _of_day(items: list[StayItem], day: dt.date) -> list[StayItem]:
    return [item for item in items if item.charged_at.date() == day]


def _sum(items: Iterable[StayItem]) -> Decimal:
    return sum((item.amount for item in items), NONE)


def _grouped(items: list[StayItem], key: Callable[[StayItem], str]) -> list[tuple[str, list[StayItem]]]:
    return [(name, list(group)) for name, group in groupby(sorted(items, key=key), key)]


INTERFACES = (
    Interface("hospital.interface.dailycost", daily_bill),
    Interface("hospital.interface.queryHospitalizationDetail", detail),
    Interface("hospital.interface.queryHospitalizationDetailMain", summary),
    Interface("hospital.interface.queryHospitalizationDetailOneDay", day_of_stay),
)
