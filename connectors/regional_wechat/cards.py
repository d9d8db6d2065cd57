"""Cards and their holders (document chapters 1, 2 and 7)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.concurrency import together
from connectors.core.readers import DONE, listing_each, single, value
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.errors import ConnectorError
from connectors.records.base import CardRef
from connectors.records.demographics import NAMES_OF_ETHNICITY
from connectors.records.people import CardHolder, Gender, NewCard
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.demographics import CODES_OF_GENDER, WORDS_OF_MARITAL_STATUS
from connectors.regional_wechat.words import GENDER_WORDS, WORDS_OF_GENDER, gender

# 2.1.3 writes 0 for female, every other table 2.
_GENDER_OF_CARD_LIST = convert.one_of({"1": Gender.MALE, "0": Gender.FEMALE, **GENDER_WORDS}, Gender.UNKNOWN)

HOLDER = Shape(
    CardHolder,
    card=GIVEN,
    name="name",
    gender=("sex", gender),
    birth_date="birthdate",
    identity_number="idCardNo",
    phone="phone",
    address="address",
    impoverished="impoverished",
)

LISTED_CARD = Shape(
    CardHolder,
    card=GIVEN,
    name="name",
    gender=("gender", _GENDER_OF_CARD_LIST),
    birth_date="birthdate",
    identity_number="idCardNo",
    phone="phone",
    address="address",
    balance="amount",
)

_IDENTITY_CARD = "01"
_HOLDER_SECONDS = 300


class Cards:
    """Implements `connectors.ports.Cards`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call
        self._kept = regional.kept("holder", CardHolder, _HOLDER_SECONDS)

    @endpoint("1.2.1")
    async def create(self, new: NewCard) -> CardRef:
        """Create a card (1.2.1); one that the hospital already has is success."""
        card = CardRef(new.hospital_id, new.card_number)
        await self.call(
            "hospital.interface.createCard",
            new.hospital_id,
            {
                **new_card_fields(self._regional, new),
                "maritalStatusName": new.marital_status and WORDS_OF_MARITAL_STATUS[new.marital_status],
            },
            DONE,
            self._regional.idempotent(new.card_number, card),
        )
        return card

    @endpoint("2.1.1")
    async def holder(self, card: CardRef, identity_number: str | None = None) -> CardHolder | None:
        """Holder of a card (2.1.1)."""
        return await self.call(
            "hospital.interface.queryPatientInfo",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": identity_number,
            },
            single(One(HOLDER, "data"), card),
            self._regional.read(card, 0),
        )

    @endpoint("2.1.3")
    async def cards_of(self, hospital_id: str, name: str, identity_number: str) -> list[CardHolder]:
        """Cards of a person by name and identity number (2.1.3)."""
        return await self.call(
            "hospital.interface.selHisCardListByNameAndIdCard",
            hospital_id,
            {
                "name": name,
                "idCardNo": identity_number,
                "hospitalId": self._regional.upstream_id(hospital_id),
            },
            listing_each(
                Many(LISTED_CARD, "data"),
                lambda row: {"card": CardRef(hospital_id, str(row.get("medicalCardNumber", "")).strip())},
                hospital_id,
            ),
            self._regional.read(f"cards of {identity_number}"),
        )

    @endpoint("7.1.1")
    async def balance(self, card: CardRef, identity_number: str | None = None) -> Decimal | None:
        """Card balance (7.1.1)."""
        return await self.call(
            "hospital.interface.queryBalance",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": identity_number,
            },
            value(Decimal, convert.money, "data", "balance"),
            self._regional.read(card, 10),
        )

    async def known(self, card: CardRef) -> CardHolder | None:
        """Holder of a card, if looked up a short while ago."""
        return await self._kept.find(card)

    async def holders(self, cards: Sequence[CardRef]) -> list[CardHolder | ConnectorError | None]:
        """Look up holders; a number is asked for once, since it names one person in every hospital of the system."""
        return await self._kept.all(cards, self._ask_holders)

    async def _ask_holders(self, cards: Sequence[CardRef]) -> list[CardHolder | ConnectorError | None]:
        by_number: dict[str, list[CardRef]] = {}
        for card in cards:
            by_number.setdefault(card.number, []).append(card)
        found = await together(*(self._regional.first_answer(same, self.holder) for same in by_number.values()))
        by_card: dict[CardRef, CardHolder | ConnectorError | None] = {}
        for same, result in zip(by_number.values(), found, strict=True):
            for card in same:
                by_card[card] = replace(result, card=card) if isinstance(result, CardHolder) else result
        return [by_card[card] for card in cards]


def new_card_fields(regional: Regional, new: NewCard) -> dict[str, Any]:
    """What a hospital is told of anybody who gets a card."""
    return {
        "hospitalId": regional.upstream_id(new.hospital_id),
        "medicalCardNumber": new.card_number,
        "name": new.name,
        "sex": WORDS_OF_GENDER[new.gender],
        "gender": CODES_OF_GENDER.get(new.gender, "0"),
        "birthday": new.birth_date.isoformat(),
        "address": new.address,
        "idcard": new.identity_number,
        "cardNoType": _IDENTITY_CARD if new.identity_number else None,
        "phone": new.phone,
        "nationName": new.ethnicity and NAMES_OF_ETHNICITY[new.ethnicity],
    }
