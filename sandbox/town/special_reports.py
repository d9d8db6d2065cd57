"""Electrocardiograms, pathology reports, check-ups and nucleic-acid tests, in no vendor's words."""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Finding:
    """One result."""

    id: str
    name: str
    value: str
    unit: str = ""
    reference: str = ""
    low: str = ""
    high: str = ""


@dataclass(slots=True, kw_only=True)
class EcgReport:
    """An electrocardiogram; only what is `audited` is released."""

    id: str
    card_number: str
    title: str
    inpatient: bool
    audited: bool
    sensitive: bool
    recorded_at: dt.datetime
    diagnosed_at: dt.datetime
    audited_at: dt.datetime
    department_id: str
    auditor: str
    conclusion: str
    heart_rate: int


@dataclass(slots=True, kw_only=True)
class PathologyReport:
    """A pathology report; only what is `audited` is released."""

    id: str
    number: str
    card_number: str
    title: str
    inpatient: bool
    audited: bool
    sensitive: bool
    registered_at: dt.datetime
    audited_at: dt.datetime
    department_id: str
    requested_by: str
    reported_by: str
    auditor: str
    method: str
    body_part: str
    seen: str
    conclusion: str


@dataclass(slots=True, kw_only=True)
class ExaminedPart:
    """One examination of a check-up."""

    name: str
    department: str
    summary: str
    doctor: str
    findings: list[Finding]


@dataclass(slots=True, kw_only=True)
class CheckupReport:
    """The report of a check-up; only what is `finished` is released."""

    id: str
    card_number: str
    purpose: str
    finished: bool
    sensitive: bool
    qualified: bool
    day: dt.date
    summarized_on: dt.date
    doctor: str
    conclusion: str
    advice: str
    parts: list[ExaminedPart]


@dataclass(slots=True, kw_only=True)
class NucleicAcidTest:
    """A nucleic-acid test, by the person's identity number."""

    identity_number: str
    specimen: str
    specimen_number: str
    collected_at: dt.datetime
    reported_at: dt.datetime
    examiner: str
    auditor: str
    findings: list[Finding]


@dataclass(slots=True, kw_only=True)
class SpecialReports:
    """What a hospital has of them."""

    ecg: list[EcgReport] = field(default_factory=list)
    pathology: list[PathologyReport] = field(default_factory=list)
    checkups: list[CheckupReport] = field(default_factory=list)
    nucleic_acid: list[NucleicAcidTest] = field(default_factory=list)
