"""Packages of examinations that people choose and pay for without a doctor."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, NamedTuple

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.billing import PaymentMethod


class SelfServicePackageKind(DocumentedEnum):
    """What a package is of (项目分组类型)."""

    ORDINARY = "ORDINARY", "Ordinary items (普通项目组)."
    NUCLEIC_ACID_TEST = "NUCLEIC_ACID_TEST", "Nucleic-acid tests (核酸项目组)."
    UNKNOWN = "UNKNOWN", "A kind this server does not know (未知)."


@dataclass(kw_only=True, slots=True)
class SelfServiceItem:
    """What a package contains (套餐单项)."""

    id: Annotated[str, INTERNAL]
    name: Annotated[str, Doc("Name (项目名称).")]
    price: Annotated[Decimal, Doc("Price in yuan (项目价格).")]
    unit: Annotated[str | None, Doc("What the price is for (单位).")] = None


@dataclass(kw_only=True, slots=True)
class SelfServicePackage:
    """Items that are chosen together, the least that can be chosen (自选套餐组)."""

    id: Annotated[str, Doc("Global id; what bookSelfServicePackages takes (套餐组标识).")]
    card: Annotated[CardRef, INTERNAL]
    name: Annotated[str, Doc("Name (组名称).")]
    department_id: Annotated[str, INTERNAL]
    department_name: Annotated[str | None, Doc("Department that offers it (科室名称).")] = None
    required: Annotated[
        bool, Doc("Whether whoever chooses a package of this department must choose this one too (是否必选).")
    ] = False
    single: Annotated[bool, Doc("Whether the hospital marks it as a single choice (是否单选).")] = False
    kind: Annotated[SelfServicePackageKind, Doc("What it is of (项目分组类型).")] = SelfServicePackageKind.ORDINARY
    purpose: Annotated[str | None, Doc("What it is good for (检查意义).")] = None
    hours: Annotated[str | None, Doc("When it can be done, in the hospital's words (可检查时间).")] = None
    place: Annotated[str | None, Doc("Where it is done (执行地址).")] = None
    price: Annotated[Decimal, Doc("What its items come to in yuan (组价格).")]
    items: Annotated[list[SelfServiceItem], Doc("What it contains (项目).")] = field(default_factory=list)

    @property
    def chosen(self) -> "ChosenPackage":
        """What the hospital is told of it."""
        return ChosenPackage(self.id, tuple(item.id for item in self.items))


class ChosenPackage(NamedTuple):
    """A package that was chosen; hospitals go by it or by its items."""

    id: str
    item_ids: tuple[str, ...]


@dataclass(kw_only=True, slots=True)
class SelfServiceDay:
    """A day for which chosen packages can be booked (可预约日期)."""

    day: Annotated[dt.date, Doc("Day (日期).")]
    remaining: Annotated[int | None, Doc("How many are still free (可预约号源数).")] = None


@dataclass(kw_only=True, slots=True)
class SelfServicePurchase:
    """Chosen packages that were paid, as the hospital is told (自选套餐购买)."""

    number: str
    packages: list[ChosenPackage]
    day: dt.date
    amount: Decimal
    balance_amount: Decimal
    method: PaymentMethod
    platform_info: str | None = None


@dataclass(kw_only=True, slots=True)
class SelfServiceOrder:
    """Packages that were booked and paid (自选套餐订单, FHIR ServiceRequest)."""

    id: Annotated[str, Doc("Global id; what cancelSelfServiceOrder takes (订单标识).")]
    card: Annotated[CardRef, INTERNAL]
    number: Annotated[str, Doc("Business key of the payment (支付订单号).")]
    day: Annotated[dt.date, Doc("Day that it is booked for (预约日期).")]
    amount: Annotated[Decimal, Doc("What was paid in yuan, card balance included (支付金额).")]
    valid_until: Annotated[dt.date | None, Doc("Last day on which it can be used (有效日期).")] = None
    notice: Annotated[str | None, Doc("What to look out for (温馨提示).")] = None
