"""Orders to pay for appointments and for booked nucleic-acid tests; nothing is charged by opening one."""

from decimal import Decimal

from sandbox.palm.appointments import SOURCE, USER, to_prepay
from sandbox.palm.call import Call, Payload
from sandbox.palm.failures import SENTENCES, Failure
from sandbox.palm.lookups import INPATIENT, OUTPATIENT, card_or_fail, order_or_fail
from sandbox.palm.nucleic_acid import PAY_WAYS, SOURCES, booked_test, visit_of
from sandbox.town.front_desk import FeeOrder
from sandbox.town.nucleic_acid import UNCONFIRMED

APPOINTMENT = 3
"""The only PURPOSE that is documented."""
SUCCEEDED = 5
"""The only STATUS that is documented."""
_WAYS = ("wepay", "alipay")
_NOTHING_TO_PAY = Failure("预约无需支付")
_OTHER_PATIENT = Failure("患者与预约不符")


def open_for_appointment(call: Call) -> Payload:
    """Open an order for the fee of an appointment (/cpay_new_payment): another one with each call."""
    call.choice("OP_FLAG", OUTPATIENT, INPATIENT)
    call.choice("PURPOSE", APPOINTMENT)
    for name, known in (("DATA_SOURCE", SOURCE), ("USER_ID", USER), ("USER_DEPT_ID", USER)):
        call.choice(name, known)
    way, card = str(call.choice("PAY_WAY_ID", *_WAYS)), card_or_fail(call, "PATIENT_ID")
    row = next((row for row in call.hospital.appointments if row.id == call.text("APPT_ID")), None)
    if row is None:
        raise Failure(SENTENCES["appointment_unknown"])
    if row.card_number != card.number:
        raise _OTHER_PATIENT
    session = next(each for each in call.hospital.sessions if each.id == row.session_id)
    if not to_prepay(row, session):
        raise _NOTHING_TO_PAY
    _check(call.amount("TOTAL"), session.fee)
    return {"HIS_ORDER_NO": _add(call, row.id, card.patient_id, way, session.fee).number}


def close(call: Call) -> Payload:
    """Take note that an order was paid (/cpay_update_payment_status); the same payment again changes nothing.

    The answer has no payload.
    """
    call.choice("STATUS", SUCCEEDED)
    call.choice("DATA_SOURCE", SOURCE)
    order, payment = order_or_fail(call, "HIS_ORDER_NO"), call.text("BUSINESS_NO")
    if call.choice("PAY_WAY_ID", *_WAYS) != order.way:
        raise Failure("订单与支付方式不符")
    if order.payment_number not in ("", payment):
        raise Failure(SENTENCES["key_conflict"])
    order.payment_number = payment
    return {}


def open_for_test(call: Call) -> Payload:
    """Open an order for a booked test (/cpay/newPayment): another one with each call."""
    row = booked_test(call)
    call.choice("op_flag", OUTPATIENT, INPATIENT)
    call.choice("data_source", *SOURCES)
    way = str(call.choice("pay_way", *PAY_WAYS))
    if (call.text("patient_id"), call.text("visit_id")) != (row.identity_number, visit_of(row)):
        raise _OTHER_PATIENT
    if row.status != UNCONFIRMED:
        raise _NOTHING_TO_PAY
    _check(call.amount("total"), row.fee)
    order = _add(call, row.id, row.identity_number, way, row.fee, visit_of(row))
    return {"data": {"appt_id": row.id, "his_order_no": order.number}}


def order_of_test(call: Call) -> Payload:
    """An order as it stands (/payment/get); amount and status are typed strings."""
    order = order_or_fail(call, "his_order_no")
    return {
        "data": {
            "patient_id": order.patient_id,
            "visit_id": order.visit_id,
            "appt_id": order.appointment_id,
            "his_order_no": order.number,
            "pay_way": order.way,
            "total": f"{order.total:.2f}",
            "status": str(int(order.paid)),
        }
    }


def _check(total: Decimal, fee: Decimal) -> None:
    if total != fee:
        raise Failure(SENTENCES["fee_mismatch"])


def _add(call: Call, appointment_id: str, patient_id: str, way: str, total: Decimal, visit_id: str = "") -> FeeOrder:
    """An order with a number that nobody had before."""
    orders = call.hospital.desk.orders
    order = FeeOrder(
        number=f"PO{call.town.today:%Y%m%d}{len(orders) + 1:06}",
        appointment_id=appointment_id,
        patient_id=patient_id,
        visit_id=visit_id,
        way=way,
        total=total,
    )
    orders[order.number] = order
    return order
