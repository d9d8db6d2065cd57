"""What happens around the wards, in no vendor's words: applications, caregivers, education, follow-ups."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True, kw_only=True)
class AdmissionApplication:
    """A doctor wants somebody admitted; `state` is applied, admitted or cancelled.

    `key` and `content` remember the payment that admitted, `stay_id` the admission that came of it.
    """

    id: str
    card_number: str
    admission_number: str
    department_id: str
    doctor_id: str
    ward: str
    mode: str
    complaint: str
    diagnosis: str
    deposit: Decimal
    occupation: str
    contact_name: str
    contact_kinship: str
    state: str = "applied"
    stay_id: str = ""
    key: str = ""
    refund_number: str = ""


@dataclass(slots=True, kw_only=True)
class CaregiverPass:
    """A pass for somebody who stays with an admitted person; `source` is 1 nurses, 2 staff's app, 3 patients' app."""

    id: str
    admission_number: str
    patient_card_number: str
    name: str
    identity_number: str
    phone: str
    gender: str
    address: str
    relationship: str
    source: str
    created_at: dt.datetime
    valid_until: dt.datetime | None
    voided: bool = False


@dataclass(slots=True, kw_only=True)
class Education:
    """Something a nurse taught an admitted person; `signature` is a data URL, empty while not signed."""

    id: str
    card_number: str
    name: str
    heading: str
    subheading: str
    nurse: str
    content: str
    given_at: dt.datetime
    signature: str = ""
    signer: str = ""
    mastery: str = ""


@dataclass(slots=True, kw_only=True)
class FollowUp:
    """Somebody who is due to be seen again, after a treatment or after a check-up."""

    card_number: str
    doctor_id: str
    due_at: dt.datetime
    after_checkup: bool


@dataclass(slots=True, kw_only=True)
class Wards:
    """All of it at one hospital; `guides` are the notices for the admitted, by their ids."""

    applications: list[AdmissionApplication] = field(default_factory=list)
    passes: list[CaregiverPass] = field(default_factory=list)
    educations: list[Education] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    guides: dict[str, str] = field(default_factory=dict)
