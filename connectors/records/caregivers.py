"""Passes of those who stay with an admitted person."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.people import Gender


class CaregiverPassSource(DocumentedEnum):
    """Who entered a caregiver's pass (数据来源)."""

    NURSES_STATION = "NURSES_STATION", "The nurses' station (护士站维护)."
    STAFF_APP = "STAFF_APP", "The hospital's app for its staff (医信端维护)."
    PATIENT_APP = "PATIENT_APP", "The app for patients (手机端维护)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


@dataclass(kw_only=True, slots=True)
class CaregiverPass:
    """A pass that lets somebody stay with an admitted person (电子陪护证).

    `card` is the one that it was found or made by: the caregiver's own, or that of the admitted person.
    """

    id: Annotated[str, Doc("Global id; what updating and removing takes (陪护证标识).")]
    card: Annotated[CardRef, INTERNAL]
    name: Annotated[str, INTERNAL]
    identity_number: Annotated[str | None, INTERNAL] = None
    phone: Annotated[str | None, INTERNAL] = None
    address: Annotated[str | None, INTERNAL] = None
    gender: Annotated[Gender, Doc("The caregiver's gender (陪护人性别).")] = Gender.UNKNOWN
    patient_age: Annotated[str | None, Doc("Age of the admitted person, as printed (患者年龄).")] = None
    relationship: Annotated[str | None, Doc("What the caregiver is to the person, in words (关系).")] = None
    source: Annotated[CaregiverPassSource, Doc("Who entered it (数据来源).")] = CaregiverPassSource.UNKNOWN
    created_at: Annotated[dt.datetime | None, Doc("When it was made (创建时间).")] = None
    valid_until: Annotated[dt.datetime | None, Doc("Until when it is valid (有效期).")] = None
    voided: Annotated[bool | None, Doc("Whether the hospital has voided it (已作废).")] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CaregiverDetails:
    """What a hospital is told of a caregiver."""

    name: str
    identity_number: str
    phone: str
    gender: Gender
    relationship: str
    valid_until: dt.datetime
    address: str | None = None
