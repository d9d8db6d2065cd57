"""Check-ups that can be booked: packages, what they hold, employers' groups, free days."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.people import Gender


class CheckupKind(DocumentedEnum):
    """What a check-up is for (体检类型)."""

    HEALTH = "HEALTH", "One's own health (健康体检)."
    OCCUPATIONAL = "OCCUPATIONAL", "Diseases of an occupation (职业病体检)."
    RECRUITMENT = "RECRUITMENT", "Being employed (招工体检)."
    GREEN_CHANNEL = "GREEN_CHANNEL", "Without waiting (绿色通道)."
    HEALTH_CERTIFICATE = "HEALTH_CERTIFICATE", "A health certificate (健康证体检)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


@dataclass(kw_only=True, slots=True)
class CheckupItem:
    """Something that is examined in a check-up (体检项目)."""

    id: Annotated[str, Doc("Global id; what bookCheckup takes (项目标识).")]
    hospital_id: Annotated[str, INTERNAL]
    name: Annotated[str, Doc("Name (项目名称).")]
    standard_price: Annotated[Decimal | None, Doc("Price before discounts, in yuan (标准价格).")] = None
    price: Annotated[Decimal | None, Doc("Price in yuan (实际价格).")] = None
    gender: Annotated[Gender | None, Doc("Only for people of this gender; null for all (适用性别).")] = None
    department_name: Annotated[str | None, Doc("Department that examines (科室名称).")] = None
    before_meal: Annotated[bool | None, Doc("Whether one comes without having eaten (餐前项目).")] = None
    discount_percent: Annotated[
        Decimal | None, Doc("Price in percent of the standard price, as the hospital states it (折扣).")
    ] = None


@dataclass(kw_only=True, slots=True)
class CheckupItemPage:
    """One page of a hospital's list of items, and how many the whole list has."""

    hospital_id: Annotated[str, INTERNAL]
    items: Annotated[list[CheckupItem], INTERNAL] = field(default_factory=list)
    total: Annotated[int, INTERNAL] = 0


@dataclass(kw_only=True, slots=True)
class CheckupPackage:
    """A check-up as a hospital offers it to a person (体检套餐)."""

    id: Annotated[str, Doc("Global id; what bookCheckup takes (套餐标识).")]
    card: Annotated[CardRef, INTERNAL]
    name: Annotated[str | None, Doc("Name (套餐名称).")] = None
    kind: Annotated[CheckupKind, Doc("What it is for (套餐类型).")] = CheckupKind.UNKNOWN
    introduction: Annotated[str | None, Doc("About the package (套餐简介).")] = None
    standard_price: Annotated[Decimal | None, Doc("Price before discounts, in yuan (标准价格).")] = None
    price: Annotated[Decimal | None, Doc("Price in yuan (实际价格).")] = None
    offered_from: Annotated[dt.date | None, Doc("First day on which it is offered (有效开始日期).")] = None
    offered_until: Annotated[dt.date | None, Doc("Last day on which it is offered (有效结束日期).")] = None
    occupation_code: Annotated[str | None, Doc("Occupation that it is meant for (工种编码).")] = None


@dataclass(kw_only=True, slots=True)
class CheckupDay:
    """A day on which check-ups can be booked (体检余号)."""

    day: Annotated[dt.date, Doc("Day (日期).")]
    remaining: Annotated[int, Doc("How many can still be booked (余号).")]


@dataclass(kw_only=True, slots=True)
class CheckupEmployer:
    """An employer who has check-ups arranged for a person (体检单位)."""

    id: Annotated[str, INTERNAL]
    card: Annotated[CardRef, INTERNAL]
    name: Annotated[str, Doc("Name (单位名称).")]


@dataclass(kw_only=True, slots=True)
class CheckupGroup:
    """Those of an employer's people who get the same check-up (单位分组)."""

    id: Annotated[str, Doc("Global id; what bookCheckup takes (分组标识).")]
    card: Annotated[CardRef, INTERNAL]
    hospital_id: Annotated[str, INTERNAL]
    employer_id: Annotated[str, INTERNAL]
    name: Annotated[str, Doc("Name (分组名称).")]
    gender: Annotated[Gender | None, Doc("Only for people of this gender; null for all (适用性别).")] = None
    youngest: Annotated[int | None, Doc("From this age on; null where there is no limit (最小年龄).")] = None
    oldest: Annotated[int | None, Doc("Up to this age; null where there is no limit (最大年龄).")] = None
    items: Annotated[list[CheckupItem], INTERNAL] = field(default_factory=list)
