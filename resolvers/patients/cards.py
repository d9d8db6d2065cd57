"""Cards: a person at one hospital."""

from decimal import Decimal

from connectors.ports import Connection
from connectors.records.base import CardRef
from connectors.records.people import CardStatus
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.facilities.hospitals import Hospital, by_id
from resolvers.patients.people import CardAtHospital, Patient, of_card


def cards(root: Patient, info: GraphInfo) -> list[CardAtHospital]:
    """List the person's cards, at the hospitals that are configured."""
    registry = info.context.services.registry
    return [of_ref(card) for card in root.cards if registry.find(card.hospital_id) is not None]


def of_ref(card: CardRef) -> CardAtHospital:
    """Make the card of a reference."""
    return CardAtHospital(card=card, number=card.number)


def card_id(root: CardAtHospital, info: GraphInfo) -> str:
    """Write the global id."""
    return info.context.services.ids.write("Card", root.card.hospital_id, root.card, "")


def hospital(root: CardAtHospital, info: GraphInfo) -> Hospital:
    """Return the hospital of a card."""
    return by_id(info.context, root.card.hospital_id)


def patient(root: CardAtHospital, info: GraphInfo) -> Patient:
    """Return the person of a card."""
    return of_card(info.context, root.card)


async def balance(root: CardAtHospital, info: GraphInfo) -> Decimal | None:
    """Look up the money on the card."""
    return await info.context.loaders.alone(_balance, root.card)


async def status(root: CardAtHospital, info: GraphInfo) -> CardStatus:
    """Say whether the card can be used."""
    return (await info.context.loaders.holder(root.card)).status


async def holder_name(root: CardAtHospital, info: GraphInfo) -> str:
    """Name of the person as this hospital has it."""
    return (await info.context.loaders.holder(root.card)).name


@needs(Resource.ACCOUNT, Action.READ)
async def _balance(connection: Connection, card: CardRef) -> Decimal | None:
    return await connection.cards.balance(card)
