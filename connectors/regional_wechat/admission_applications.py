"""Applications for admission (document chapter 36)."""

from dataclasses import replace
from decimal import Decimal

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.local_id import pack, unpack
from connectors.core.readers import done, listing
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.records.admission_applications import (
    AdmissionApplication,
    AdmissionApplicationStatus,
    AdmissionCancellation,
    AdmissionOrder,
    AdmissionRegistration,
)
from connectors.records.demographics import Kinship
from connectors.records.people import CardHolder
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import WORDS_OF_PAYMENT_METHOD, gender

# The document shows the first word only, and lists none.
_STATUSES = {
    "已申请": AdmissionApplicationStatus.APPLIED,
    "已入院": AdmissionApplicationStatus.ADMITTED,
    "已取消": AdmissionApplicationStatus.CANCELLED,
}
# Appendix 5. The field is called a name, described as a code and shown as one: either is taken.
_KINSHIPS = {
    "01": Kinship.FATHER,
    "02": Kinship.MOTHER,
    "03": Kinship.SON,
    "04": Kinship.DAUGHTER,
    "05": Kinship.OTHER,
    "父亲": Kinship.FATHER,
    "母亲": Kinship.MOTHER,
    "儿子": Kinship.SON,
    "女儿": Kinship.DAUGHTER,
    "其他": Kinship.OTHER,
}
_APPLICATIONS_SECONDS = 10


def _key(value: object) -> str:
    """The application's key, which the document does not promise: without one it can be shown, not confirmed."""
    return convert.text(value) or ""


def _kinship(value: object) -> Kinship | None:
    return _KINSHIPS.get(convert.text(value) or "")


APPLICATION = Shape(
    AdmissionApplication,
    id=("admissionCardId", _key),
    card=GIVEN,
    status=("applyStatus", convert.one_of(_STATUSES, AdmissionApplicationStatus.UNKNOWN)),
    status_text="applyStatus",
    deposit="prepayAmount",
    admission_mode="strMemo",
    admission_number="admissionNumber",
    department_name="deptName",
    department_location="deptAddress",
    ward_name="wardName",
    gender=("sex", gender),
    age="age",
    occupation="professionName",
    phone="phone",
    identity_number="idCard",
    contact_name="othersContacts",
    kinship=("relationshipName", _kinship),
)
REGISTRATION = Shape(AdmissionRegistration, id="patInHosId", stay_id="patInHosId", card=GIVEN, deposit=GIVEN)
CANCELLATION = Shape(AdmissionCancellation, refund_number=("refundNo", "refoundNo"))


class AdmissionApplications:
    """Implements `connectors.ports.AdmissionApplications`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("36.1.1")
    async def applications(self, holder: CardHolder) -> list[AdmissionApplication]:
        """Applications of a person (36.1.1); the document shows a single one where it speaks of all."""
        card = holder.card
        return await self.call(
            "hospital.interface.getApplicationHospitalInformation",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
            },
            listing(Many(APPLICATION, "data"), card),
            self._regional.read(card, _APPLICATIONS_SECONDS),
        )

    async def confirm(self, holder: CardHolder, order: AdmissionOrder) -> AdmissionRegistration:
        """Admit the person. The id carries the deposit, which is what cancelling gives back."""
        saved = await self.save(holder, order)
        return replace(saved, id=pack(saved.id, convert.in_yuan(saved.deposit)))

    @endpoint("36.1.2")
    async def save(self, holder: CardHolder, order: AdmissionOrder) -> AdmissionRegistration:
        """Admission after the payment of its deposit (36.1.2)."""
        card = holder.card
        return await self.call(
            "hospital.interface.execInHospitalPatsSave",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
                "admissionCardId": order.application_id,
                "payAmount": convert.in_yuan(order.amount),
                "payType": WORDS_OF_PAYMENT_METHOD[order.method],
                "tradeNo": order.number,
            },
            done(One(REGISTRATION, "data"), card, deposit=order.amount),
            self._regional.idempotent(order.number, card),
        )

    async def cancel(self, holder: CardHolder, registration_id: str) -> AdmissionCancellation:
        """Cancel an admission; raises ValueError for an id that is none of `confirm`."""
        stay_id, deposit = unpack(registration_id, 2)
        return await self.withdraw(holder, stay_id, Decimal(deposit))

    @endpoint("36.1.3")
    async def withdraw(self, holder: CardHolder, stay_id: str, refund: Decimal) -> AdmissionCancellation:
        """Cancellation of an admission that was not taken up, with the amount to give back (36.1.3)."""
        card = holder.card
        return await self.call(
            "hospital.interface.invalidInPatsInfo",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
                "patInHosId": stay_id,
                "prepayAmount": convert.in_yuan(refund),
            },
            done(One(CANCELLATION, "data")),
            self._regional.idempotent(stay_id, card),
        )
