"""People as the platform has registered them (document chapter 1.3)."""

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import single
from connectors.core.shape import GIVEN, One, Shape
from connectors.prefront.base import Prefront
from connectors.records.base import CardRef
from connectors.records.people import CardHolder, Gender

HOLDER = Shape(
    CardHolder,
    card=GIVEN,
    name="name",
    gender=("gender", convert.one_of({"1": Gender.MALE, "2": Gender.FEMALE}, Gender.UNKNOWN)),
    birth_date="birthdate",
    identity_number="idCardNo",
    phone="phone",
    address="address",
)


class Patients:
    """The people behind the platform's electronic cards."""

    def __init__(self, prefront: Prefront) -> None:
        """Take the platform."""
        self._prefront = prefront
        self.call = prefront.call

    @endpoint("1.3.1")
    async def holder(self, card: CardRef) -> CardHolder | None:
        """Holder of a card (1.3.1); card numbers are the platform's own, whatever the hospital."""
        return await self.call(
            "1.3.1",
            # The table spells it with a capital M; example and code sample as here.
            {"medicalCardNumber": card.number},
            single(One(HOLDER, "data"), card),
            self._prefront.read(card),
        )
