"""Numbers for clinics of today (20.1.3 to 20.1.9), and fees of what was booked before (21.2.4, 21.2.5)."""

from sandbox.regional.billing import PAY_TYPES
from sandbox.regional.call import DAY, Call, Interface
from sandbox.regional.envelope import INVALID_PARAMETER, MISSING_PARAMETER, Answer, Refused, done, success
from sandbox.regional.scheduling import CLOCK, COMPACT_DAY, sessions_of
from sandbox.regional.wording import money
from sandbox.town import desk_deeds
from sandbox.town.deeds import Refusal, find_slot
from sandbox.town.lookup import department_of
from sandbox.town.model import Appointment, Session, Slot

PAY_STATES = ("0", "1", "2", "3", "4", "5")
PAID = "1"
# Lower case here, though the change log rules upper case for registering.
PARTS = {"AM": "a", "PM": "p"}
# Who is younger is sent to another department: a refusal with an empty code, as the document shows it.
NO_CHILDREN = {"普通外科": 14}


def free_slots(call: Call) -> Answer:
    """What is left of today (20.1.3); the serial number is a number."""
    rows = [
        {
            "startTime": slot.starts_at.strftime(CLOCK),
            "endTime": slot.ends_at.strftime(CLOCK),
            "appNum": str(slot.remaining),
            "sequence": slot.id,
            "amPm": PARTS[session.part],
            "timeCode": f"{slot.starts_at:%H%M}",
            "serialNumber": slot.number,
        }
        for session, slot in _stretches(call)
        if slot.remaining > 0
    ]
    return success(rows)


def count(call: Call) -> Answer:
    """How many times a card registered today (20.1.4), a bare number."""
    card, hospital = call.card(), call.hospital
    mine = [a for a in hospital.appointments if a.card_number == card.number and a.state != "cancelled"]
    return success(sum(find_slot(hospital, a.slot_id)[0].day == call.town.today for a in mine))


def department_limit(call: Call) -> Answer:
    """Whether a department takes somebody (20.1.5); success has no data, a refusal an empty code."""
    person, name = call.person(call.card()), department_of(call.hospital, call.text("departmentId")).name
    if call.town.today.year - person.birth_date.year < NO_CHILDREN.get(name, 0):
        return {"success": False, "msg": f"儿童不能挂{name}", "code": ""}
    return done()


def discount(call: Call) -> Answer:
    """What somebody pays (20.1.6), a bare text; "0" is free."""
    fee = desk_deeds.fee_of(call.person(call.card()), _session(call), call.town.today)
    return success(money(fee) if fee else "0")


def register(call: Call) -> Answer:
    """Take a number (20.1.7); `success` is a text here. Without `sequence`, the next one that is free."""
    card = call.card()
    if call.text("patientName") != call.person(card).name:
        raise Refusal("identity_mismatch")
    _paid(call)
    if call.day("registrationDate", DAY) != call.town.today:
        raise Refused(INVALID_PARAMETER, "参数无效 registrationDate")
    appointment = desk_deeds.register(
        call.town,
        call.hospital,
        card,
        _wanted(call),
        key=call.text("todayRegisterId"),
        paid=call.amount("registrationFee") + call.amount("unifiedAmount"),
        from_balance=call.amount("balancePayment"),
    )
    return success(_receipt(appointment)) | {"success": "true"}


def _wanted(call: Call) -> list[str]:
    """The slot that is named, which must begin as told, or else all of the session."""
    found, sequence = _stretches(call), call.text("sequence")
    if not sequence:
        return [slot.id for _, slot in found]
    if call.text("amPm").upper() not in ("A", "P", "N"):
        raise Refused(INVALID_PARAMETER, "参数无效 amPm")
    start = call.moment("registerTime", CLOCK).time()
    for _, slot in found:
        if slot.id == sequence and slot.starts_at.time() == start:
            return [slot.id]
    raise Refusal("slot_unknown")


