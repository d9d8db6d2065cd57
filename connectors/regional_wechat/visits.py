"""Visits and medical records (document chapters 18 and 32)."""

import re
from collections.abc import Mapping, Sequence

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.concurrency import together
from connectors.core.local_id import pack, unpack
from connectors.core.outcomes import merged
from connectors.core.readers import listing_by_hospital, single
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.errors import ConnectorError
from connectors.records.base import CardRef, Period
from connectors.records.people import CardHolder
from connectors.records.visits import (
    MedicalRecord,
    MedicalRecordEntry,
    PhysicalExamination,
    Stay,
    SupportingExamination,
    Visit,
    VisitClass,
)
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import CODES_OF_VISIT_CLASS, gender, visit_class


def _diagnoses(joined: object) -> list[str]:
    """One text for all: the document says no more of it, and hospitals part several by semicolons."""
    parts = re.split("[；;]", convert.text(joined) or "")
    return [part.strip() for part in parts if part.strip()]


STAY = Shape(
    Stay,
    id="id",
    card=GIVEN,
    admitted_at="dateOfAdmission",
    discharged_at="dateOfDischarge",
    department_name="dept",
    diagnosis="diagnosis",
    cost="cost",
)
RECORD_ENTRY = Shape(
    MedicalRecordEntry,
    id="id",
    card=GIVEN,
    visit_class=("patType", visit_class),
    visited_at="time",
    department_name="department",
    doctor_name="doctor",
    complaint="complaints",
)
PHYSICAL_EXAMINATION = Shape(
    PhysicalExamination,
    body_temperature="bodyTemperature",
    blood_pressure="bloodPressure",
    pulse="pulse",
    respiratory_rate="respiratoryRate",
    description="otherDescription",
)
SUPPORTING_EXAMINATION = Shape(
    SupportingExamination,
    id="examId",
    name="examName",
    department_name="examDepartment",
    doctor_name="examDoctor",
    conclusion="examSummary",
    examined_on="examTime",
)
MEDICAL_RECORD = Shape(
    MedicalRecord,
    id=GIVEN,
    card=GIVEN,
    patient_name="patientName",
    gender=("sex", gender),
    age="age",
    registration_number="registrationId",
    visited_at="visitTime",
    department_name="department",
    doctor_name="doctorName",
    complaint="complaints",
    present_illness="presentIllnessHistory",
    past_illness="anamnesis",
    diagnoses=("diagnosis", _diagnoses),
    advice="advice",
    education="healthEducation",
    signed_at="signatureDate",
    physical_examination=One(PHYSICAL_EXAMINATION, "physicalExamination"),
    examinations=Many(SUPPORTING_EXAMINATION, "exam"),
)

# Stays and medical records are numbered apart: the prefix says in which of the two lists a visit was found.
_STAY, _RECORD = "stay", "record"


