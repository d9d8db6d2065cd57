"""Packages of examinations that people choose themselves (自选套餐)."""

import datetime as dt
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.base import CardRef, Doc
from connectors.records.billing import PaymentMethod
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import Cancellation, Department
from connectors.records.self_service import (
    ChosenPackage,
    SelfServiceDay,
    SelfServiceOrder,
    SelfServicePackage,
    SelfServicePurchase,
)
from resolvers.access_control import access
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.facilities.hospitals import department_of
from resolvers.finance.payment import check_balance_part
from resolvers.offers import offered
from resolvers.patients.people import CardAtHospital
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of, settle

_MOST_PACKAGES = 50
_PURCHASE: TypeAdapter[SelfServicePurchase] = TypeAdapter(SelfServicePurchase)
_BOOK = Write("self-service", access.Need(Resource.PAYMENT_NOTICE, Action.CREATE), TypeAdapter(SelfServiceOrder))
_CANCEL = Write("cancel-self-service", access.Need(Resource.SERVICE_REQUEST, Action.UPDATE), TypeAdapter(Cancellation))

PackageIds = Annotated[
    list[strawberry.ID], strawberry.argument(description="The chosen packages, of this card (套餐组).")
]


@dataclass(kw_only=True, slots=True)
class BookSelfServicePackagesInput:
    """What bookSelfServicePackages takes: packages that were paid (自选套餐保存信息)."""

    business_key: Annotated[str, Doc("Number of the payment; same number, same content: the same order (支付单号).")]
    package_ids: Annotated[list[strawberry.ID], Doc("Packages of one card (套餐组).")]
    day: Annotated[dt.date, Doc("Day, of those that selfServiceDays names (预约日期).")]
    amount: Annotated[Decimal, Doc("What the packages come to in yuan (总金额).")]
    card_balance_amount: Annotated[Decimal, Doc("Of that, from the card's balance (卡余额支付金额).")] = Decimal(0)
    method: Annotated[PaymentMethod, Doc("How the rest was paid (支付方式).")]
    platform_info: Annotated[str | None, Doc("What the payment platform says of it (平台扩展信息).")] = None


