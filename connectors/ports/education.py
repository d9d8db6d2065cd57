"""Education of admitted people, and notices for them."""

from typing import Protocol

from connectors.records.base import CardRef
from connectors.records.education import AdmissionGuide, EducationSignature, PatientEducation, PatientEducationDetail
from connectors.records.people import CardHolder


class Education(Protocol):
    """Education of admitted people, and notices for them."""

    async def educations(self, holder: CardHolder) -> list[PatientEducation]:
        """List all that a person was taught."""
        ...

    async def education(self, card: CardRef, education_id: str) -> PatientEducationDetail | None:
        """Read the content of one."""
        ...

    async def sign(self, card: CardRef, education_id: str, signature: EducationSignature) -> None:
        """Sign one."""
        ...

    async def admission_guide(self, hospital_id: str, guide_id: str) -> AdmissionGuide | None:
        """Read a notice for the admitted; it is about nobody."""
        ...
