"""How the palm hospital writes nucleic-acid tests that people book."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, Self

from connectors.core import convert
from connectors.core.local_id import pack, unpack
from connectors.core.readers import Reader
from connectors.core.shape import GIVEN, Many, One, Row, Shape, Whole
from connectors.palm_hospital.fees import HospitalOrder
from connectors.palm_hospital.reports import OBSERVATION
from connectors.palm_hospital.words import age, gender, stretch
from connectors.records.base import CardRef
from connectors.records.billing import PaymentMethod
from connectors.records.nucleic_acid_booking import (
    IdentityDocument,
    NucleicAcidTestAppointment,
    NucleicAcidTestDay,
    NucleicAcidTestSession,
    NucleicAcidTestSite,
    NucleicAcidTestSlot,
    ReportLanguage,
)
from connectors.records.scheduling import AppointmentStatus, Cancellation

PAY_WAYS = {
    # One description spells it weypay; that interface's example does not.
    PaymentMethod.WECHAT_PAY: "wepay",
    PaymentMethod.ALIPAY: "alipay",
    # One code that takes any of the others' money: the region's own platform.
    PaymentMethod.CUSTOM_PLATFORM: "mpay",
}
DOCUMENTS = {IdentityDocument.RESIDENT_IDENTITY_CARD: "01", IdentityDocument.PASSPORT: "03"}

_STATUSES = {
    "0": AppointmentStatus.PENDING,
    "1": AppointmentStatus.BOOKED,
    "2": AppointmentStatus.COLLECTED,
    "9": AppointmentStatus.FULFILLED,
    "-1": AppointmentStatus.CANCELLED,
}
_status = convert.one_of(_STATUSES, AppointmentStatus.UNKNOWN)


class SlotKey(NamedTuple):
    """A slot as booking names it: where, when, and by its name; the price is what the person was shown."""

    site_id: str
    day: dt.date
    name: str
    fee: str

    def write(self) -> str:
        """Write it as one string."""
        return pack(self.site_id, self.day.isoformat(), self.name, self.fee)

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read it; raises ValueError for a key that `write` did not make."""
        site_id, day, name, fee = unpack(key, 4)
        return cls(site_id, dt.date.fromisoformat(day), name, fee)


def times(day: dt.date | None, name: str | None) -> tuple[dt.datetime | None, dt.datetime | None]:
    """When a slot begins and ends; some are only called morning or afternoon."""
    try:
        return stretch(day, name) if day and name else (None, None)
    except ValueError:
        return None, None


def _booked_times(row: Row) -> tuple[dt.datetime | None, dt.datetime | None]:
    return times(convert.day(row.get("appt_date")), convert.text(row.get("time_slot_name")))


SITE = Shape(NucleicAcidTestSite, id="hospital_id", hospital_id=GIVEN, name="hospital_name")
# The day of the week beside it is not read: in the document's own example it is another day's.
DAY = Shape(NucleicAcidTestDay, hospital_id=GIVEN, site_id=GIVEN, day="appt_date")
LANGUAGE = Shape(ReportLanguage, id="id", name="name")
SLOT = Shape(
    NucleicAcidTestSlot,
    id=GIVEN,
    hospital_id=GIVEN,
    name="time_slot_name",
    starts_at=GIVEN,
    ends_at=GIVEN,
    remaining="remain_count",
)
SESSION = Shape(NucleicAcidTestSession, fee="total_fee", remaining="remain_count", slots=GIVEN)
LISTED = Shape(
    NucleicAcidTestAppointment,
    id="appt_id",
    card=GIVEN,
    status=("status", _status),
    status_name="status_desc",
    number="appt_no",
    day="appt_date",
    slot_name="time_slot_name",
    starts_at=Whole(lambda row: _booked_times(row)[0]),
    ends_at=Whole(lambda row: _booked_times(row)[1]),
    fee="total",
    report_expected_at="report_time",
    patient_name=GIVEN,
    gender=GIVEN,
    age=GIVEN,
    birth_date=GIVEN,
    identity_number=GIVEN,
    phone=GIVEN,
)
DETAIL = Shape(
    NucleicAcidTestAppointment,
    id="appt_id",
    card=GIVEN,
    status=("status", _status),
    status_name="status_desc",
    number="appt_no",
    day="appt_date",
    slot_name="time_slot_name",
    starts_at=Whole(lambda row: _booked_times(row)[0]),
    ends_at=Whole(lambda row: _booked_times(row)[1]),
    payment_number="business_no",
    hospital_order_number="his_order_no",
    invoice_number="receipt_id",
    patient_id=Whole(lambda row: convert.text(_patient(row).get("id"))),
    visit_id=Whole(lambda row: convert.text(_patient(row).get("visit_id"))),
    patient_name=Whole(lambda row: convert.text(_patient(row).get("name"))),
    gender=Whole(lambda row: gender(_patient(row).get("sex"))),
    age=Whole(lambda row: age(_patient(row).get("age"))),
    birth_date=Whole(lambda row: convert.day(_patient(row).get("birthday"))),
    identity_number=Whole(lambda row: convert.text(_patient(row).get("id_no"))),
    phone=Whole(lambda row: convert.text(_patient(row).get("phone_no"))),
)
BOOKED = Shape(
    NucleicAcidTestAppointment,
    id="appt_id",
    card=GIVEN,
    status=GIVEN,
    day=GIVEN,
    slot_name=GIVEN,
    starts_at=GIVEN,
    ends_at=GIVEN,
    fee=GIVEN,
    patient_name=GIVEN,
    gender=GIVEN,
    birth_date=GIVEN,
    identity_number=GIVEN,
    phone=GIVEN,
)


