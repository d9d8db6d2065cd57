"""Stays that have ended, and medicines to take home (document chapter 35)."""

from connectors.core.claims import endpoint
from connectors.core.readers import listing, single
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.records.base import CardRef
from connectors.records.inpatient import Discharge
from connectors.records.people import CardHolder
from connectors.records.prescriptions import PrescriptionDetail
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.prescriptions import DRUG
from connectors.regional_wechat.words import gender

DISCHARGE = Shape(
    Discharge,
    id="patientInHospitalId",
    card=GIVEN,
    admission_number="inHospitalCode",
    admitted_at="inHospitalTime",
    discharged_at="outHospitalTime",
    department_name="department",
    diagnosis="diagnose",
    age="age",
    prescription_category="prescriptionType",
)
MEDICINES = Shape(
    PrescriptionDetail,
    card=GIVEN,
    patient_name="patientName",
    gender=("sex", gender),
    age="age",
    prescribed_at="createTime",
    department_name="department",
    doctor_name="doctorName",
    diagnosis="diagnose",
    drugs=Many(DRUG, "drugList"),
)


class Discharges:
    """Implements `connectors.ports.Discharges`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("35.1.1")
    async def discharges(self, holder: CardHolder) -> list[Discharge]:
        """Stays that have ended (35.1.1); raises Refused for a person without identity number."""
        card = holder.card
        return await self.call(
            "hospital.interface.getOutOfHospitalHistory",
            card.hospital_id,
            {
                "medicalCardNumber": card.number,
                "idCard": self._regional.identity_number("hospital.interface.getOutOfHospitalHistory", holder),
                "patientName": holder.name,
                "hospitalId": self._regional.upstream_id(card.hospital_id),
            },
            listing(Many(DISCHARGE, "data"), card),
            self._regional.read(card),
        )

    @endpoint("35.1.2")
    async def medicines(self, card: CardRef, discharge_id: str) -> PrescriptionDetail | None:
        """Medicines that were given along (35.1.2)."""
        return await self.call(
            "hospital.interface.getDrugItemForDischarged",
            card.hospital_id,
            {"patientInHospitalId": discharge_id, "hospitalId": self._regional.upstream_id(card.hospital_id)},
            single(One(MEDICINES, "data"), card),
            self._regional.read(card),
        )