class Visits:
    """Implements `connectors.ports.Visits`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    async def visits(self, holders: Sequence[CardHolder], period: Period) -> list[list[Visit] | ConnectorError]:
        """Outpatient visits from their medical records, and stays; a hospital answers with both or with an error."""

        async def ask_records(holder: CardHolder, cards: Mapping[str, CardRef]) -> list[MedicalRecordEntry]:
            return await self.record_entries(holder, cards, period)

        async def ask_stays(holder: CardHolder, cards: Mapping[str, CardRef]) -> list[Stay]:
            return await self.stays(holder, cards, period)

        joined = self._regional.joined
        records, stays = await together(
            joined("hospital.interface.electronicMedicalRecord", holders, ask_records, lambda row: row.card),
            joined("hospital.interface.queryHospitalizationRecord", holders, ask_stays, lambda row: row.card),
        )
        return merged(
            [
                found
                if isinstance(found, ConnectorError)
                else [_attended(entry) for entry in found if _is_visit(entry)]
                for found in records
            ],
            [found if isinstance(found, ConnectorError) else [_stayed(stay) for stay in found] for found in stays],
        )

    async def medical_record(self, card: CardRef, visit_id: str) -> MedicalRecord | None:
        """Medical record of a visit; a stay has none that the document links to it.

        Raises ValueError for an id that is none of `visits`.
        """
        kind, record_id = unpack(visit_id, 2)
        return await self.record(card, record_id) if kind == _RECORD else None

    @endpoint("18.1.2")
    async def stays(
        self,
        holder: CardHolder,
        cards: Mapping[str, CardRef],
        period: Period,
        admission_number: str | None = None,
    ) -> list[Stay]:
        """Stays of one card number in one or more hospitals (18.1.2)."""
        return await self.call(
            "hospital.interface.queryHospitalizationRecord",
            holder.card.hospital_id,
            {
                "medicalCardNumber": holder.card.number,
                "admissionNumber": admission_number,
                "startTime": convert.in_shanghai(period.since),
                "endTime": convert.in_shanghai(period.until),
                "idCard": holder.identity_number,
                "patientName": holder.name,
                "hospitalId": ",".join(cards),
            },
            listing_by_hospital(Many(STAY, "data"), cards, "hospitalId"),
            self._regional.read(holder.card),
        )

    @endpoint("32.1.1")
    async def record_entries(
        self,
        holder: CardHolder,
        cards: Mapping[str, CardRef],
        period: Period,
        kind: VisitClass | None = None,
    ) -> list[MedicalRecordEntry]:
        """Medical records, of one kind or of all, of one card number in one or more hospitals (32.1.1)."""
        return await self.call(
            "hospital.interface.electronicMedicalRecord",
            holder.card.hospital_id,
            {
                "medicalCardNumber": holder.card.number,
                "idCard": holder.identity_number,
                "patType": CODES_OF_VISIT_CLASS[kind] if kind else "",
                "startTime": convert.in_shanghai(period.since),
                "endTime": convert.in_shanghai(period.until),
                "patientName": holder.name,
                "hospitalId": ",".join(cards),
            },
            listing_by_hospital(Many(RECORD_ENTRY, "data"), cards, "hospitalId"),
            self._regional.read(holder.card),
        )

    @endpoint("32.1.2")
    async def record(self, card: CardRef, record_id: str) -> MedicalRecord | None:
        """Content of a medical record (32.1.2)."""
        return await self.call(
            "hospital.interface.electronicMedicalRecordDetail",
            card.hospital_id,
            {"hospitalId": self._regional.upstream_id(card.hospital_id), "id": record_id},
            single(One(MEDICAL_RECORD, "data"), card, id=record_id),
            self._regional.read(card),
        )


def stay_of(visit_id: str) -> str | None:
    """Return the stay's own key; None for an outpatient visit. Raises ValueError for an id that is none of `visits`."""
    kind, stay_id = unpack(visit_id, 2)
    return stay_id if kind == _STAY else None


def _is_visit(entry: MedicalRecordEntry) -> bool:
    """Whether the record stands for a visit of its own: a stay is listed by 18.1.2, and may have many records."""
    return entry.visit_class is not VisitClass.INPATIENT


def _attended(entry: MedicalRecordEntry) -> Visit:
    return Visit(
        id=pack(_RECORD, entry.id),
        card=entry.card,
        visit_class=entry.visit_class,
        started_at=entry.visited_at,
        department_name=entry.department_name,
        doctor_name=entry.doctor_name,
        complaint=entry.complaint,
    )


def _stayed(stay: Stay) -> Visit:
    return Visit(
        id=pack(_STAY, stay.id),
        card=stay.card,
        visit_class=VisitClass.INPATIENT,
        started_at=stay.admitted_at,
        ended_at=stay.discharged_at,
        department_name=stay.department_name,
        diagnosis=stay.diagnosis,
        cost=stay.cost,
    )
