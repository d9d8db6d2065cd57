"""Caregivers' passes (document chapter 37)."""

import datetime as dt
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import DONE, done, listing
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.records.base import CardRef
from connectors.records.caregivers import CaregiverDetails, CaregiverPass, CaregiverPassSource
from connectors.records.people import CardHolder
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import WORDS_OF_GENDER, gender

_SOURCES = {
    "1": CaregiverPassSource.NURSES_STATION,
    "2": CaregiverPassSource.STAFF_APP,
    "3": CaregiverPassSource.PATIENT_APP,
}
# What is entered through this server comes from the patients' end.
_FROM_PATIENTS = "3"
_NOT_VOIDED = "0"

PASS = Shape(
    CaregiverPass,
    id="caregiversId",
    # The caregiver's card, which was asked by: `medicalCardNumber` of the answer is the admitted person's.
    card=GIVEN,
    name="name",
    identity_number="idCard",
    phone="phone",
    address="address",
    gender=("sex", gender),
    patient_age="age",
    relationship="relationShip",
    source=("infoSource", convert.one_of(_SOURCES, CaregiverPassSource.UNKNOWN)),
    created_at="createTime",
    valid_until="termOfValidity",
    voided="flagInvalid",
)
ADDED = Shape(
    CaregiverPass,
    id="caregiversId",
    card=GIVEN,
    name=GIVEN,
    identity_number=GIVEN,
    phone=GIVEN,
    address=GIVEN,
    gender=GIVEN,
    relationship=GIVEN,
    source=GIVEN,
    created_at=GIVEN,
    valid_until=GIVEN,
    voided=GIVEN,
)


class Caregivers:
    """Implements `connectors.ports.Caregivers`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("37.1.1")
    async def passes(self, caregiver: CardHolder, admission_number: str) -> list[CaregiverPass]:
        """Passes of a caregiver for an admission (37.1.1). Never kept: the pass is written under other cards too."""
        card = caregiver.card
        return await self.call(
            "hospital.interface.getCaregiversInfo",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": caregiver.identity_number,
                "admissionNumber": admission_number,
            },
            listing(Many(PASS, "data"), card),
            self._regional.read(card, 0),
        )

    @endpoint("37.1.3")
    async def add(
        self, patient: CardHolder, admission_number: str, details: CaregiverDetails, now: dt.datetime
    ) -> CaregiverPass:
        """A new pass (37.1.3), whose key is the answer; the document knows nothing to tell a repeat by."""
        card = patient.card
        return await self.call(
            "hospital.interface.addCaregivers",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                **_fields(details),
                "flagInvalid": _NOT_VOIDED,
                "createTime": convert.in_shanghai(now),
                "patientName": patient.name,
                "patientIdCard": patient.identity_number,
                "patientMedicalCardNumber": card.number,
                "admissionNumber": admission_number,
            },
            done(One(ADDED, "data"), card, **_given(details), created_at=now),
            self._regional.once(card),
        )

    async def update(self, card: CardRef, pass_id: str, details: CaregiverDetails) -> CaregiverPass:
        """Change a pass; what it is now is what was sent."""
        await self.change(card, pass_id, details)
        return CaregiverPass(id=pass_id, card=card, **_given(details))

    @endpoint("37.1.2")
    async def change(self, card: CardRef, pass_id: str, details: CaregiverDetails) -> None:
        """Change of a pass (37.1.2); the same again changes nothing more."""
        await self.call(
            "hospital.interface.updateCaregivers",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "caregiversId": pass_id,
                **_fields(details),
            },
            DONE,
            self._regional.idempotent(pass_id, card),
        )

    @endpoint("37.1.4")
    async def remove(self, card: CardRef, pass_id: str) -> None:
        """A pass that is given back (37.1.4)."""
        await self.call(
            "hospital.interface.deleteCaregivers",
            card.hospital_id,
            {"hospitalId": self._regional.upstream_id(card.hospital_id), "caregiversId": pass_id},
            DONE,
            self._regional.once(card),
        )


def _fields(details: CaregiverDetails) -> dict[str, Any]:
    """A caregiver as adding and changing name one."""
    return {
        "name": details.name,
        "idCard": details.identity_number,
        "phone": details.phone,
        "sex": WORDS_OF_GENDER[details.gender],
        "address": details.address,
        "infoSource": _FROM_PATIENTS,
        "relationShip": details.relationship,
        "termOfValidity": convert.in_shanghai(details.valid_until),
    }


def _given(details: CaregiverDetails) -> dict[str, Any]:
    """What a pass is after it was written: the answers do not repeat it."""
    return {
        "name": details.name,
        "identity_number": details.identity_number,
        "phone": details.phone,
        "address": details.address,
        "gender": details.gender,
        "relationship": details.relationship,
        "source": CaregiverPassSource.PATIENT_APP,
        "valid_until": details.valid_until,
        "voided": False,
    }
