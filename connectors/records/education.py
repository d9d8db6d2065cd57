"""What patients are taught and told in hospital: education with their signature, notices for the admitted."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum


class SignatureStatus(DocumentedEnum):
    """Whether something was signed (签名状态)."""

    SIGNED = "SIGNED", "Signed (已签名)."
    NOT_SIGNED = "NOT_SIGNED", "Not signed yet (未签名)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


class Signer(DocumentedEnum):
    """Who signs (签名类型)."""

    PATIENT = "PATIENT", "The patient (患者本人)."
    FAMILY = "FAMILY", "Somebody of the family (家属)."


class Mastery(DocumentedEnum):
    """How well the content was understood (掌握程度)."""

    AWARE = "AWARE", "Knows of it (了解)."
    MASTERED = "MASTERED", "Has mastered it (掌握)."


@dataclass(kw_only=True, slots=True)
class PatientEducation:
    """Something a nurse taught an admitted person (住院宣教, FHIR Communication)."""

    id: Annotated[str, Doc("Global id; what signPatientEducation takes (宣教标识).")]
    card: Annotated[CardRef, INTERNAL]
    title: Annotated[str | None, Doc("What it is called (宣教名称).")] = None
    heading: Annotated[str | None, Doc("Main heading (主标题).")] = None
    subheading: Annotated[str | None, Doc("Subheading (副标题).")] = None
    educator_name: Annotated[str | None, Doc("Who taught it (宣教人).")] = None
    given_at: Annotated[dt.datetime | None, Doc("When it was given (宣教时间).")] = None
    signature_status: Annotated[SignatureStatus, Doc("Whether it was signed (签名状态).")] = SignatureStatus.UNKNOWN


@dataclass(kw_only=True, slots=True)
class PatientEducationDetail:
    """The content of a patient education, and its signature (宣教详情)."""

    card: Annotated[CardRef, INTERNAL]
    content: Annotated[str | None, Doc("The content; may be rich text: clean it before it is shown (宣教内容).")] = None
    signature_status: Annotated[SignatureStatus, Doc("Whether it was signed (签名状态).")] = SignatureStatus.UNKNOWN
    signature_image: Annotated[str | None, Doc("The signature as a data URL; null while not signed (签名图片).")] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EducationSignature:
    """A signature under a patient education; `image` is a data URL."""

    signer: Signer
    mastery: Mastery
    image: str


@dataclass(kw_only=True, slots=True)
class AdmissionGuide:
    """What an admitted person has to know (住院须知)."""

    content: Annotated[str, Doc("Rich text, as the hospital wrote it: clean it before it is shown (住院须知).")]
