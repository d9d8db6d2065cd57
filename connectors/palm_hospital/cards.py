"""Cards and their holders: /getPatient, /getPatientList, /createCard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.concurrency import together
from connectors.core.readers import done, listing_each, value
from connectors.core.shape import GIVEN, Many, One, Row, Shape
from connectors.errors import ConnectorError
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.words import OUTPATIENT, WORDS_OF_GENDER, gender, required
from connectors.records.base import CardRef
from connectors.records.people import CardHolder, CardStatus, NewCard
from connectors.records.problems import ProblemCode

# The document lists no codes of `status`; of the words in `status_name` these explain themselves.
_STATUS_WORDS = {
    "正常": CardStatus.ACTIVE,
    "停用": CardStatus.INACTIVE,
    "注销": CardStatus.INACTIVE,
    "挂失": CardStatus.INACTIVE,
    "锁定": CardStatus.INACTIVE,
}

HOLDER = Shape(
    CardHolder,
    card=GIVEN,
    name="name",
    gender=("sex", gender),
    birth_date="birthday",
    identity_number="id_no",
    phone="phone_no",
    balance="balance",
    status=("status_name", convert.one_of(_STATUS_WORDS, CardStatus.UNKNOWN)),
    registered_at="create_time",
)


@dataclass(slots=True)
class MadeCard:
    """What the hospital says of a new card."""

    number: str
    patient_id: str | None = None


MADE = Shape(MadeCard, number="card_no", patient_id="id")

_ONE_PATIENT = Many(HOLDER, "patient")
_PATIENTS = Many(HOLDER, "patients")

_HOLDER_SECONDS = 300
_BALANCE_SECONDS = 10


class Cards:
    """Implements `connectors.ports.Cards`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call
        self._kept = palm.kept("holder", CardHolder, _HOLDER_SECONDS)

    async def known(self, card: CardRef) -> CardHolder | None:
        """Holder of a card, if looked up a short while ago."""
        return await self._kept.find(card)

    async def holders(self, cards: Sequence[CardRef]) -> list[CardHolder | ConnectorError | None]:
        """Look up holders: in one call per hospital those whose patient id is known, each by itself the others."""
        return await self._kept.all(cards, self._ask_holders)

    async def identified(self, card: CardRef) -> CardRef | None:
        """Complete a reference with the hospital's own key of the person; None for a card that it does not know."""
        if card.patient_id:
            return card
        found = await self.holder(card)
        return None if found is None else found.card

    @endpoint("/getPatient", variant="holder")
    async def holder(self, card: CardRef) -> CardHolder | None:
        """Holder of a card, by its number (/getPatient)."""
        found = await self.call(
            "/getPatient",
            card.hospital_id,
            {"card_no": card.number, "op_flag": OUTPATIENT},
            listing_each(
                _ONE_PATIENT,
                lambda row: {"card": card._replace(patient_id=_patient_id(row))},
                f"{card.hospital_id} {card.number}",
            ),
            self._palm.read(card, _HOLDER_SECONDS),
        )
        return found[0] if found else None

    @endpoint("/getPatient", variant="person")
    async def cards_of(self, hospital_id: str, name: str, identity_number: str) -> list[CardHolder]:
        """Card of a person by name and identity number (/getPatient, which knows one at most)."""
        return await self.call(
            "/getPatient",
            hospital_id,
            {"name": name, "id_no": identity_number, "op_flag": OUTPATIENT},
            listing_each(_ONE_PATIENT, lambda row: _card_in(hospital_id, row), hospital_id),
            self._palm.read(_cards_topic(identity_number)),
        )

    @endpoint("/getPatient", variant="balance")
    async def balance(self, card: CardRef) -> Decimal | None:
        """Card balance (/getPatient), asked for apart from the holder since it is kept for a moment only."""
        return await self.call(
            "/getPatient",
            card.hospital_id,
            {
                "patient_id": card.patient_id,
                "card_no": None if card.patient_id else card.number,
                "op_flag": OUTPATIENT,
            },
            value(Decimal, convert.money, "patient", "balance"),
            self._palm.read(card, _BALANCE_SECONDS),
        )

    @endpoint("/getPatientList")
    async def patients(self, hospital_id: str, cards: Sequence[CardRef]) -> list[CardHolder]:
        """Holders of several cards of one hospital, by patient id (/getPatientList); the body is a bare array.

        An answer about several people belongs to no single one of them: it is not kept as a whole.
        """
        asked = {self._palm.patient_id(card): card for card in cards}
        return await self.call(
            "/getPatientList",
            hospital_id,
            [{"patient_id": patient_id, "op_flag": OUTPATIENT} for patient_id in sorted(asked)],
            listing_each(
                _PATIENTS,
                lambda row: _given(asked.get(_patient_id(row))),
                ";".join(sorted(f"{card.hospital_id}/{card.number}/{card.patient_id}" for card in asked.values())),
            ),
            self._palm.read(f"holders {hospital_id}", 0),
        )

    @endpoint("/createCard")
    async def create(self, new: NewCard) -> CardRef:
        """Create a card (/createCard). The document promises nothing about sending it twice, so it is sent once."""
        if not new.identity_number:
            raise self._palm.refused("/createCard", ProblemCode.IDENTITY_NUMBER_MISSING, "required by the document")
        made = await self.call(
            "/createCard",
            new.hospital_id,
            {
                "name": new.name,
                "sex": WORDS_OF_GENDER[new.gender],
                "id_no": new.identity_number,
                "phone_no": new.phone,
                "birthday": new.birth_date.isoformat(),
                # Both are required, yet not everybody has an employer or tells an address.
                "unit_name": new.employer or "",
                "post_addr": new.address or "",
                "wx_health_card_id": new.card_number or None,
            },
            done(One(MADE, "card")),
            self._palm.once(_cards_topic(new.identity_number)),
        )
        return CardRef(new.hospital_id, made.number, made.patient_id)

    async def _ask_holders(self, cards: Sequence[CardRef]) -> list[CardHolder | ConnectorError | None]:
        outcomes: dict[CardRef, CardHolder | ConnectorError | None] = {}
        known: dict[str, list[CardRef]] = {}
        unknown: list[CardRef] = []
        for card in dict.fromkeys(cards):
            if card.patient_id:
                known.setdefault(card.hospital_id, []).append(card)
            else:
                unknown.append(card)
        await together(
            *(self._look_up_together(group, outcomes) for group in known.values()),
            *(self._look_up(card, outcomes) for card in unknown),
        )
        return [outcomes[card] for card in cards]

    async def _look_up_together(
        self, cards: list[CardRef], outcomes: dict[CardRef, CardHolder | ConnectorError | None]
    ) -> None:
        try:
            found = await self.patients(cards[0].hospital_id, cards)
        except ConnectorError as error:
            outcomes.update(dict.fromkeys(cards, error))
            return
        by_id = {holder.card.patient_id: holder for holder in found}
        for card in cards:
            holder = by_id.get(card.patient_id)
            outcomes[card] = None if holder is None else replace(holder, card=card)

    async def _look_up(self, card: CardRef, outcomes: dict[CardRef, CardHolder | ConnectorError | None]) -> None:
        try:
            outcomes[card] = await self.holder(card)
        except ConnectorError as error:
            outcomes[card] = error


def _cards_topic(identity_number: str) -> str:
    return f"cards of {identity_number}"


def _patient_id(row: Row) -> str:
    return required(row.get("id"))


def _card_in(hospital_id: str, row: Row) -> Mapping[str, object] | None:
    """The card in a row; a person without a card has none that could be bound."""
    number = convert.text(row.get("card_no"))
    return None if number is None else {"card": CardRef(hospital_id, number, _patient_id(row))}


def _given(card: CardRef | None) -> Mapping[str, object] | None:
    return None if card is None else {"card": card}
