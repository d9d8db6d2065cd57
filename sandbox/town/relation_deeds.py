"""What changes who a card belongs to, and which cards are one person's."""

from sandbox.town.deeds import Refusal, find_card
from sandbox.town.model import Card, Hospital, Town


def link(town: Town, hospital: Hospital, *, name: str, physical: str, electronic: str) -> Card:
    """Let an electronic card stand for a physical one; return the card that both mean from now on."""
    card = find_card(hospital, number=physical)
    if card is None:
        raise Refusal("card_unknown")
    other = find_card(hospital, number=electronic)
    if town.people[card.person_id].name != name or (other is not None and other.person_id != card.person_id):
        raise Refusal("identity_mismatch")
    if other is None:
        hospital.relations.links[electronic] = card.number
    elif other is not card:
        hospital.relations.links[physical] = other.number
    return other or card


def unlink(hospital: Hospital, *, physical: str, electronic: str) -> None:
    """Part them again."""
    links = hospital.relations.links
    if links.get(electronic) == physical:
        del links[electronic]
    elif links.get(physical) == electronic:
        del links[physical]
    else:
        raise Refusal("card_unknown")
