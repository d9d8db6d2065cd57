"""Education of admitted people, and notices for them (document chapter 23)."""

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import DONE, listing, single
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.records.base import CardRef
from connectors.records.education import (
    AdmissionGuide,
    EducationSignature,
    Mastery,
    PatientEducation,
    PatientEducationDetail,
    SignatureStatus,
    Signer,
)
from connectors.records.people import CardHolder
from connectors.regional_wechat.base import Regional

_signature_status = convert.one_of(
    {"signed": SignatureStatus.SIGNED, "notSign": SignatureStatus.NOT_SIGNED}, SignatureStatus.UNKNOWN
)
_SIGNERS = {Signer.PATIENT: "patient", Signer.FAMILY: "fm"}
_MASTERIES = {Mastery.AWARE: "了解", Mastery.MASTERED: "掌握"}
_GUIDE_SECONDS = 300

EDUCATION = Shape(
    PatientEducation,
    id="id",
    card=GIVEN,
    title="peduName",
    heading="mainHeading",
    subheading="subHeading",
    educator_name="peduNurseName",
    given_at="pushTime",
    signature_status=("signStatus", _signature_status),
)
DETAIL = Shape(
    PatientEducationDetail,
    card=GIVEN,
    content="educationContent",
    signature_status=("signStatus", _signature_status),
    signature_image="signImage",
)
GUIDE = Shape(AdmissionGuide, content="content")


class Education:
    """Implements `connectors.ports.Education`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("23.1.1")
    async def educations(self, holder: CardHolder) -> list[PatientEducation]:
        """All that a person was taught (23.1.1)."""
        card = holder.card
        return await self.call(
            "hospital.interface.inhospitalEducation.getList",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
            },
            listing(Many(EDUCATION, "data"), card),
            self._regional.read(card),
        )

    @endpoint("23.1.2")
    async def education(self, card: CardRef, education_id: str) -> PatientEducationDetail | None:
        """Content of an education (23.1.2)."""
        return await self.call(
            "hospital.interface.inhospitalEducation.getDetailById",
            card.hospital_id,
            {"hospitalId": self._regional.upstream_id(card.hospital_id), "id": education_id},
            single(One(DETAIL, "data"), card),
            self._regional.read(card),
        )

    @endpoint("23.1.3")
    async def sign(self, card: CardRef, education_id: str, signature: EducationSignature) -> None:
        """Signature under an education (23.1.3)."""
        await self.call(
            "hospital.interface.inhospitalEducation.sign",
            card.hospital_id,
            {
                "id": education_id,
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "signType": _SIGNERS[signature.signer],
                "degreeOfMastery": _MASTERIES[signature.mastery],
                "signImage": signature.image,
            },
            DONE,
            self._regional.once(card),
        )

    @endpoint("23.1.4")
    async def admission_guide(self, hospital_id: str, guide_id: str) -> AdmissionGuide | None:
        """Notice for the admitted (23.1.4)."""
        return await self.call(
            "hospital.interface.admissionGuide.getAdmissionGuideById",
            hospital_id,
            {"hospitalId": self._regional.upstream_id(hospital_id), "admissionGuideId": guide_id},
            single(One(GUIDE, "data")),
            self._regional.read(f"admission guides {hospital_id}", _GUIDE_SECONDS),
        )
