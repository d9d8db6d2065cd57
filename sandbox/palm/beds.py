"""Beds that people book themselves."""

from sandbox.palm.call import Call, Payload
from sandbox.palm.failures import Failure
from sandbox.palm.lookups import SEXES, department, department_name
from sandbox.town.beds import CANCELLED, CATEGORIES, BedBooking
from sandbox.town.numbers import next_id

GENDERS = {chinese: gender for gender, chinese in SEXES.items()}


def departments(call: Call) -> Payload:
    """Departments of a campus whose beds can be booked (/getDepartment): all, at every campus that there is."""
    known = call.text("hospital_id") in dict(call.hospital.campuses)
    return {"records": [{"dept_id": row.id, "dept_name": row.name} for row in call.hospital.departments if known]}


def bed_categories(call: Call) -> Payload:
    """Kinds of beds of a department (/getBedNo); an unknown department has none."""
    known = department(call.hospital, call.text("dept_id")) is not None
    return {"records": [{"bed_category": category} for category in CATEGORIES if known]}


def book(call: Call) -> Payload:
    """Book a bed (/ipAppointmentConfirm): another one with each call."""
    if department(call.hospital, call.text("dept_id")) is None or call.text("bed_category") not in CATEGORIES:
        raise Failure("科室或床位类别不存在")
    sex = str(call.choice("sex", *GENDERS))
    bookings = call.hospital.beds.bookings
    made = BedBooking(
        id=next_id(call.hospital.id, "BB", bookings),
        department_id=call.text("dept_id"),
        category=call.text("bed_category"),
        name=call.text("name"),
        gender=GENDERS[sex],
        birth_date=call.day("birthday"),
        identity_number=call.text("id_no"),
        phone=call.text("phone_no"),
        address=call.text("address"),
        remark=call.text("remark"),
    )
    bookings.append(made)
    return {"records": [{"appointment_id": made.id}]}


def query(call: Call) -> Payload:
    """A booking, if it is of the person who is named (/ipAppointmentQuery)."""
    asked = (call.text("appointment_id"), call.text("name"), call.text("id_no"))
    return {
        "records": [
            _row(call, booking)
            for booking in call.hospital.beds.bookings
            if (booking.id, booking.name, booking.identity_number) == asked
        ]
    }


def cancel(call: Call) -> Payload:
    """Cancel a booking (/ipAppointmentCancel); one that is cancelled is refused."""
    booking = next((row for row in call.hospital.beds.bookings if row.id == call.text("appointment_id")), None)
    if booking is None or booking.status == CANCELLED:
        raise Failure("预约记录不存在")
    booking.status, booking.reason = CANCELLED, call.text("reason")
    return {}


def _row(call: Call, booking: BedBooking) -> dict[str, object]:
    return {
        "appointment_id": booking.id,
        "dept_name": department_name(call.hospital, booking.department_id),
        "dept_id": booking.department_id,
        "bed_category": booking.category,
        "name": booking.name,
        "sex": SEXES[booking.gender],
        "birthday": f"{booking.birth_date:%Y-%m-%d}",
        "id_no": booking.identity_number,
        "phone_no": booking.phone,
        "address": booking.address,
        "status": booking.status,
        "remark": booking.remark,
    }
