"""Patients: people as this API knows them, with their cards."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from connectors.core.race import Race
from connectors.errors import ConnectorError
from connectors.records.base import INTERNAL, CardRef, Doc
from connectors.records.people import CardHolder, Gender
from connectors.records.problems import ProblemCode
from resolvers.access_control.access import Need
from resolvers.access_control.principal import BoundPerson, Principal, Relation, Role
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.loaders import Told, told
from resolvers.problems import Problem

_PATIENCE_SECONDS = 0.5
_READ = Need(Resource.PATIENT, Action.READ)
_IDENTIFY = Need(Resource.PATIENT, Action.SEARCH)


@dataclass(kw_only=True, slots=True)
class Patient:
    """A person (就诊人), whatever hospitals know them."""

    person_id: Annotated[str | None, INTERNAL]
    cards: Annotated[tuple[CardRef, ...], INTERNAL]
    relation: Annotated[Relation | None, Doc("What the person is to the account; null for staff (与本人关系).")] = None


@dataclass(kw_only=True, slots=True)
class Viewer:
    """Who asks (当前用户)."""

    role: Annotated[Role, Doc("What kind of principal (角色).")]
    people: Annotated[tuple[BoundPerson, ...], INTERNAL] = ()


@dataclass(kw_only=True, slots=True)
class CardAtHospital:
    """A person at one hospital (就诊卡)."""

    card: Annotated[CardRef, INTERNAL]
    number: Annotated[str, Doc("Number on the card (就诊卡号).")]


def viewer(info: GraphInfo) -> Viewer:
    """Say who asks."""
    return viewer_of(info.context.principal)


def viewer_of(principal: Principal) -> Viewer:
    """Make the viewer of a principal."""
    return Viewer(role=principal.role, people=tuple(principal.people.values()))


def patients(root: Viewer) -> list[Patient]:
    """List the people bound to the account."""
    return [of_person(person) for person in root.people]


def of_person(person: BoundPerson) -> Patient:
    """Make the patient of a bound person."""
    return Patient(person_id=person.id, cards=person.cards, relation=person.relation)


def of_card(context: Context, card: CardRef) -> Patient:
    """Make the patient that a card belongs to: the bound person with all cards, or, for staff, with this one."""
    context.access.reach(card)
    person = context.principal.holder_of(card)
    return of_person(person) if person else Patient(person_id=None, cards=(card,))


def patient_id(root: Patient, info: GraphInfo) -> str:
    """Write the global id."""
    ids = info.context.services.ids
    if root.person_id is not None:
        return ids.write("Patient", "", None, root.person_id)
    (card,) = root.cards
    return ids.write("Patient", card.hospital_id, card, "")


async def find_patient(info: GraphInfo, global_id: str) -> Patient:
    """Return the patient of a global id."""
    key = info.context.services.ids.read(global_id, "Patient")
    if key.card is not None:
        return of_card(info.context, key.card)
    return of_person(info.context.access.require_person(_READ, key.local_id))


async def find_by_card(info: GraphInfo, hospital_id: str, number: str) -> Patient | None:
    """Return the patient who holds a card; None where the hospital does not know it."""
    card = _bound_card(info.context.principal, CardRef(hospital_id, number))
    info.context.access.reach(card)
    try:
        holder = await info.context.loaders.holder(card)
    except Problem as problem:
        if problem.code is ProblemCode.CARD_UNKNOWN:
            return None
        raise
    return of_card(info.context, holder.card)


async def find_by_code(info: GraphInfo, hospital_id: str, text: str) -> Patient | None:
    """Return the patient whose card was scanned; raises Problem BAD_INPUT for a code that is no card's."""
    number = info.context.loaders.connection(hospital_id).card_number(text)
    if number is None:
        raise Problem(ProblemCode.BAD_INPUT, "二维码内容有误", field="text")
    return await find_by_card(info, hospital_id, number)


async def find_by_identity(info: GraphInfo, hospital_id: str, name: str, identity_number: str) -> Patient | None:
    """Return the patient of this name and identity number at a hospital. Staff only."""
    info.context.access.require_hospital(_IDENTIFY, hospital_id)
    connection = info.context.loaders.connection(hospital_id)
    try:
        held = await connection.cards.cards_of(hospital_id, name, identity_number)
    except ConnectorError as error:
        raise error.at(hospital_id) from None
    return Patient(person_id=None, cards=(held[0].card,)) if held else None


def _bound_card(principal: Principal, card: CardRef) -> CardRef:
    if principal.role is not Role.PATIENT:
        return card
    bound = (own for person in principal.people.values() for own in person.cards)
    return next((own for own in bound if (own.hospital_id, own.number) == (card.hospital_id, card.number)), card)


async def holder_of(context: Context, patient: Patient) -> CardHolder | None:
    """Return the person's data from the first hospital that answers; raises the failure of one when none does."""
    return await context.loaders.remembered(patient.cards, lambda: _first_holder(context, patient.cards))


async def _first_holder(context: Context, cards: tuple[CardRef, ...]) -> CardHolder | None:
    """Ask the hospitals in order, the next one as soon as the one before fails or takes its time."""
    asked: Race[Told[CardHolder]] = Race()
    failure: ConnectorError | Problem | None = None
    for position, card in enumerate(cards):
        asked.begin(told(context.loaders.holder, card))
        patience = None if position == len(cards) - 1 else _PATIENCE_SECONDS
        while (outcome := await asked.next(patience)) is not None:
            if isinstance(outcome, CardHolder):
                return outcome
            failure = outcome
    if failure is not None:
        raise failure
    return None


async def name(root: Patient, info: GraphInfo) -> str | None:
    """Name of the person."""
    holder = await holder_of(info.context, root)
    return holder.name if holder else None


async def gender(root: Patient, info: GraphInfo) -> Gender | None:
    """Gender of the person."""
    holder = await holder_of(info.context, root)
    return holder.gender if holder else None


async def birth_date(root: Patient, info: GraphInfo) -> dt.date | None:
    """Birth date of the person."""
    holder = await holder_of(info.context, root)
    return holder.birth_date if holder else None


async def phone(root: Patient, info: GraphInfo) -> str | None:
    """Phone of the person."""
    holder = await holder_of(info.context, root)
    return holder.phone if holder else None


async def identity_number(root: Patient, info: GraphInfo) -> str | None:
    """Identity number of the person."""
    holder = await holder_of(info.context, root)
    return holder.identity_number if holder else None
