"""Ordering copies of case files (病案复印)."""

import dataclasses
import datetime as dt
from collections.abc import Awaitable
from decimal import Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.base import CardRef, Doc
from connectors.records.billing import PaymentMethod, PaymentStatus
from connectors.records.deposits import CaseCopy, CaseCopyCancellation, CaseCopyOrder
from connectors.records.hospitals import Capability
from connectors.records.inpatient import Admission, AdmissionStatus
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.inpatient.admissions import load_admissions
from resolvers.offers import offered, require_offered
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of, settle

_ORDERED: TypeAdapter[CaseCopyOrder] = TypeAdapter(CaseCopyOrder)
_ORDER = Write(
    "case copy",
    access.Need(Resource.PAYMENT_NOTICE, Action.CREATE),
    TypeAdapter(CaseCopy),
    lambda copy: copy.status is PaymentStatus.CONFIRMED,
)
_CANCEL = Write(
    "cancel a case copy", access.Need(Resource.PAYMENT_NOTICE, Action.UPDATE), TypeAdapter(CaseCopyCancellation)
)
_MOST_PAGES = 10_000


@dataclasses.dataclass(kw_only=True, slots=True)
class OrderCaseCopyInput:
    """What orderCaseCopy takes: copies of a stay's case file that were paid for (病案复印信息)."""

    business_key: Annotated[str, Doc("Number of the payment; same number, same content: the same answer (支付单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card at the hospital of the stay (就诊卡).")]
    admission_number: Annotated[str, Doc("Number of one of the card's admissions (住院号).")]
    application_id: Annotated[str, Doc("Key of the person's application for copies (病案申请记录标识).")]
    page_count: Annotated[int, Doc("How many pages are printed (复印纸张数量).")]
    print_fee: Annotated[Decimal, Doc("What printing costs, in yuan (复印费用).")]
    mailing_fee: Annotated[Decimal | None, Doc("What mailing costs, in yuan; null: collected (邮寄费用).")] = None
    amount: Annotated[Decimal, Doc("What they come to in yuan (总金额).")]
    method: Annotated[PaymentMethod, Doc("How it was paid; not from a card's balance (支付方式).")]
    paid_at: Annotated[dt.datetime | None, Doc("When it was paid; now when left out (支付时间).")] = None


@dataclasses.dataclass(kw_only=True, slots=True)
class CancelCaseCopyInput:
    """What cancelCaseCopy takes (病案复印撤销信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    case_copy_id: Annotated[strawberry.ID, Doc("Order that orderCaseCopy confirmed (病案复印).")]


async def page_count(root: Admission, info: GraphInfo) -> int | None:
    """Count the pages of the stay's case file; None where the hospital does not name the stay."""
    if root.number is None:
        return None
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_page_count, holder, root.number)


async def order_case_copy(info: GraphInfo, given: OrderCaseCopyInput) -> Outcome[CaseCopy]:
    """Tell the hospital of copies that were paid for; raises Problem for a card out of reach."""
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"))
    context.access.require(_ORDER.need, card)

    async def work() -> CaseCopy:
        key = checks.business_key(given.business_key)
        require_offered(context.loaders.connection(card.hospital_id), card.hospital_id, Capability.CASE_COPIES)
        checked = _checked(given, context.services.clock())
        # Not when it was paid: where that is left out, it is another time at each try.
        content = tuple(value for name, value in dataclasses.asdict(checked).items() if name != "paid_at")
        order = await settle(
            context, "case copy order", card, key, content, lambda: _of_a_stay(context, card, checked), _ORDERED
        )

        def send(connection: Connection, holder: CardHolder) -> Awaitable[CaseCopy]:
            return offered(connection.case_copies).order_case_copy(holder, order)

        return await _ORDER.do(context, card, key, content, send)

    return await attempt(work)


async def cancel_case_copy(info: GraphInfo, given: CancelCaseCopyInput) -> Outcome[CaseCopyCancellation]:
    """Take an order of copies back; raises Problem UNAUTHENTICATED or FORBIDDEN for one out of reach."""
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.case_copy_id, "CaseCopy")
    card = card_of(key)
    context.access.require(_CANCEL.need, card)

    def send(connection: Connection, holder: CardHolder) -> Awaitable[CaseCopyCancellation]:
        return offered(connection.case_copy_cancellations).cancel_case_copy(holder, key.local_id)

    return await attempt(lambda: _CANCEL.do(context, card, given.business_key, key.local_id, send))


@access.needs(Resource.ENCOUNTER, Action.READ)
async def _page_count(connection: Connection, holder: CardHolder, admission_number: str) -> int | None:
    return await offered(connection.case_pages).page_count(holder, admission_number)


def _checked(given: OrderCaseCopyInput, now: dt.datetime) -> CaseCopyOrder:
    print_fee = checks.positive_amount(given.print_fee, "printFee")
    mailing_fee = None if given.mailing_fee is None else checks.amount(given.mailing_fee, "mailingFee")
    amount = checks.positive_amount(given.amount, "amount")
    if amount != print_fee + (mailing_fee or 0):
        raise Problem(ProblemCode.AMOUNT_MISMATCH, "总金额与复印费、邮寄费合计不一致", field="amount")
    return CaseCopyOrder(
        number=given.business_key,
        application_id=checks.number(given.application_id, "applicationId"),
        admission_number=checks.number(given.admission_number, "admissionNumber"),
        page_count=checks.count(given.page_count, "pageCount", most=_MOST_PAGES),
        print_fee=print_fee,
        mailing_fee=mailing_fee,
        amount=amount,
        method=checks.paid_online(given.method),
        paid_at=checks.paid_at(given.paid_at, now),
    )


async def _of_a_stay(context: Context, card: CardRef, order: CaseCopyOrder) -> CaseCopyOrder:
    """Let only a stay of the card's own be copied, whatever number is named."""
    stays = await load_admissions(context, card)
    numbers = {stay.number for stay in stays if stay.status is not AdmissionStatus.CANCELLED}
    if order.admission_number not in numbers:
        raise Problem(ProblemCode.BAD_INPUT, "未查询到该住院号的住院记录", field="admissionNumber")
    return order
