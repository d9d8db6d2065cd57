"""What a person registered for: /getVisitInfo, /getVisitInfoDetail."""

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import listing, single
from connectors.core.shape import GIVEN, Many, One, Row, Shape, Whole
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.words import age, day_part, gender
from connectors.records.base import CardRef
from connectors.records.people import CardHolder
from connectors.records.registrations import Registration, RegistrationDetail

_SEEN = "1"
_REGISTRATIONS_SECONDS = 10


def _seen(row: Row) -> bool:
    return convert.text(row.get("accept")) == _SEEN


# The descriptions of /getVisitInfo are shifted against the printed names: the department stands in order_no and limit,
# the doctor in dept_id and dept_name. A hospital that has a doctor_id has the names of /getVisitInfoDetail.
REGISTRATION = Shape(
    Registration,
    card=GIVEN,
    id="id",
    department_id=("order_no", "dept_id"),
    department_name=("limit", "dept_name"),
    doctor_id=("doctor_id", "dept_id"),
    doctor_name=("doctor_name", "dept_name"),
    visited_at="visit_date",
    day_part=("visit_time", day_part),
    seen=Whole(_seen),
    status="accept_name",
    queue_number="queue_no",
    refundable="refund_type",
)
DETAIL = Shape(
    RegistrationDetail,
    card=GIVEN,
    number="visit_no",
    clinic="register_type_name",
    fee="fee",
    gender=("patient_sex", gender),
    age=("patient_age", age),
)


class Registrations:
    """Implements `connectors.ports.Registrations`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    @endpoint("/getVisitInfo")
    async def registrations(self, holder: CardHolder) -> list[Registration]:
        """Registrations of a person (/getVisitInfo)."""
        return await self.call(
            "/getVisitInfo",
            holder.card.hospital_id,
            {"patient_id": self._palm.patient_id(holder.card)},
            listing(Many(REGISTRATION, "records"), holder.card),
            self._palm.read(holder.card, _REGISTRATIONS_SECONDS),
        )

    @endpoint("/getVisitInfoDetail")
    async def detail(self, card: CardRef, registration_id: str) -> RegistrationDetail | None:
        """One of them (/getVisitInfoDetail)."""
        return await self.call(
            "/getVisitInfoDetail",
            card.hospital_id,
            {"patient_id": self._palm.patient_id(card), "visit_id": registration_id},
            single(One(DETAIL, "record"), card),
            self._palm.read(card, _REGISTRATIONS_SECONDS),
        )
