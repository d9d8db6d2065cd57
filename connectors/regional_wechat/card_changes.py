"""Newborns, contacts, corrections and linked cards (document chapters 1 and 2)."""

from dataclasses import asdict
from typing import Any

from connectors.core.claims import endpoint
from connectors.core.readers import DONE, done
from connectors.core.shape import GIVEN, One, Shape
from connectors.records.base import CardRef
from connectors.records.card_changes import CardLink, HolderChange, LinkOrder, NewbornCard, NewContact
from connectors.records.demographics import Address
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.cards import new_card_fields
from connectors.regional_wechat.demographics import (
    CODES_OF_ETHNICITY,
    CODES_OF_GENDER,
    CODES_OF_KINSHIP,
    WORDS_OF_MARITAL_STATUS,
)

LINK = Shape(CardLink, card=GIVEN, linked_number=GIVEN, created_on="createDate")
_PARTS_OF_ADDRESS = {
    "province": "provinceName",
    "city": "cityName",
    "district": "townName",
    "street": "streetName",
    "line": "detailAddress",
}


class CardChanges:
    """Implements `connectors.ports.HolderChanges`, `RelatedPeople` and `CardLinks`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("1.2.2")
    async def create_newborn(self, new: NewbornCard) -> CardRef:
        """Create a newborn's card (1.2.2); one that the hospital already has is success."""
        card = CardRef(new.hospital_id, new.card_number)
        await self.call(
            "hospital.interface.newbornCreateCard",
            new.hospital_id,
            {
                **new_card_fields(self._regional, new),
                "motherName": new.mother_name,
                "motherIdcard": new.mother_identity_number,
                "birthOrder": f"{new.birth_order:02}",
            },
            DONE,
            self._regional.idempotent(new.card_number, card),
        )
        return card

    @endpoint("1.2.3")
    async def add_contact(self, card: CardRef, contact: NewContact) -> None:
        """Contact of a card's holder (1.2.3): a repeat could add a second one."""
        await self.call(
            "hospital.interface.createCardContacts",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "name": contact.name,
                "gender": CODES_OF_GENDER[contact.gender],
                "birthday": contact.birth_date.isoformat(),
                "address": contact.address,
                "idcard": contact.identity_number,
                "phone": contact.phone,
                "nation": CODES_OF_ETHNICITY[contact.ethnicity],
                "relation": CODES_OF_KINSHIP[contact.kinship],
            },
            DONE,
            self._regional.once(card),
        )

    @endpoint("1.2.4")
    async def change_holder(self, card: CardRef, change: HolderChange) -> None:
        """Correction of a card's holder (1.2.4)."""
        await self.call(
            "hospital.interface.updateHisPatientInfo",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "address": _address(change.address),
                "name": change.name,
                "gender": change.gender and CODES_OF_GENDER[change.gender],
                "birthdate": change.birth_date and change.birth_date.isoformat(),
                "idcard": change.identity_number,
                "phone": change.phone,
                "nation": change.ethnicity and CODES_OF_ETHNICITY[change.ethnicity],
                "maritalStatusName": change.marital_status and WORDS_OF_MARITAL_STATUS[change.marital_status],
            },
            DONE,
            self._regional.idempotent(card.number, card),
        )

    @endpoint("2.1.2")
    async def link(self, order: LinkOrder) -> CardLink:
        """Electronic card for a physical one (2.1.2)."""
        return await self.call(
            "hospital.interface.bindCard",
            order.card.hospital_id,
            self._pair(order),
            done(One(LINK, "data"), order.card, linked_number=order.linked_number),
            self._regional.idempotent(order.card.number, order.card, self._linked(order)),
        )

    @endpoint("2.1.4")
    async def unlink(self, order: LinkOrder) -> None:
        """End of a link (2.1.4): a repeat could be refused, since there is nothing left to part."""
        await self.call(
            "hospital.interface.unRelateHisPatientCard",
            order.card.hospital_id,
            self._pair(order),
            DONE,
            self._regional.once(order.card, self._linked(order)),
        )

    def _pair(self, order: LinkOrder) -> dict[str, Any]:
        return {
            "hospitalId": self._regional.upstream_id(order.card.hospital_id),
            "name": order.name,
            "oldMedicalCardNumber": order.linked_number,
            "newMedicalCardNumber": order.card.number,
        }

    def _linked(self, order: LinkOrder) -> CardRef:
        return CardRef(order.card.hospital_id, order.linked_number)


def _address(address: Address | None) -> dict[str, str] | None:
    """The parts as the example nests them; the table lists them flat."""
    if address is None:
        return None
    parts = asdict(address)
    return {name: parts[part] for part, name in _PARTS_OF_ADDRESS.items() if parts[part]} or None
