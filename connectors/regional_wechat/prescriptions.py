"""Prescriptions (document chapter 38)."""

from collections.abc import Mapping, Sequence

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import listing_by_hospital, single
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.errors import ConnectorError
from connectors.records.base import CardRef, Period
from connectors.records.people import CardHolder
from connectors.records.prescriptions import PrescribedDrug, Prescription, PrescriptionDetail
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import gender

PRESCRIPTION = Shape(
    Prescription,
    id="prescriptionId",
    card=GIVEN,
    category="prescriptionType",
    prescribed_at="createTime",
    diagnosis="diagnose",
)
DRUG = Shape(
    PrescribedDrug,
    card=GIVEN,
    drug_id="drugId",
    name="drugName",
    specification="spec",
    quantity="quantity",
    route="usage",
    dose="useAmount",
    frequency_code="frequency",
    frequency="frequencyName",
    storage="storage",
    notice="notice",
)
DETAIL = Shape(
    PrescriptionDetail,
    card=GIVEN,
    patient_name="patientName",
    gender=("sex", gender),
    age="age",
    birth_date="birthday",
    prescribed_at="createTime",
    department_name="department",
    doctor_name="doctorName",
    diagnosis="diagnose",
    use_within="limitingTime",
    next_visit="nextVisitTime",
    drugs=Many(DRUG, "drugList"),
)


class Prescriptions:
    """Implements `connectors.ports.Prescriptions`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    async def prescriptions(
        self, holders: Sequence[CardHolder], period: Period
    ) -> list[list[Prescription] | ConnectorError]:
        """Prescriptions, one call for all hospitals that share a card number."""

        async def ask(holder: CardHolder, cards: Mapping[str, CardRef]) -> list[Prescription]:
            return await self.prescription_records(holder, cards, period)

        return await self._regional.joined(
            "hospital.interface.getPrescriptionRecord", holders, ask, lambda prescription: prescription.card
        )

    @endpoint("38.1.1")
    async def prescription_records(
        self, holder: CardHolder, cards: Mapping[str, CardRef], period: Period
    ) -> list[Prescription]:
        """Outpatient prescriptions of one card number in one or more hospitals (38.1.1)."""
        return await self.call(
            "hospital.interface.getPrescriptionRecord",
            holder.card.hospital_id,
            {
                "medicalCardNumber": holder.card.number,
                "idCard": holder.identity_number,
                "startTime": convert.in_shanghai(period.since),
                "endTime": convert.in_shanghai(period.until),
                "patientName": holder.name,
                "hospitalId": ",".join(cards),
            },
            listing_by_hospital(Many(PRESCRIPTION, "data"), cards, "hospitalId"),
            self._regional.read(holder.card),
        )

    @endpoint("38.1.2")
    async def prescription(self, card: CardRef, prescription_id: str) -> PrescriptionDetail | None:
        """Content of a prescription (38.1.2)."""
        return await self.call(
            "hospital.interface.getPrescriptionDetail",
            card.hospital_id,
            {"hospitalId": self._regional.upstream_id(card.hospital_id), "prescriptionId": prescription_id},
            single(One(DETAIL, "data"), card),
            self._regional.read(card),
        )
