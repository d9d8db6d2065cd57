"""Creating a newborn's card (新生儿办卡)."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

import strawberry

from connectors.records.base import CardRef, Doc
from connectors.records.card_changes import NewbornCard
from connectors.records.demographics import Ethnicity
from connectors.records.hospitals import Capability
from connectors.records.people import Gender
from resolvers.access_control.principal import BoundPerson
from resolvers.context import Context, GraphInfo
from resolvers.offers import offered
from resolvers.patients.card_creation import CARD
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

_MOST_BIRTHS = 20


@dataclass(kw_only=True, slots=True)
class CreateNewbornCardInput:
    """What createNewbornCard takes (新生儿办卡信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same card (业务单号).")]
    patient_id: Annotated[
        strawberry.ID | None, Doc("The newborn, bound to the account; staff leave it out (就诊人).")
    ] = None
    hospital_id: Annotated[strawberry.ID, Doc("Hospital, by its global id or its code (医院).")]
    name: Annotated[str, Doc("Name (姓名).")]
    gender: Annotated[Gender, Doc("Gender (性别).")]
    birth_date: Annotated[dt.date, Doc("Birth date (出生日期).")]
    birth_order: Annotated[int, Doc("The mother's how-manieth child it is, from 1 (胎次).")]
    mother_identity_number: Annotated[str, Doc("Identity number of the mother (母亲身份证号).")]
    mother_name: Annotated[str | None, Doc("Name of the mother (母亲姓名).")] = None
    identity_number: Annotated[str | None, Doc("The newborn's own identity number, if it has one (身份证号).")] = None
    phone: Annotated[str, Doc("Phone of who answers for the newborn (手机号).")]
    address: Annotated[str | None, Doc("Address (住址).")] = None
    ethnicity: Annotated[Ethnicity | None, Doc("Ethnicity (民族).")] = None


async def create_newborn_card(info: GraphInfo, given: CreateNewbornCardInput) -> Outcome[CardAtHospital]:
    """Create the card; raises Problem UNAUTHENTICATED or FORBIDDEN for a person that is not the principal's."""
    context = info.context
    person = person_of(context, given.patient_id)

    async def work() -> CardAtHospital:
        hospital_id, connection = hospital_for(context, person, given.hospital_id, Capability.NEWBORN_CARDS)
        new = _checked(context, given, hospital_id, person)
        await require_same_person(context, person, new.identity_number)
        related, card = offered(connection.related_people), CardRef(hospital_id, new.card_number)
        created = await create_once(
            context, "newborn card", card, given.business_key, given, lambda: related.create_newborn(new), CARD
        )
        context.access.made(created)
        return of_ref(created)

    return await attempt(work)


def _checked(
    context: Context, given: CreateNewbornCardInput, hospital_id: str, person: BoundPerson | None
) -> NewbornCard:
    verified = context.services.verify_identity_numbers
    return NewbornCard(
        hospital_id=hospital_id,
        name=checks.text(given.name, "name"),
        gender=given.gender,
        birth_date=checks.birth_date(given.birth_date, context.services.clock().date()),
        phone=checks.phone(given.phone),
        card_number=number_for(context, hospital_id, person, given.business_key),
        identity_number=identity_number(context, given.identity_number),
        address=checks.text(given.address, "address") if given.address else None,
        ethnicity=given.ethnicity,
        birth_order=checks.count(given.birth_order, "birthOrder", most=_MOST_BIRTHS),
        mother_identity_number=checks.identity_number(
            given.mother_identity_number, verified=verified, field="motherIdentityNumber"
        ),
        mother_name=checks.text(given.mother_name, "motherName") if given.mother_name else None,
    )
