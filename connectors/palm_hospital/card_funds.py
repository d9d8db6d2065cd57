"""What can be spent of a card: /get_patient."""

from connectors.core.claims import endpoint
from connectors.core.readers import single
from connectors.core.shape import GIVEN, One, Shape
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.cards import Cards
from connectors.records.base import CardRef
from connectors.records.card_funds import CardFunds

_BY_PATIENT_ID = "PATIENT_ID"
_BALANCE_SECONDS = 10

FUNDS = Shape(
    CardFunds,
    card=GIVEN,
    balance="BALANCE",
    lowest_balance="BALANCE_MIN",
    available="AVAILABLE_BALANCE",
    patient_category="PATIENT_TYPE_NAME",
)


class Funds:
    """Implements `connectors.ports.Funds`."""

    def __init__(self, palm: Palm, cards: Cards) -> None:
        """Take the system, and where references are completed."""
        self._palm = palm
        self._cards = cards
        self.call = palm.call

    async def funds(self, card: CardRef) -> CardFunds | None:
        """What can be spent; the person is named by the hospital's own key."""
        identified = await self._cards.identified(card)
        return None if identified is None else await self.patient_funds(identified)

    @endpoint("/get_patient")
    async def patient_funds(self, card: CardRef) -> CardFunds | None:
        """Money of a patient (/get_patient): the only way to ask is by patient id."""
        return await self.call(
            "/get_patient",
            card.hospital_id,
            {"QUERY_TYPE": _BY_PATIENT_ID, "FIELD1": self._palm.patient_id(card)},
            single(One(FUNDS, "DATA"), card),
            self._palm.read(card, _BALANCE_SECONDS),
        )
