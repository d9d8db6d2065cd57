"""Booking nucleic-acid tests, and what came of them."""

import datetime as dt

from sandbox.palm.call import Call, Payload
from sandbox.palm.failures import SENTENCES, Failure
from sandbox.palm.lookups import SEXES, age, moment, money, order_or_fail
from sandbox.palm.people import GENDERS
from sandbox.town.model import Hospital, Person
from sandbox.town.nucleic_acid import (
    CAPACITY,
    CONFIRMED,
    DAYS,
    DONE,
    PRICE,
    SLOTS,
    UNCONFIRMED,
    WITHDRAWN,
    BookedTest,
)
from sandbox.town.special_reports import NucleicAcidTest

LANGUAGES = ("中文", "中英文", "英文", "日文")
PAY_WAYS = ("wepay", "alipay", "mpay")
SOURCES = ("3", "w1")
LABORATORY = "区域检测中心"
_WEEKDAYS = "一二三四五六日"
_STATES = {UNCONFIRMED: "未确认", CONFIRMED: "已确认", DONE: "已完成", WITHDRAWN: "已撤销"}
_UNKNOWN = Failure(SENTENCES["appointment_unknown"])


def sites(call: Call) -> Payload:
    """Every campus (/hospital/area/list)."""
    return {"data": [{"hospital_id": key, "hospital_name": name} for key, name in call.hospital.campuses]}


def languages(_: Call) -> Payload:
    """What reports are written in (/appointment/language/get)."""
    return {"data": [{"id": str(number), "name": name} for number, name in enumerate(LANGUAGES, 1)]}


def days(call: Call) -> Payload:
    """The coming days (/date/list)."""
    _site(call)
    coming = [call.town.today + dt.timedelta(days=ahead) for ahead in range(1, DAYS + 1)]
    return {"data": [{"appt_date": day.isoformat(), "weekday": f"周{_WEEKDAYS[day.weekday()]}"} for day in coming]}


def sessions(call: Call) -> Payload:
    """One kind of test a day (/type/list); of what is booked out no slots are told."""
    site, day = _site(call), _open_day(call)
    slots = [
        {
            "time_slot_id": f"slot{number:02}",
            "time_slot_name": name,
            "remain_count": _free(call.hospital, site, day, name),
        }
        for number, name in enumerate(SLOTS, 1)
    ]
    remaining = sum(_free(call.hospital, site, day, name) for name in SLOTS)
    row: dict[str, object] = {"remain_count": remaining, "total_fee": money(PRICE)}
    return {"data": [row | {"time_slot": slots} if remaining else row]}


def book(call: Call) -> Payload:
    """Book a slot that is not paid yet (/appointment/pre).

    There is no business key: who books the same slot again has the first booking, until it is withdrawn.
    """
    site, day, slot = _site(call), _open_day(call), call.text("time_slot")
    _choices(call)
    if slot not in SLOTS:
        raise Failure(SENTENCES["slot_unknown"])
    desk, identity = call.hospital.nucleic_acid, call.text("user_id_no")
    for row in desk.booked:
        if (row.identity_number, row.site_id, row.day, row.slot) == (identity, site, day, slot) and row.status >= 0:
            return {"data": {"appt_id": row.id}}
    if not _free(call.hospital, site, day, slot):
        raise Failure(SENTENCES["slot_full"])
    number = desk.next_number(call.town.today)
    row = BookedTest(
        id=f"NAT-{number}",
        number=number,
        site_id=site,
        day=day,
        slot=slot,
        name=call.text("user_name"),
        gender=GENDERS.get(call.text("user_sex"), ""),
        birth_date=call.day("user_birthday") if call.given("user_birthday") else _born(identity),
        identity_number=identity,
        phone=call.text("user_phone_no"),
        language=call.text("report_lanuage"),
    )
    desk.booked.append(row)
    return {"data": {"appt_id": row.id}}


def confirm(call: Call) -> Payload:
    """Confirm with a payment (/appointment/confirm); the same payment again changes nothing."""
    row = booked_test(call)
    call.choice("pay_way", *PAY_WAYS)
    call.choice("data_source", *SOURCES)
    if call.amount("pay_total") != row.fee:
        raise Failure(SENTENCES["fee_mismatch"])
    order = order_or_fail(call, "his_order_no", row.id)
    payment = (call.text("business_no"), order.number)
    if row.status == CONFIRMED and payment == (row.payment_number, row.order_number):
        return {}
    if row.status != UNCONFIRMED:
        raise Failure(SENTENCES["key_conflict"])
    row.payment_number, row.order_number = payment
    row.status, row.receipt_number, order.paid = CONFIRMED, f"R{row.number}", True
    return {}


def withdraw(call: Call) -> Payload:
    """Withdraw (/appointment/cancel); of what was paid the invoice and the order of the refund must be named."""
    row = booked_test(call)
    call.choice("data_source", *SOURCES)
    if row.status == DONE:
        raise Failure("已检测，不能撤销")
    if row.status == CONFIRMED:
        if call.text("receipt_id") != row.receipt_number or not call.text("his_order_no"):
            raise Failure("发票或退款订单不符")
        row.refund_number = call.text("his_order_no")
        call.tell("/refund/callback", _refunded(row))
    row.status = WITHDRAWN
    return {}


def _refunded(row: BookedTest) -> Payload:
    """The money is back at once; the payment platform numbers the refund after the payment."""
    return {
        "his_order_no": row.refund_number,
        "business_no": f"{row.payment_number}-R",
        "refund_time": moment(dt.datetime.now(dt.timezone(dt.timedelta(hours=8)))),
    }


