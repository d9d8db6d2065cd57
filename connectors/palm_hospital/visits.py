"""Visits, which stays are too, and medical records: /getVisitInfoNew, /getVisitInfoNewDetail."""

import re
from collections.abc import Sequence

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.concurrency import together
from connectors.core.local_id import pack, unpack
from connectors.core.outcomes import outcomes
from connectors.core.readers import listing, single
from connectors.core.shape import GIVEN, Many, One, Row, Shape, Whole
from connectors.errors import ConnectorError
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.cards import Cards
from connectors.palm_hospital.stays import Stay, Stays
from connectors.palm_hospital.words import age, gender, required
from connectors.records.base import CardRef, Period
from connectors.records.people import CardHolder
from connectors.records.visits import MedicalRecord, PhysicalExamination, Visit, VisitClass

# Visits and stays are numbered apart: the prefix says which of the two lists a key is of.
_VISIT, _STAY = "visit", "stay"
_DIAGNOSIS_NAMES = ("icd_name1", "icd_name2", "icd_name3")


def _diagnoses(row: Row) -> list[str]:
    """The coded ones first, then what the provisional diagnosis, one text for all, adds to them."""
    coded = [convert.text(row.get(name)) for name in _DIAGNOSIS_NAMES]
    provisional = re.split("[；;]", convert.text(row.get("presumptive_diagnosis")) or "")
    return list(dict.fromkeys(name.strip() for name in (*coded, *provisional) if name and name.strip()))


def _physical_examination(row: Row) -> PhysicalExamination | None:
    """One free text here, not single measurements."""
    description = convert.text(row.get("physical_examination"))
    return PhysicalExamination(description=description) if description else None


VISIT = Shape(
    Visit,
    id=Whole(lambda row: pack(_VISIT, required(row.get("id")))),
    card=GIVEN,
    visit_class=GIVEN,
    number="visit_no",
    started_at="visit_date",
    department_name="dept_name",
    doctor_name="doctor_name",
    cost="total",
)
MEDICAL_RECORD = Shape(
    MedicalRecord,
    id="id",
    card=GIVEN,
    patient_name="patient_name",
    gender=("patient_sex", gender),
    age=("patient_age", age),
    registration_number="visit_no",
    visited_at="visit_date",
    department_name="dept_name",
    doctor_name="doctor_name",
    complaint="chief_complaint",
    present_illness="present_illness",
    past_illness="past_illness",
    diagnoses=Whole(_diagnoses),
    total="total",
    physical_examination=Whole(_physical_examination),
)


class Visits:
    """Implements `connectors.ports.Visits`."""

    def __init__(self, palm: Palm, cards: Cards, stays: Stays) -> None:
        """Take the system, where references are completed, and where stays are found."""
        self._palm = palm
        self._cards = cards
        self._stays = stays
        self.call = palm.call

    async def visits(self, holders: Sequence[CardHolder], period: Period) -> list[list[Visit] | ConnectorError]:
        """Visits and stays that began in a period; the interfaces themselves take none."""
        return await outcomes(*(self._visits_of(holder, period) for holder in holders))

    async def medical_record(self, card: CardRef, visit_id: str) -> MedicalRecord | None:
        """Medical record of a visit; the document has none of a stay."""
        kind, key = self._palm.key("/getVisitInfoNewDetail", visit_id, 2)
        if kind != _VISIT:
            return None
        identified = await self._cards.identified(card)
        return None if identified is None else await self.visit_detail(identified, key)

    @endpoint("/getVisitInfoNew")
    async def visit_list(self, card: CardRef) -> list[Visit]:
        """All outpatient visits of a person (/getVisitInfoNew)."""
        return await self.call(
            "/getVisitInfoNew",
            card.hospital_id,
            {"patient_id": self._palm.patient_id(card)},
            listing(Many(VISIT, "records"), card, visit_class=VisitClass.OUTPATIENT),
            self._palm.read(card),
        )

    @endpoint("/getVisitInfoNewDetail")
    async def visit_detail(self, card: CardRef, visit_id: str) -> MedicalRecord | None:
        """Medical record of a visit (/getVisitInfoNewDetail)."""
        return await self.call(
            "/getVisitInfoNewDetail",
            card.hospital_id,
            {"patient_id": self._palm.patient_id(card), "visit_id": visit_id},
            single(One(MEDICAL_RECORD, "record"), card),
            self._palm.read(card),
        )

    async def _visits_of(self, holder: CardHolder, period: Period) -> list[Visit]:
        visits, stays = await together(self.visit_list(holder.card), self._stays.known(holder))
        return [visit for visit in (*visits, *map(_stayed, stays)) if period.holds(visit.started_at)]


def stay_of(visit_id: str) -> tuple[str, str] | None:
    """Return the patient id and the number of a stay; None for an outpatient visit, and a stay without a number.

    Raises ValueError for an id that is none of `visits`.
    """
    kind, key = unpack(visit_id, 2)
    if kind != _STAY:
        return None
    patient_id, number = unpack(key, 2)
    return (patient_id, number) if number else None


def _stayed(stay: Stay) -> Visit:
    admission = stay.admission
    return Visit(
        id=pack(_STAY, pack(stay.patient_id, admission.number)),
        card=stay.card,
        visit_class=VisitClass.INPATIENT,
        number=admission.number,
        started_at=admission.admitted_at,
        ended_at=admission.discharged_at,
        department_name=admission.department_name,
        cost=admission.account.total_cost if admission.account else None,
    )
