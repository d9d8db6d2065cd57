"""Applications for admission: what a doctor asked for, and what became of it once its deposit was paid."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.billing import PaymentMethod
from connectors.records.demographics import Kinship
from connectors.records.people import Gender


class AdmissionApplicationStatus(DocumentedEnum):
    """What became of an application for admission (入院申请状态)."""

    APPLIED = "APPLIED", "Applied for, not admitted yet (已申请)."
    ADMITTED = "ADMITTED", "Admitted (已入院)."
    CANCELLED = "CANCELLED", "Cancelled (已取消)."
    UNKNOWN = "UNKNOWN", "A state this server does not know (未知)."


@dataclass(kw_only=True, slots=True)
class AdmissionApplication:
    """A doctor's application for a person's admission (入院申请, FHIR ServiceRequest)."""

    id: Annotated[str, Doc("Global id; what confirmAdmission takes (入院申请标识).")]
    card: Annotated[CardRef, INTERNAL]
    status: Annotated[AdmissionApplicationStatus, Doc("What became of it (入院状态).")] = (
        AdmissionApplicationStatus.UNKNOWN
    )
    status_text: Annotated[str | None, Doc("The same in the hospital's words (入院状态说明).")] = None
    deposit: Annotated[Decimal, Doc("Deposit to be paid with it, in yuan (入院申请金额).")]
    admission_mode: Annotated[str | None, Doc("How the person is admitted, in the hospital's words (入院方式).")] = None
    admission_number: Annotated[str | None, Doc("Admission number (住院号).")] = None
    department_name: Annotated[str | None, Doc("Department (科室名称).")] = None
    department_location: Annotated[str | None, Doc("Where the department is (科室地址).")] = None
    ward_name: Annotated[str | None, Doc("Ward (病区).")] = None
    gender: Annotated[Gender, Doc("The person's gender (性别).")] = Gender.UNKNOWN
    age: Annotated[str | None, Doc("The person's age, as printed (年龄).")] = None
    occupation: Annotated[str | None, Doc("The person's occupation (职业).")] = None
    phone: Annotated[str | None, INTERNAL] = None
    identity_number: Annotated[str | None, INTERNAL] = None
    contact_name: Annotated[str | None, INTERNAL] = None
    kinship: Annotated[Kinship | None, Doc("What the contact is to the person (联系人关系).")] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AdmissionOrder:
    """The payment that an application is confirmed with; `number` is the business key."""

    number: str
    application_id: str
    amount: Decimal
    method: PaymentMethod


@dataclass(kw_only=True, slots=True)
class AdmissionRegistration:
    """The admission that came of an application (入院登记)."""

    id: Annotated[str, Doc("Global id; what cancelAdmission takes (住院标识).")]
    card: Annotated[CardRef, INTERNAL]
    stay_id: Annotated[str, Doc("The hospital's key of the stay (住院记录标识).")]
    deposit: Annotated[Decimal, Doc("Deposit paid, in yuan (押金).")]


@dataclass(kw_only=True, slots=True)
class AdmissionCancellation:
    """What the hospital says of a cancelled admission (取消入院结果)."""

    refund_number: Annotated[str | None, Doc("The hospital's refund number (退款单号).")] = None
