"""Packages of examinations that people choose themselves (document chapter 29)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.local_id import pack, unpack
from connectors.core.readers import Reader, done, listing
from connectors.core.shape import GIVEN, Many, One, Row, Shape, ShapeError, Whole
from connectors.records.base import CardRef
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import Cancellation
from connectors.records.self_service import (
    ChosenPackage,
    SelfServiceDay,
    SelfServiceItem,
    SelfServiceOrder,
    SelfServicePackage,
    SelfServicePackageKind,
    SelfServicePurchase,
)
from connectors.regional_wechat.appointments import CANCELLATION
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import WORDS_OF_PAYMENT_METHOD

_PACKAGES_SECONDS = 30
_DAYS_SECONDS = 5
_KINDS = {"0": SelfServicePackageKind.ORDINARY, "1": SelfServicePackageKind.NUCLEIC_ACID_TEST}

ITEM = Shape(SelfServiceItem, id="itemId", name="itemName", price="price", unit="unit")
_ITEMS = Many(ITEM, "item")


def _price(row: Row) -> Decimal:
    return sum((item.price for item in _ITEMS.read(row)), Decimal(0))


PACKAGE = Shape(
    SelfServicePackage,
    card=GIVEN,
    department_id=GIVEN,
    department_name=GIVEN,
    id="groupId",
    name="groupName",
    # 1 for required, 2 for not: no flag like others.
    required=Whole(lambda row: convert.text(row.get("necessary")) == "1"),
    single=Whole(lambda row: convert.text(row.get("isSingle")) == "1"),
    kind=("groupType", convert.if_given(convert.one_of(_KINDS, SelfServicePackageKind.UNKNOWN))),
    purpose="meaning",
    hours="adviceTime",
    place="place",
    price=Whole(_price),
    items=_ITEMS,
)
DAY = Shape(SelfServiceDay, day="appointmentDate", remaining="count")
ORDER = Shape(
    SelfServiceOrder,
    card=GIVEN,
    number=GIVEN,
    day=GIVEN,
    amount=GIVEN,
    id="outOrderId",
    valid_until="effectiveDate",
    notice="tips",
)
_DEPARTMENTS = Many(PACKAGE, "data")
_PACKAGES = Many(PACKAGE, "group")


class SelfService:
    """Implements `connectors.ports.SelfService`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("29.1.1")
    async def packages(self, holder: CardHolder) -> list[SelfServicePackage]:
        """Packages that can be chosen (29.1.1), of all departments in one list."""
        return await self.call(
            "hospital.interface.selfPrescription.getSelfHisChargeList",
            holder.card.hospital_id,
            self._regional.card_fields(holder),
            _packages(holder.card),
            self._regional.read(holder.card, _PACKAGES_SECONDS),
        )

    @endpoint("29.1.2")
    async def days(self, holder: CardHolder, chosen: Sequence[ChosenPackage]) -> list[SelfServiceDay]:
        """Days for which the chosen packages can be booked (29.1.2)."""
        return await self.call(
            "hospital.interface.selfPrescription.selfAppointmentDate",
            holder.card.hospital_id,
            {**self._regional.card_fields(holder), "group": [_group(package) for package in chosen]},
            listing(Many(DAY, "data")),
            self._regional.read(holder.card, _DAYS_SECONDS),
        )

    @endpoint("29.1.3")
    async def purchase(self, holder: CardHolder, purchase: SelfServicePurchase) -> SelfServiceOrder:
        """Notice of paid packages (29.1.3). `payAmount` is net of the card balance."""
        card = holder.card
        return await self.call(
            "hospital.interface.selfPrescription.saveSelfPrescription",
            card.hospital_id,
            {
                **self._regional.card_fields(holder),
                "group": [_group(package) for package in purchase.packages],
                "appointmentDate": purchase.day.isoformat(),
                "outTradeNo": purchase.number,
                "payType": WORDS_OF_PAYMENT_METHOD[purchase.method],
                "payAmount": convert.in_yuan(purchase.amount - purchase.balance_amount),
                "balancePayment": convert.in_yuan(purchase.balance_amount),
                "external": purchase.platform_info,
                "patientName": holder.name,
            },
            _order(card, purchase),
            self._regional.idempotent(purchase.number, card),
        )

    @endpoint("29.1.4")
    async def cancel(self, holder: CardHolder, order_id: str) -> Cancellation:
        """Cancellation of an order (29.1.4)."""
        card = holder.card
        hospital_order, number = self._regional.key("29.1.4", _keys_of, order_id, ProblemCode.NOT_CANCELLABLE)
        return await self.call(
            "hospital.interface.selfPrescription.cancelSelfPrescription",
            card.hospital_id,
            {**self._regional.card_fields(holder), "outOrderId": hospital_order, "outTradeNo": number},
            done(One(CANCELLATION, "data")),
            self._regional.idempotent(number, card),
        )


def _packages(card: CardRef) -> Reader[list[SelfServicePackage]]:
    def read(body: Mapping[str, Any]) -> list[SelfServicePackage]:
        return [package for row in _DEPARTMENTS.rows(body) for package in _packages_of(row, card)]

    return Reader(list[SelfServicePackage], read, list, tuple(card))


def _packages_of(row: object, card: CardRef) -> list[SelfServicePackage]:
    if not isinstance(row, Mapping):
        raise ShapeError("data: objects expected")
    department_id = convert.text(row.get("deptId"))
    if department_id is None:
        raise ShapeError("deptId: missing")
    department_name = convert.text(row.get("deptName"))
    return _PACKAGES.read(row, {"card": card, "department_id": department_id, "department_name": department_name})


def _order(card: CardRef, purchase: SelfServicePurchase) -> Reader[SelfServiceOrder]:
    """The order that came of a payment; both keys are asked for when it is cancelled."""
    answer = done(One(ORDER, "data"), card, number=purchase.number, day=purchase.day, amount=purchase.amount)

    def read(body: Mapping[str, Any]) -> SelfServiceOrder:
        found = answer.read(body)
        return replace(found, id=pack(found.id, purchase.number))

    return Reader(answer.kind, read, answer.nothing)


def _keys_of(order_id: str) -> tuple[str, ...]:
    return unpack(order_id, 2)


def _group(package: ChosenPackage) -> Mapping[str, Any]:
    return {"groupId": package.id, "item": [{"itemId": item_id} for item_id in package.item_ids]}
