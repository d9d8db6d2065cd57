"""Certificates of admission, and being admitted by one at a self-service desk."""

from dataclasses import dataclass, field
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc


@dataclass(kw_only=True, slots=True)
class RawField:
    """A field of a hospital's answer that no document describes (原始字段)."""

    path: Annotated[str, Doc("Where it stands in the answer (字段路径).")]
    value: Annotated[str, Doc("What it says; masked where personal values are (字段值).")]


@dataclass(kw_only=True, slots=True)
class AdmissionCertificate:
    """What the hospital says of a person's certificate of admission (住院证)."""

    card: Annotated[CardRef, INTERNAL]
    found: Annotated[bool, Doc("Whether the hospital told anything of it (是否查询到).")] = False
    raw_fields: Annotated[list[RawField], INTERNAL] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class AdmissionCheckIn:
    """An admission by its certificate (自助入院)."""

    card: Annotated[CardRef, INTERNAL]
    application_number: Annotated[str, Doc("Number of the application on the certificate (申请ID).")]
    raw_fields: Annotated[list[RawField], INTERNAL] = field(default_factory=list)
