"""Creating a card (办卡)."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.errors import ConnectorError
from connectors.records.base import CardRef, Doc
from connectors.records.hospitals import Capability
from connectors.records.people import Gender, NewCard
from connectors.records.problems import ProblemCode
from resolvers import access, checks
from resolvers.cards import of_ref
from resolvers.context import Context, GraphInfo
from resolvers.deeds import on_record
from resolvers.ledger import once
from resolvers.merging import hospital_key
from resolvers.mutations import Outcome, attempt, sent
from resolvers.people import CardAtHospital
from resolvers.principal import BoundPerson, Role
from resolvers.problems import Problem
from resolvers.scopes import Action, Resource

_CREATE = access.Need(Resource.PATIENT, Action.CREATE)
_CARD: TypeAdapter[CardRef] = TypeAdapter(CardRef)
_NUMBER_DIGITS = 14


@dataclass(kw_only=True, slots=True)
class CreateCardInput:
    """What createCard takes (办卡信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same card (业务单号).")]
    patient_id: Annotated[
        strawberry.ID | None, Doc("The bound person the card is for; staff leave it out (就诊人).")
    ] = None
    hospital_id: Annotated[strawberry.ID, Doc("Hospital, by its global id or its code (医院).")]
    name: Annotated[str, Doc("Name (姓名).")]
    gender: Annotated[Gender, Doc("Gender (性别).")]
    birth_date: Annotated[dt.date, Doc("Birth date (出生日期).")]
    identity_number: Annotated[str | None, Doc("Resident identity number (身份证号).")] = None
    phone: Annotated[str, Doc("Phone (手机号).")]
    address: Annotated[str | None, Doc("Address (住址).")] = None


async def create_card(info: GraphInfo, given: CreateCardInput) -> Outcome[CardAtHospital]:
    """Create a card; raises Problem UNAUTHENTICATED or FORBIDDEN for a person that is not the principal's."""
    context = info.context
    access.require_known(context.principal)
    person = _person(context, given)

    async def work() -> CardAtHospital:
        hospital_id = hospital_key(context, given.hospital_id)
        if person is None:
            context.access.require_hospital(_CREATE, hospital_id)
        connection = context.loaders.connection(hospital_id)
        if Capability.CARD_CREATION not in connection.capabilities:
            raise Problem(ProblemCode.UNSUPPORTED_BY_HOSPITAL, "医院未开通此功能", field="hospitalId")
        new = _checked(context, given, hospital_id, person)
        await _same_person(context, person, new)
        write = once(
            context.services.ledger,
            context.services.digest(f"card\0{hospital_id}\0{given.business_key}"),
            # What was sent, not what became of it: the number to use may differ once the card is bound.
            context.services.digest(repr(given)),
            lambda: sent(connection.cards.create(new), hospital_id),
            _CARD,
        )
        card = await on_record(context, _CREATE, CardRef(hospital_id, new.card_number), write)
        context.access.made(card)
        return of_ref(card)

    return await attempt(work)


def _person(context: Context, given: CreateCardInput) -> BoundPerson | None:
    if context.principal.role is not Role.PATIENT:
        return None
    if given.patient_id is None:
        raise Problem(ProblemCode.FORBIDDEN, "请指定就诊人", field="patientId")
    key = context.services.ids.read(given.patient_id, "Patient")
    return context.access.require_person(_CREATE, key.local_id)


def _checked(context: Context, given: CreateCardInput, hospital_id: str, person: BoundPerson | None) -> NewCard:
    return NewCard(
        hospital_id=hospital_id,
        name=checks.text(given.name, "name"),
        gender=given.gender,
        birth_date=checks.birth_date(given.birth_date, context.services.clock().date()),
        phone=checks.phone(given.phone),
        card_number=_number(context, hospital_id, person, checks.business_key(given.business_key)),
        identity_number=checks.identity_number(given.identity_number) if given.identity_number else None,
        address=checks.text(given.address, "address") if given.address else None,
    )


def _number(context: Context, hospital_id: str, person: BoundPerson | None, key: str) -> str:
    """Reuse the person's number, which serves all hospitals of a system; else derive a new one."""
    hospitals = context.loaders.connection(hospital_id).hospitals
    for card in person.cards if person else ():
        if card.hospital_id in hospitals:
            return card.number
    derived = int(context.services.digest(f"card number\0{hospital_id}\0{key}"), 16) % 10**_NUMBER_DIGITS
    return f"9{derived:0{_NUMBER_DIGITS}d}"


async def _same_person(context: Context, person: BoundPerson | None, new: NewCard) -> None:
    """Refuse a card in another person's identity, as far as a hospital has told us who the bound person is."""
    for card in person.cards if person else ():
        try:
            holder = await context.loaders.holder(card)
        except (ConnectorError, Problem):
            continue
        if not holder.identity_number:
            continue
        if holder.identity_number.upper() != new.identity_number:
            raise Problem(ProblemCode.IDENTITY_MISMATCH, "身份证号与就诊人不符", field="identityNumber")
        return
