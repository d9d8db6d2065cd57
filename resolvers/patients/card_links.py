"""Physical cards that belong to electronic ones (绑定与解绑实体就诊卡)."""

from dataclasses import dataclass
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.errors import ConnectorError, Refused
from connectors.ports import Connection
from connectors.records.base import CardRef, Doc
from connectors.records.card_changes import CardLink, LinkOrder
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.offers import offered, require_offered
from resolvers.patients.card_creation import CARD
from resolvers.patients.cards import of_ref
from resolvers.patients.new_cards import create_once, hospital_for, number_for, person_of, require_same_person
from resolvers.patients.people import CardAtHospital
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_LINK: TypeAdapter[CardLink] = TypeAdapter(CardLink)
_UNLINK = Write("unlink", access.Need(Resource.PATIENT, Action.UPDATE), CARD)


@dataclass(kw_only=True, slots=True)
class LinkCardInput:
    """What linkCard takes: a physical card and whose it is (绑定实体卡信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    patient_id: Annotated[
        strawberry.ID | None, Doc("The bound person whose card it is; staff leave it out (就诊人).")
    ] = None
    hospital_id: Annotated[strawberry.ID, Doc("Hospital, by its global id or its code (医院).")]
    linked_number: Annotated[str, Doc("Number on the physical card (实体就诊卡号).")]
    name: Annotated[str, Doc("Name, as the hospital has it (姓名).")]
    identity_number: Annotated[str, Doc("Resident identity number, as the hospital has it (身份证号).")]


@dataclass(kw_only=True, slots=True)
class UnlinkCardInput:
    """What unlinkCard takes (解绑实体卡信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    card_id: Annotated[strawberry.ID, Doc("The electronic card (电子就诊卡).")]
    linked_number: Annotated[str, Doc("Number on the physical card (实体就诊卡号).")]


async def link_card(info: GraphInfo, given: LinkCardInput) -> Outcome[CardLink]:
    """Make an electronic card that stands for a physical one, once the hospital agrees whose it is.

    Raises Problem UNAUTHENTICATED or FORBIDDEN for a person that is not the principal's.
    """
    context = info.context
    person = person_of(context, given.patient_id)

    async def work() -> CardLink:
        hospital_id, connection = hospital_for(context, person, given.hospital_id, Capability.CARD_LINKS)
        number = number_for(context, hospital_id, person, given.business_key)
        linked = checks.number(given.linked_number, "linkedNumber")
        name = checks.text(given.name, "name")
        identity_number = checks.identity_number(
            given.identity_number, verified=context.services.verify_identity_numbers
        )
        if linked == number:
            raise Problem(ProblemCode.BAD_INPUT, "该卡已是电子就诊卡", field="linkedNumber")
        await require_same_person(context, person, identity_number)
        await _require_holder(connection, CardRef(hospital_id, linked), name, identity_number)
        order = LinkOrder(card=CardRef(hospital_id, number), name=name, linked_number=linked)
        links = offered(connection.card_links)
        link = await create_once(
            context, "link", order.card, given.business_key, given, lambda: links.link(order), _LINK
        )
        context.access.made(link.card)
        return link

    return await attempt(work)


async def unlink_card(info: GraphInfo, given: UnlinkCardInput) -> Outcome[CardAtHospital]:
    """Part a physical card from an electronic one; raises Problem UNAUTHENTICATED or FORBIDDEN for one out of reach."""
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"))
    context.access.require(_UNLINK.need, card)

    async def work() -> CardAtHospital:
        require_offered(context.loaders.connection(card.hospital_id), card.hospital_id, Capability.CARD_LINKS)
        linked = checks.number(given.linked_number, "linkedNumber")

        async def part(connection: Connection, holder: CardHolder) -> CardRef:
            await offered(connection.card_links).unlink(LinkOrder(card=card, name=holder.name, linked_number=linked))
            return card

        return of_ref(await _UNLINK.do(context, card, given.business_key, linked, part))

    return await attempt(work)


async def _require_holder(connection: Connection, card: CardRef, name: str, identity_number: str) -> None:
    """Refuse somebody else's physical card; one that does not exist is told alike: nobody can try numbers."""
    (holder,) = await connection.cards.holders([card])
    if isinstance(holder, ConnectorError) and not isinstance(holder, Refused):
        raise holder.at(card.hospital_id)
    if not isinstance(holder, CardHolder) or (holder.name, _upper(holder.identity_number)) != (name, identity_number):
        raise Problem(ProblemCode.IDENTITY_MISMATCH, "就诊卡与身份信息不符", field="linkedNumber")


def _upper(identity_number: str | None) -> str | None:
    return identity_number.upper() if identity_number else None
