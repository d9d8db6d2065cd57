"""Reserving a registration before it is paid (预挂号)."""

from collections.abc import Awaitable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.base import Doc
from connectors.records.people import CardHolder
from connectors.records.same_day import RegistrationReservation
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.offers import offered
from resolvers.outpatient.registering import local_id
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_RESERVE = Write(
    "reserve registration", access.Need(Resource.APPOINTMENT, Action.CREATE), TypeAdapter(RegistrationReservation)
)


@dataclass(kw_only=True, slots=True)
class ReserveRegistrationInput:
    """What reserveRegistration takes (预挂号信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card at the session's hospital (就诊卡).")]
    session_id: Annotated[strawberry.ID, Doc("Session of today (当日排班).")]
    fee: Annotated[Decimal, Doc("Fee in yuan that is going to be paid, as registrationTerms says (挂号费).")]


async def reserve_registration(info: GraphInfo, given: ReserveRegistrationInput) -> Outcome[RegistrationReservation]:
    """Tell a hospital what is going to be paid; raises Problem UNAUTHENTICATED or FORBIDDEN for a card out of reach."""
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"), "cardId")
    context.access.require(_RESERVE.need, card)

    async def work() -> RegistrationReservation:
        fee = checks.amount(given.fee, "fee")
        session_id = local_id(context, card, given.session_id, "SameDaySession", "sessionId")

        def send(connection: Connection, holder: CardHolder) -> Awaitable[RegistrationReservation]:
            return offered(connection.reservations).reserve(holder, session_id, fee)

        return await _RESERVE.do(context, card, given.business_key, (session_id, fee), send)

    return await attempt(work)
