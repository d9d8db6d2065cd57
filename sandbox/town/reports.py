"""Laboratory and imaging reports."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class ReportState(StrEnum):
    """How far a report has come. Only an audited one may be read by its patient."""

    REGISTERED = "registered"
    SUBMITTED = "submitted"
    AUDITED = "audited"
    RECALLED = "recalled"


class Flag(StrEnum):
    """A result against its reference. ABNORMAL is for results that are only negative or positive."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    ABNORMAL = "abnormal"


@dataclass(frozen=True, slots=True)
class Observation:
    """One result of a laboratory report; `reference` is the whole reference as text."""

    code: str
    name: str
    short_name: str
    value: str
    unit: str
    low: str
    high: str
    reference: str
    flag: Flag


@dataclass(slots=True)
class LabReport:
    """A laboratory report. `special` is empty for an ordinary one."""

    id: str
    hospital: str
    person: str
    card: str
    visit: str
    inpatient: bool
    name: str
    specimen: str
    specimen_number: str
    department: str
    ordered_by: str
    executor: str
    auditor: str
    ordered_at: datetime
    reported_at: datetime
    state: ReportState
    sensitive: bool
    special: str = ""
    observations: list[Observation] = field(default_factory=list)


@dataclass(slots=True)
class ImagingReport:
    """An imaging report."""

    id: str
    hospital: str
    person: str
    card: str
    visit: str
    inpatient: bool
    name: str
    modality: str
    part: str
    findings: str
    conclusion: str
    department: str
    ordered_by: str
    executor: str
    auditor: str
    ordered_at: datetime
    reported_at: datetime
    state: ReportState
    sensitive: bool