@dataclass(kw_only=True, slots=True)
class CancelSelfServiceOrderInput:
    """What cancelSelfServiceOrder takes (自选套餐取消信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    order_id: Annotated[strawberry.ID, Doc("Order (订单).")]


async def self_service_packages(root: CardAtHospital, info: GraphInfo) -> list[SelfServicePackage]:
    """List what can be chosen."""
    return await _load(info.context, root.card)


async def department(root: SelfServicePackage, info: GraphInfo) -> Department | None:
    """Return the department that offers it; None for one that cannot be booked."""
    return await department_of(info, root.card.hospital_id, root.department_id)


async def self_service_days(root: CardAtHospital, info: GraphInfo, package_ids: PackageIds) -> list[SelfServiceDay]:
    """List the days for which the chosen packages can be booked."""
    context = info.context
    chosen = await _choose(context, root.card, _named(context, root.card, package_ids))
    holder = await context.loaders.holder(root.card)
    return await context.loaders.alone(_days, holder, tuple(package.chosen for package in chosen))


async def book_self_service_packages(info: GraphInfo, given: BookSelfServicePackagesInput) -> Outcome[SelfServiceOrder]:
    """Tell the hospital of paid packages; raises Problem UNAUTHENTICATED or FORBIDDEN for packages out of reach."""
    context = info.context
    access.require_known(context.principal)

    async def work() -> SelfServiceOrder:
        card = _card(context, given.package_ids)
        context.access.require(_BOOK.need, card)
        ids = _named(context, card, given.package_ids)
        amounts = checks.amount(given.amount, "amount"), checks.amount(given.card_balance_amount, "cardBalanceAmount")
        check_balance_part(*amounts, checks.payment_method(given.method))
        key, content = given.business_key, (sorted(ids), given.day, amounts, given.method)
        purchase = await settle(
            context,
            "self-service-purchase",
            card,
            key,
            content,
            lambda: _purchase(context, card, ids, given, amounts),
            _PURCHASE,
        )

        def send(connection: Connection, holder: CardHolder) -> Awaitable[SelfServiceOrder]:
            return offered(connection.self_service).purchase(holder, purchase)

        return await _BOOK.do(context, card, key, content, send)

    return await attempt(work)


async def cancel_self_service_order(info: GraphInfo, given: CancelSelfServiceOrderInput) -> Outcome[Cancellation]:
    """Cancel an order; raises Problem UNAUTHENTICATED or FORBIDDEN for one that the principal does not reach."""
    context = info.context
    access.require_known(context.principal)
    order = context.services.ids.read(given.order_id, "SelfServiceOrder")
    card = card_of(order, "orderId")
    context.access.require(_CANCEL.need, card)

    def send(connection: Connection, holder: CardHolder) -> Awaitable[Cancellation]:
        return offered(connection.self_service).cancel(holder, order.local_id)

    return await attempt(lambda: _CANCEL.do(context, card, given.business_key, order.local_id, send))


async def _load(context: Context, card: CardRef) -> list[SelfServicePackage]:
    return await context.loaders.alone(_packages, await context.loaders.holder(card))


def _card(context: Context, package_ids: Sequence[str]) -> CardRef:
    if not package_ids:
        raise Problem(ProblemCode.BAD_INPUT, "请至少选择一组项目", field="packageIds")
    return card_of(context.services.ids.read(package_ids[0], "SelfServicePackage"), "packageIds")


def _named(context: Context, card: CardRef, package_ids: Sequence[str]) -> list[str]:
    """Read the ids of packages: different ones of this card."""
    if not 1 <= len(package_ids) <= _MOST_PACKAGES:
        raise Problem(ProblemCode.BAD_INPUT, f"项目组须为 1 至 {_MOST_PACKAGES} 项", field="packageIds")
    keys = [context.services.ids.read(id_, "SelfServicePackage") for id_ in package_ids]
    ids = [key.local_id for key in keys]
    if {key.card for key in keys} != {card} or len(set(ids)) != len(ids):
        raise Problem(ProblemCode.BAD_INPUT, "须为同一就诊卡的不同项目组", field="packageIds")
    return ids


async def _choose(context: Context, card: CardRef, ids: list[str]) -> list[SelfServicePackage]:
    """Find the packages, with those that the hospital requires beside them."""
    offers = await _load(context, card)
    chosen = [package for package in offers if package.id in ids]
    if len(chosen) != len(ids):
        raise Problem(ProblemCode.NOT_FOUND, "所选项目不存在或已停止预约", field="packageIds")
    departments = {package.department_id for package in chosen}
    required = {package.id for package in offers if package.required and package.department_id in departments}
    if not required <= set(ids):
        raise Problem(ProblemCode.REQUIRED_PACKAGE_MISSING, "所选科室有必选项目未选择", field="packageIds")
    return chosen


async def _purchase(
    context: Context,
    card: CardRef,
    ids: list[str],
    given: BookSelfServicePackagesInput,
    amounts: tuple[Decimal, Decimal],
) -> SelfServicePurchase:
    """Check the payment against what the hospital offers now."""
    amount, balance_amount = amounts
    if given.day < context.services.clock().date():
        raise Problem(ProblemCode.BAD_INPUT, "预约日期不可早于今天", field="day")
    chosen = await _choose(context, card, ids)
    if sum((package.price for package in chosen), Decimal(0)) != amount:
        raise Problem(ProblemCode.AMOUNT_MISMATCH, "支付金额与项目合计不一致", field="amount")
    return SelfServicePurchase(
        number=given.business_key,
        packages=[package.chosen for package in chosen],
        day=given.day,
        amount=amount,
        balance_amount=balance_amount,
        method=given.method,
        platform_info=given.platform_info,
    )


@needs(Resource.SERVICE_REQUEST, Action.SEARCH)
async def _packages(connection: Connection, holder: CardHolder) -> list[SelfServicePackage]:
    return await offered(connection.self_service).packages(holder)


@needs(Resource.SERVICE_REQUEST, Action.SEARCH)
async def _days(connection: Connection, holder: CardHolder, chosen: tuple[ChosenPackage, ...]) -> list[SelfServiceDay]:
    return await offered(connection.self_service).days(holder, chosen)