@dataclass(kw_only=True, slots=True)
class OrderState:
    """An order of the hospital's for a booked test, as it stands."""

    appointment_id: str
    total: Decimal
    paid: bool


OPENED = Shape(HospitalOrder, number="his_order_no")
ORDER = Shape(OrderState, appointment_id="appt_id", total="total", paid="status")
CANCELLED = Shape(Cancellation, refund_number=GIVEN, invoice_number=GIVEN)
RESULTS = Many(OBSERVATION, "data")

_SLOTS = Many(SLOT, "time_slot")
_SESSIONS = Many(SESSION, "data")
_LISTED = Many(LISTED, "data", "appt")
_DATA = One(DETAIL, "data")


def _patient(row: Row) -> Row:
    """The person in a booked test: an object beside the test's own fields."""
    found = row.get("patient")
    return found if isinstance(found, Mapping) else {}


def sessions(hospital_id: str, site_id: str, day: dt.date) -> Reader[list[NucleicAcidTestSession]]:
    """What can be booked at a site on a day; what is booked out has no slots."""

    def slot_of(fee: str) -> Any:
        def given(row: Row) -> Mapping[str, object]:
            name = convert.text(row.get("time_slot_name"))
            starts_at, ends_at = times(day, name)
            key = SlotKey(site_id, day, name or "", fee).write()
            return {"id": key, "hospital_id": hospital_id, "starts_at": starts_at, "ends_at": ends_at}

        return given

    def session(row: Row) -> Mapping[str, object]:
        fee = convert.money(row.get("total_fee"))
        given = slot_of("" if fee is None else convert.in_yuan(fee))
        return {"slots": _SLOTS.read_each(row, given)}

    def read(body: Mapping[str, Any]) -> list[NucleicAcidTestSession]:
        return _SESSIONS.read_each(body, session)

    return Reader(list[NucleicAcidTestSession], read, list, about=(hospital_id, site_id, day.isoformat()))


def appointments(card: CardRef) -> Reader[list[NucleicAcidTestAppointment]]:
    """What a person booked: the person stands once, beside the list."""

    def read(body: Mapping[str, Any]) -> list[NucleicAcidTestAppointment]:
        data = _DATA.row(body)
        if not isinstance(data, Mapping):
            return []
        person = _patient(data)
        given = {
            "card": card,
            "patient_name": convert.text(person.get("name")),
            "gender": gender(person.get("sex")),
            "age": age(person.get("age")),
            "birth_date": convert.day(person.get("birthday")),
            "identity_number": convert.text(person.get("id_no")),
            "phone": convert.text(person.get("phone_no")),
        }
        return _LISTED.read(body, given)

    return Reader(list[NucleicAcidTestAppointment], read, list, about=f"{card.hospital_id} {card.number}")
