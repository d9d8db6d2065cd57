"""Creating a card (办卡)."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.records.base import CardRef, Doc
from connectors.records.demographics import Ethnicity, MaritalStatus
from connectors.records.hospitals import Capability
from connectors.records.people import Gender, NewCard
from resolvers.access_control.principal import BoundPerson
from resolvers.context import Context, GraphInfo
from resolvers.patients.cards import of_ref
from resolvers.patients.new_cards import (
    create_once,
    hospital_for,
    identity_number,
    number_for,
    person_of,
    require_same_person,
)
from resolvers.patients.people import CardAtHospital
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt

CARD: TypeAdapter[CardRef] = TypeAdapter(CardRef)


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
    marital_status: Annotated[MaritalStatus | None, Doc("Marital status (婚姻状况).")] = None
    ethnicity: Annotated[Ethnicity | None, Doc("Ethnicity (民族).")] = None


async def create_card(info: GraphInfo, given: CreateCardInput) -> Outcome[CardAtHospital]:
    """Create a card; raises Problem UNAUTHENTICATED or FORBIDDEN for a person that is not the principal's."""
    context = info.context
    person = person_of(context, given.patient_id)

    async def work() -> CardAtHospital:
        hospital_id, connection = hospital_for(context, person, given.hospital_id, Capability.CARD_CREATION)
        new = _checked(context, given, hospital_id, person)
        await require_same_person(context, person, new.identity_number)
        card = CardRef(hospital_id, new.card_number)
        created = await create_once(
            context, "card", card, given.business_key, given, lambda: connection.cards.create(new), CARD
        )
        context.access.made(created)
        return of_ref(created)

    return await attempt(work)


def _checked(context: Context, given: CreateCardInput, hospital_id: str, person: BoundPerson | None) -> NewCard:
    return NewCard(
        hospital_id=hospital_id,
        name=checks.text(given.name, "name"),
        gender=given.gender,
        birth_date=checks.birth_date(given.birth_date, context.services.clock().date()),
        phone=checks.phone(given.phone),
        card_number=number_for(context, hospital_id, person, given.business_key),
        identity_number=identity_number(context, given.identity_number),
        address=checks.text(given.address, "address") if given.address else None,
        marital_status=given.marital_status,
        ethnicity=given.ethnicity,
    )