def cancel(call: Call) -> Answer:
    """Give a number back (20.1.8); the call names no card."""
    key, number = call.text("todayRegisterId"), call.text("hisRegistrationId")
    found = next((a for a in call.hospital.appointments if (a.key, a.id) == (key, number)), None)
    if found is None:
        raise Refusal("appointment_unknown")
    card = next(card for card in call.hospital.cards if card.number == found.card_number)
    given_back = desk_deeds.give_back(call.town, call.hospital, card, key=key, appointment_id=number)
    return success({"newInvoiceId": f"N{given_back.id}", "refundNo": f"R{given_back.id}"})


def queue(call: Call) -> Answer:
    """Where somebody stands who registered today (20.1.9): how many come before."""
    card, hospital = call.card(), call.hospital
    mine = (a for a in hospital.appointments if (a.key, a.card_number) == (call.text("todayRegisterId"), card.number))
    appointment = next(mine, None)
    if appointment is None or appointment.state == "cancelled":
        raise Refusal("appointment_unknown")
    where = department_of(hospital, call.text("departmentId"))
    return success(
        {
            "queueNumber": f"A{appointment.queue_number}",
            "currentOrderNumber": str(desk_deeds.before(hospital, appointment)),
            "roomName": f"{where.name}一诊室（{where.address}）",
        }
    )


def pay_booking(call: Call) -> Answer:
    """The fee of a booking was paid (21.2.4)."""
    card = call.card()
    _paid(call)
    call.moment("stateTime")
    call.day("scheduleDate", COMPACT_DAY)
    appointment = desk_deeds.pay_booking(
        call.hospital,
        card,
        booked_under=call.text("recordId"),
        key=call.text("payId"),
        paid=call.amount("arAmt") + call.amount("unifiedAmount"),
        from_balance=call.amount("balancePay"),
        surcharge=call.amount("surcharge"),
    )
    return success(_receipt(appointment))


def surcharge(call: Call) -> Answer:
    """What a booking costs beside the fee (21.2.5), a number."""
    call.card()
    session = next(iter(sessions_of(call, "scheduleDate")), None)
    if session is None:
        raise Refusal("slot_unknown")
    return success({"surcharge": float(desk_deeds.surcharge_of(session))})


def _stretches(call: Call) -> list[tuple[Session, Slot]]:
    """Today's slots of a doctor in a department, by time."""
    department_id, doctor_id = call.text("departmentId"), call.text("doctorId")
    found = [
        (session, slot)
        for session in call.hospital.sessions
        if (session.day, session.department_id) == (call.town.today, department_id)
        and doctor_id in ("", session.doctor_id)
        for slot in session.slots
    ]
    return sorted(found, key=lambda pair: (pair[1].starts_at, pair[1].id))


def _session(call: Call) -> Session:
    found = _stretches(call)
    if not found:
        raise Refusal("slot_unknown")
    return found[0][0]


def _paid(call: Call) -> None:
    call.choice("payType", *PAY_TYPES)
    if call.choice("payState", *PAY_STATES) != PAID:
        raise Refused(INVALID_PARAMETER, "参数无效 payState")
    if call.text("unifiedAmount") and not call.text("unifiedPayTradeNo"):
        raise Refused(MISSING_PARAMETER, "缺少参数 unifiedPayTradeNo")


def _receipt(appointment: Appointment) -> Answer:
    return {"hisRegistrationId": appointment.id, "invoiceId": f"P{appointment.id}"}


INTERFACES = (
    Interface("hospital.interface.todayRegisterGetRemain", free_slots),
    Interface("hospital.interface.todayRegisterCounts", count),
    Interface("hospital.interface.todayRegisterGetDeptLimit", department_limit),
    Interface("hospital.interface.todayRegisterGetDiscount", discount),
    Interface("hospital.interface.todayRegisterToRegister", register),
    Interface("hospital.interface.todayRegisterCancleRegister", cancel),
    Interface("hospital.interface.todayRegisterQueuingInfo", queue),
    Interface("hospital.interface.yyghRegister", pay_booking),
    Interface("hospital.interface.querySurcharge", surcharge),
)
