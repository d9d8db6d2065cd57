"""Applications for admission: listing them, being admitted by one, cancelling that (入院申请)."""

from collections.abc import Awaitable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.core import origins
from connectors.core.kinds import KeyedHash
from connectors.ports import Connection
from connectors.records.admission_applications import (
    AdmissionApplication,
    AdmissionApplicationStatus,
    AdmissionCancellation,
    AdmissionOrder,
    AdmissionRegistration,
)
from connectors.records.base import CardRef, Doc
from connectors.records.billing import PaymentMethod
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from resolvers.access_control import access
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.merging import listed_whole
from resolvers.offers import offered
from resolvers.pages import Position, position
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.ledger import KEEP_SECONDS, LedgerEntry
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_REGISTRATION: TypeAdapter[AdmissionRegistration] = TypeAdapter(AdmissionRegistration)
_CONFIRM = Write("confirm an admission", access.Need(Resource.ENCOUNTER, Action.CREATE), _REGISTRATION)
_CANCEL = Write(
    "cancel an admission", access.Need(Resource.ENCOUNTER, Action.UPDATE), TypeAdapter(AdmissionCancellation)
)


@dataclass(kw_only=True, slots=True)
class ConfirmAdmissionInput:
    """What confirmAdmission takes: an application, and the payment of its deposit (入院办理信息)."""

    business_key: Annotated[str, Doc("Number of the payment; same number, same content: the same answer (支付单号).")]
    application_id: Annotated[strawberry.ID, Doc("Application (入院申请).")]
    amount: Annotated[Decimal, Doc("Deposit paid, in yuan (支付金额).")]
    method: Annotated[PaymentMethod, Doc("How it was paid (支付方式).")]


@dataclass(kw_only=True, slots=True)
class CancelAdmissionInput:
    """What cancelAdmission takes (取消入院信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    registration_id: Annotated[strawberry.ID, Doc("Admission that confirmAdmission gave (住院标识).")]


async def registration(root: AdmissionApplication, info: GraphInfo) -> AdmissionRegistration | None:
    """Return the admission that was made through this server: the hospital's list does not name it."""
    if root.status in {AdmissionApplicationStatus.APPLIED, AdmissionApplicationStatus.CANCELLED}:
        return None
    services = info.context.services
    try:
        origins.elsewhere()
        known = await services.ledger.peek(_place(info.context, root.card, root.id))
    except Problem:
        # What cannot be read back costs the way to cancel, not the hospital's list.
        return None
    return None if known is None or known.result is None else _REGISTRATION.validate_json(known.result)


async def confirm_admission(info: GraphInfo, given: ConfirmAdmissionInput) -> Outcome[AdmissionRegistration]:
    """Admit the person; raises Problem UNAUTHENTICATED or FORBIDDEN for an application out of reach."""
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.application_id, "AdmissionApplication")
    card = card_of(key)
    context.access.require(_CONFIRM.need, card)

    async def work() -> AdmissionRegistration:
        if not key.local_id:
            raise Problem(ProblemCode.BAD_INPUT, "该申请无申请编号，请到医院办理", field="applicationId")
        order = AdmissionOrder(
            number=checks.business_key(given.business_key),
            application_id=key.local_id,
            amount=checks.positive_amount(given.amount, "amount"),
            method=checks.paid_online(given.method),
        )

        def send(connection: Connection, holder: CardHolder) -> Awaitable[AdmissionRegistration]:
            return offered(connection.admission_applications).confirm(holder, order)

        made = await _CONFIRM.do(context, card, order.number, order, send)
        remembered = LedgerEntry("", _REGISTRATION.dump_json(made))
        await context.services.ledger.settle(_place(context, card, key.local_id), remembered, KEEP_SECONDS)
        return made

    return await attempt(work)


async def cancel_admission(info: GraphInfo, given: CancelAdmissionInput) -> Outcome[AdmissionCancellation]:
    """Cancel an admission; raises Problem UNAUTHENTICATED or FORBIDDEN for one out of reach."""
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.registration_id, "AdmissionRegistration")
    card = card_of(key)
    context.access.require(_CANCEL.need, card)

    def send(connection: Connection, holder: CardHolder) -> Awaitable[AdmissionCancellation]:
        return offered(connection.admission_applications).cancel(holder, key.local_id)

    return await attempt(lambda: _CANCEL.do(context, card, given.business_key, key.local_id, send))


def _place(context: Context, card: CardRef, application_id: str) -> KeyedHash:
    return context.services.digest(f"admission\0{card.hospital_id}\0{card.number}\0{application_id}")


@needs(Resource.SERVICE_REQUEST, Action.SEARCH)
async def list_applications(connection: Connection, holder: CardHolder) -> list[AdmissionApplication]:
    """Ask a hospital for the applications of one person."""
    return await offered(connection.admission_applications).applications(holder)


def _position(application: AdmissionApplication) -> Position:
    return position(None, application.card.hospital_id, application.id)


admission_applications = listed_whole(Capability.ADMISSION_APPLICATIONS, list_applications, _position)
