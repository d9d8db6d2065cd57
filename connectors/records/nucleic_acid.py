"""Nucleic-acid tests."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc
from connectors.records.people import Gender
from connectors.records.reports import Observation


@dataclass(kw_only=True, slots=True)
class NucleicAcidTest:
    """A nucleic-acid test with its results (核酸检测)."""

    card: Annotated[CardRef, INTERNAL]
    patient_name: Annotated[str | None, INTERNAL] = None
    gender: Annotated[Gender, INTERNAL] = Gender.UNKNOWN
    age: Annotated[str | None, Doc("Age with its unit, as printed (年龄).")] = None
    specimen: Annotated[str | None, Doc("Kind of specimen (标本类别).")] = None
    specimen_number: Annotated[str | None, Doc("Number of the specimen (标本号).")] = None
    collected_at: Annotated[dt.datetime | None, Doc("When the specimen was taken (采集时间).")] = None
    examined_at: Annotated[dt.datetime | None, Doc("When it was examined (检测时间).")] = None
    reported_at: Annotated[dt.datetime | None, Doc("When it was released (报告时间).")] = None
    collected_by: Annotated[str | None, Doc("Who took the specimen (采样人).")] = None
    performed_by: Annotated[str | None, Doc("Who examined (检验医生).")] = None
    audited_by: Annotated[str | None, Doc("Who audited (审核医生).")] = None
    laboratory: Annotated[str | None, Doc("Who did the examination for the hospital (检测机构).")] = None
    identity_number: Annotated[str | None, INTERNAL] = None
    phone: Annotated[str | None, INTERNAL] = None
    pdf_address: Annotated[str | None, INTERNAL] = None
    observations: Annotated[list[Observation], Doc("The results (检验项目明细).")] = field(default_factory=list)