def booked(call: Call) -> Payload:
    """What a person booked (/appointment/info/get2), by identity number and phone."""
    who = (call.text("user_id_no"), call.text("user_phone_no"))
    rows = [row for row in call.hospital.nucleic_acid.booked if (row.identity_number, row.phone) == who]
    if not rows:
        return {"data": {"patient": {}, "appt": []}}
    last = rows[-1]
    return {
        "data": {
            # Typed a number, written with its unit.
            "patient": _patient(call, last) | {"age": f"{_age(call, last)}岁"},
            "appt": [
                {
                    "appt_id": row.id,
                    "appt_no": row.number,
                    "appt_date": row.day.isoformat(),
                    "time_slot_id": f"slot{SLOTS.index(row.slot) + 1:02}",
                    "time_slot_name": row.slot,
                    "total": f"{row.fee}",
                    "status": str(row.status),
                    "status_desc": _STATES[row.status],
                    "report_time": f"{row.day + dt.timedelta(days=1)} 08:00:00",
                }
                for row in rows
            ],
        }
    }


def booking(call: Call) -> Payload:
    """What was booked, with what was paid (/appointment/info/get)."""
    row = booked_test(call)
    return {
        "data": {
            "appt_id": row.id,
            "appt_date": row.day.isoformat(),
            "time_slot_id": f"slot{SLOTS.index(row.slot) + 1:02}",
            "time_slot_name": row.slot,
            "status": row.status,
            "status_desc": _STATES[row.status],
            "business_no": row.payment_number,
            "receipt_id": row.receipt_number,
            "his_order_no": row.order_number,
            "appt_no": row.number,
            "patient": _patient(call, row) | {"visit_id": visit_of(row)},
        }
    }


def booked_results(call: Call) -> Payload:
    """The results of a booked test (/appointment/result/get), none until it is done."""
    row = booked_test(call)
    if row.status != DONE:
        return {"data": []}
    tests = [test for test in _tests(call.hospital, row.identity_number) if test.collected_at.date() == row.day]
    return {"data": [_result(test) | {"item_unit": "", "item_tip": ""} for test in tests]}


def results(call: Call) -> Payload:
    """All tests of a person (/appointmentNAT/getNATResultList), newest first."""
    tests = _tests(call.hospital, call.text("id_no"))
    return {"data": [_row(call, test) for test in sorted(tests, key=lambda each: each.reported_at, reverse=True)]}


def _row(call: Call, test: NucleicAcidTest) -> dict[str, object]:
    person = _person(call, test.identity_number)
    return _result(test) | {
        "patient_name": person.name,
        "patient_age": f"{age(person, test.reported_at.date())}岁",
        "id_no": person.identity_number,
        "phone_no": person.phone,
        "sample": test.specimen,
        "report_no": test.specimen_number,
        "sample_datetime": moment(test.collected_at),
        "check_datetime": moment(test.reported_at),
        "sample_user_name": test.auditor,
        "check_user_name": test.examiner,
        "doctor_code": LABORATORY,
        "origin_url": "",
    }


def _result(test: NucleicAcidTest) -> dict[str, object]:
    (finding,) = test.findings
    return {
        "item_name": finding.name,
        "item_short_name": "2019-nCoV",
        "item_value": finding.value,
        "item_range": finding.reference,
    }


def _choices(call: Call) -> None:
    call.choice("pay_way", *PAY_WAYS)
    call.choice("pay_status", 0, 1)
    call.choice("data_source", *SOURCES)
    for name, allowed in (("id_type_code", ("01", "03")), ("nationality", ("1", "2")), ("report_lanuage", LANGUAGES)):
        if call.given(name):
            call.choice(name, *allowed)


def _site(call: Call) -> str:
    site = call.text("hospital_id")
    if site not in dict(call.hospital.campuses):
        raise Failure("院区不存在")
    return site


def _open_day(call: Call) -> dt.date:
    day = call.day("appt_date")
    if not 1 <= (day - call.town.today).days <= DAYS:
        raise Failure("该日期不可预约")
    return day


def _free(hospital: Hospital, site: str, day: dt.date, slot: str) -> int:
    return CAPACITY - hospital.nucleic_acid.taken(site, day, slot)


def booked_test(call: Call) -> BookedTest:
    """The test that `appt_id` names."""
    found = next((row for row in call.hospital.nucleic_acid.booked if row.id == call.text("appt_id")), None)
    if found is None:
        raise _UNKNOWN
    return found


def visit_of(row: BookedTest) -> str:
    """The key of the visit that a booked test is."""
    return f"V{row.number}"


def _tests(hospital: Hospital, identity_number: str) -> list[NucleicAcidTest]:
    return [test for test in hospital.special_reports.nucleic_acid if test.identity_number == identity_number]


def _person(call: Call, identity_number: str) -> Person:
    return next(person for person in call.town.people.values() if person.identity_number == identity_number)


def _age(call: Call, row: BookedTest) -> int:
    today, born = call.town.today, row.birth_date
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _born(identity_number: str) -> dt.date:
    try:
        return dt.date.fromisoformat(identity_number[6:14])
    except ValueError:
        raise Failure("身份证号错误") from None


def _patient(call: Call, row: BookedTest) -> dict[str, object]:
    return {
        "id": row.identity_number,
        "name": row.name,
        "id_no": row.identity_number,
        "phone_no": row.phone,
        "sex": SEXES.get(row.gender, "未知"),
        "age": _age(call, row),
        "birthday": row.birth_date.isoformat(),
    }
