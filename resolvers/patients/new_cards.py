"""What all ways to get a card share: for whom, where, under which number, and that it is done once."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic import TypeAdapter

from connectors.errors import ConnectorError
from connectors.ports import Connection
from connectors.records.base import CardRef
from connectors.records.hospitals import Capability
from connectors.records.problems import ProblemCode
from resolvers.access_control import access
from resolvers.access_control.principal import BoundPerson, Role
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context
from resolvers.merging import hospital_key
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.deeds import on_record
from resolvers.writes.ledger import once
from resolvers.writes.mutations import sent
from resolvers.writes.writing import place_of

T = TypeVar("T")

_CREATE = access.Need(Resource.PATIENT, Action.CREATE)
_NUMBER_DIGITS = 14
# Where an identity number has the day of birth.
_BORN = slice(6, 14)


def person_of(context: Context, patient_id: str | None) -> BoundPerson | None:
    """Return the bound person that a patient asks for; None for staff.

    Raises Problem UNAUTHENTICATED, or FORBIDDEN for a person that is not the principal's.
    """
    access.require_known(context.principal)
    if context.principal.role is not Role.PATIENT:
        return None
    if patient_id is None:
        raise Problem(ProblemCode.FORBIDDEN, "请指定就诊人", field="patientId")
    key = context.services.ids.read(patient_id, "Patient")
    return context.access.require_person(_CREATE, key.local_id)


def hospital_for(
    context: Context, person: BoundPerson | None, given: str, capability: Capability
) -> tuple[str, Connection]:
    """Return the hospital and its connection; raises Problem where it does not offer this, or staff work elsewhere."""
    hospital_id = hospital_key(context, given)
    if person is None:
        context.access.require_hospital(_CREATE, hospital_id)
    connection = context.loaders.connection(hospital_id)
    if capability not in connection.offers(hospital_id):
        raise Problem(ProblemCode.UNSUPPORTED_BY_HOSPITAL, "医院未开通此功能", field="hospitalId")
    return hospital_id, connection


def number_for(context: Context, hospital_id: str, person: BoundPerson | None, business_key: str) -> str:
    """Reuse the person's number, which serves all hospitals of a system; else derive a new one."""
    key = checks.business_key(business_key)
    hospitals = context.loaders.connection(hospital_id).hospitals
    for card in person.cards if person else ():
        if card.hospital_id in hospitals:
            return card.number
    derived = int(context.services.digest(f"card number\0{hospital_id}\0{key}"), 16) % 10**_NUMBER_DIGITS
    return f"9{derived:0{_NUMBER_DIGITS}d}"


def identity_number(context: Context, given: str | None, field: str = "identityNumber") -> str | None:
    """Return the identity number in its usual form, if one was given; raises Problem BAD_INPUT."""
    verified = context.services.verify_identity_numbers
    return checks.identity_number(given, verified=verified, field=field) if given else None


async def require_same_person(context: Context, person: BoundPerson | None, identity_number: str | None) -> None:
    """Refuse a card in another person's identity, as far as the token and hospitals tell who the bound person is."""
    if person and person.birth_date and identity_number and identity_number[_BORN] != f"{person.birth_date:%Y%m%d}":
        raise Problem(ProblemCode.IDENTITY_MISMATCH, "身份证号与就诊人不符", field="identityNumber")
    for card in person.cards if person else ():
        try:
            holder = await context.loaders.holder(card)
        except (ConnectorError, Problem):
            continue
        if not holder.identity_number:
            continue
        if holder.identity_number.upper() != identity_number:
            raise Problem(ProblemCode.IDENTITY_MISMATCH, "身份证号与就诊人不符", field="identityNumber")
        return


async def create_once(
    context: Context,
    name: str,
    card: CardRef,
    business_key: str,
    given: object,
    create: Callable[[], Awaitable[T]],
    adapter: TypeAdapter[T],
) -> T:
    """Create the card, once for the key and what was `given`, on record."""
    services = context.services
    write = once(
        services.ledger,
        place_of(context, name, card.hospital_id, business_key),
        # What was sent, not what became of it: the number to use may differ once the card is bound.
        services.digest(repr(given)),
        lambda: sent(create(), card.hospital_id),
        adapter,
    )
    return await on_record(context, _CREATE, card, write)
