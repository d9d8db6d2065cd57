"""Refunds of cancelled nucleic-acid tests: expected when the cancellation is sent, made when the hospital says so.

A hospital tells of a refund by the number of its order alone. So the ledger has three kinds of entries: whose refund an
order is, which order a booked test's refund is, and what was told of an order.
"""

from dataclasses import dataclass

from pydantic import TypeAdapter

from connectors.core import origins
from connectors.core.kinds import KeyedHash
from connectors.records.base import CardRef
from connectors.records.notices import RefundNotice
from connectors.records.nucleic_acid_booking import (
    NucleicAcidTestAppointment,
    NucleicAcidTestRefund,
    NucleicAcidTestWithdrawal,
)
from connectors.records.problems import ProblemCode
from connectors.records.recharges import RefundStatus
from connectors.records.scheduling import AppointmentStatus
from resolvers.context import Context, GraphInfo, Services
from resolvers.problems import Problem
from resolvers.writes.ledger import KEEP_SECONDS, LedgerEntry

_CANCELLED = frozenset({AppointmentStatus.CANCELLED, AppointmentStatus.REFUNDED})


@dataclass(frozen=True, slots=True)
class _Withdrawn:
    card: CardRef
    appointment_id: str


_WITHDRAWN: TypeAdapter[_Withdrawn] = TypeAdapter(_Withdrawn)
_NUMBER: TypeAdapter[str] = TypeAdapter(str)
_NOTICE: TypeAdapter[RefundNotice] = TypeAdapter(RefundNotice)


async def expect(context: Context, card: CardRef, withdrawal: NucleicAcidTestWithdrawal) -> None:
    """Remember whose refund an order is; an order that is another's already stays theirs.

    It raises nothing: what cannot be remembered costs the look at the refund, not what became of the cancellation.
    """
    number, appointment_id = withdrawal.refund_order_number, withdrawal.appointment_id
    if not number:
        return
    services = context.services
    try:
        known = await _withdrawn(services, card.hospital_id, number)
    except Problem:
        return
    if known is not None and (known.card.number, known.appointment_id) != (card.number, appointment_id):
        return
    withdrawn = _WITHDRAWN.dump_json(_Withdrawn(card, appointment_id))
    await _put(services, _order(services, card.hospital_id, number), withdrawn)
    await _put(services, _test(services, card, appointment_id), _NUMBER.dump_json(number))


async def whose(context: Context, hospital_id: str, notice: RefundNotice) -> CardRef | None:
    """Return the card that the refund is of; None where the cancellation was made elsewhere, or is still under way."""
    known = await _withdrawn(context.services, hospital_id, notice.number)
    return None if known is None else known.card


async def keep(context: Context, hospital_id: str, notice: RefundNotice) -> None:
    """Keep what was told, and forget what it makes stale. Raises Problem INTERNAL_ERROR where it cannot be kept."""
    services = context.services
    place = _told(services, hospital_id, notice.number)
    await _put(services, place, _NOTICE.dump_json(notice))
    # A ledger out of reach keeps quiet when it is written to.
    if await _get(services, place) is None:
        raise Problem(ProblemCode.INTERNAL_ERROR, "系统繁忙，请稍后重试", retryable=True)
    card = await whose(context, hospital_id, notice)
    if card is not None:
        await context.loaders.connection(hospital_id).system.forget(card)


async def refund(root: NucleicAcidTestAppointment, info: GraphInfo) -> NucleicAcidTestRefund | None:
    """Return the refund of a test that was cancelled here; None for what was not paid or not cancelled."""
    services = info.context.services
    origins.elsewhere()
    number = await _get(services, _test(services, root.card, root.id))
    if number is None:
        return None
    order = _NUMBER.validate_json(number)
    told = await _get(services, _told(services, root.card.hospital_id, order))
    if told is not None:
        made = _NOTICE.validate_json(told)
        return NucleicAcidTestRefund(number=order, status=RefundStatus.CONFIRMED, refunded_at=made.refunded_at)
    # A cancellation of which nobody knows the end may not have been made.
    if root.status not in _CANCELLED:
        return None
    return NucleicAcidTestRefund(number=order, status=RefundStatus.PROCESSING)


async def _withdrawn(services: Services, hospital_id: str, number: str) -> _Withdrawn | None:
    known = await _get(services, _order(services, hospital_id, number))
    return None if known is None else _WITHDRAWN.validate_json(known)


async def _get(services: Services, place: KeyedHash) -> bytes | None:
    known = await services.ledger.peek(place)
    return None if known is None else known.result


async def _put(services: Services, place: KeyedHash, content: bytes) -> None:
    await services.ledger.settle(place, LedgerEntry("", content), KEEP_SECONDS)


def _order(services: Services, hospital_id: str, number: str) -> KeyedHash:
    return services.digest(f"nucleic-acid refund order\0{hospital_id}\0{number}")


def _test(services: Services, card: CardRef, appointment_id: str) -> KeyedHash:
    return services.digest(f"nucleic-acid refund of\0{card.hospital_id}\0{card.number}\0{appointment_id}")


def _told(services: Services, hospital_id: str, number: str) -> KeyedHash:
    return services.digest(f"refund told\0{hospital_id}\0{number}")
