"""What hospitals have booked of online payments, for staff (对账)."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

import strawberry

from connectors.ports import Connection
from connectors.records.base import INTERNAL, Period
from connectors.records.reconciliation import Transaction
from resolvers.access_control.access import Need, needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.facilities.hospitals import Hospital
from resolvers.offers import offered
from resolvers.patients.people import Patient, of_card
from resolvers.writes import checks

_SEARCH = Need(Resource.PAYMENT_RECONCILIATION, Action.SEARCH)
# As documented for the platform's side of it.
_LONGEST = dt.timedelta(days=7)

Since = Annotated[dt.datetime, strawberry.argument(description="Beginning, included (开始时间).")]
Until = Annotated[dt.datetime, strawberry.argument(description="End, included; seven days later at most (结束时间).")]
Number = Annotated[str, strawberry.argument(description="Number of the payment (订单号).")]
RefundNumber = Annotated[str, strawberry.argument(description="Number of the refund (退款单号).")]


@dataclass(kw_only=True, slots=True)
class Reconciliation:
    """What a hospital has booked of online payments (对账)."""

    hospital_id: Annotated[str, INTERNAL]


def reconciliation(root: Hospital, info: GraphInfo) -> Reconciliation:
    """Open a hospital's books to those who work there; raises Problem for others."""
    info.context.access.require_hospital(_SEARCH, root.hospital_id)
    return Reconciliation(hospital_id=root.hospital_id)


async def transactions(root: Reconciliation, info: GraphInfo, since: Since, until: Until) -> list[Transaction]:
    """List payments and refunds of a stretch of time, in order."""
    period = checks.period(since, until, most=_LONGEST)
    found = await info.context.loaders.of_hospital(_transactions, root.hospital_id, period)
    return sorted(found, key=lambda transaction: transaction.traded_at or period.since)


async def transactions_of(root: Reconciliation, info: GraphInfo, number: Number) -> list[Transaction]:
    """List what was booked of one payment."""
    asked = checks.number(number, "number")
    return await info.context.loaders.of_hospital(_transactions_of, root.hospital_id, asked)


async def refund_transaction(
    root: Reconciliation, info: GraphInfo, number: Number, refund_number: RefundNumber
) -> Transaction | None:
    """Look up one refund of a payment."""
    asked = checks.number(number, "number"), checks.number(refund_number, "refundNumber")
    return await info.context.loaders.of_hospital(_refund_transaction, root.hospital_id, *asked)


def patient(root: Transaction, info: GraphInfo) -> Patient | None:
    """Return the person, where the hospital names their card."""
    return of_card(info.context, root.card) if root.card.number else None


async def person_name(root: Transaction, _info: GraphInfo) -> str | None:
    """Name of the person, where the hospital tells it."""
    return root.person_name


@needs(*_SEARCH)
async def _transactions(connection: Connection, hospital_id: str, period: Period) -> list[Transaction]:
    return await offered(connection.reconciliation).transactions(hospital_id, period)


@needs(*_SEARCH)
async def _transactions_of(connection: Connection, hospital_id: str, number: str) -> list[Transaction]:
    return await offered(connection.reconciliation).transactions_of(hospital_id, number)


@needs(*_SEARCH)
async def _refund_transaction(
    connection: Connection, hospital_id: str, number: str, refund_number: str
) -> Transaction | None:
    return await offered(connection.reconciliation).refund_transaction(hospital_id, number, refund_number)
