"""Prescriptions: /getElectronicPrescriptionBasicInfo, /getElectronicPrescriptionDetail."""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.outcomes import outcomes
from connectors.core.readers import Reader, listing
from connectors.core.shape import GIVEN, Many, One, Row, Shape, Whole
from connectors.errors import ConnectorError
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.cards import Cards
from connectors.palm_hospital.words import joined_moment, price
from connectors.records.base import CardRef, Period
from connectors.records.people import CardHolder
from connectors.records.prescriptions import PrescribedDrug, Prescription, PrescriptionDetail


def _quantity(row: Row) -> str | None:
    quantity = convert.text(row.get("quantity"))
    return None if quantity is None else f"{quantity}{convert.text(row.get('unit')) or ''}"


PRESCRIPTION = Shape(
    Prescription,
    id="id",
    card=GIVEN,
    prescribed_at="bill_time",
    department_name="dept_name",
    total="total",
)
DRUG = Shape(
    PrescribedDrug,
    card=GIVEN,
    name="item_name",
    quantity=Whole(_quantity),
    category="item_category",
    unit_price=("price", price),
    total="total",
)
DETAIL = Shape(
    PrescriptionDetail,
    card=GIVEN,
    # Described as date and time, although the name says date.
    prescribed_at="bill_date",
    charged_at=Whole(lambda row: joined_moment(row, "charge_date", "charge_time")),
    department_name="dept_name",
    doctor_name="doctor_name",
)

_DETAIL = One(DETAIL, "record")
_DRUGS = Many(DRUG, "record")


def _detail(card: CardRef) -> Reader[PrescriptionDetail | None]:
    """Read the record twice: it is the prescription and its one medicine; of a list, each row is a medicine."""

    def read(body: Mapping[str, Any]) -> PrescriptionDetail | None:
        found = _DETAIL.read(body, {"card": card})
        if found is not None:
            found.drugs = _DRUGS.read(body, {"card": card})
        return found

    return Reader(PrescriptionDetail | None, read, lambda: None, about=f"{card.hospital_id} {card.number}")


class Prescriptions:
    """Implements `connectors.ports.Prescriptions`."""

    def __init__(self, palm: Palm, cards: Cards) -> None:
        """Take the system, and where references are completed."""
        self._palm = palm
        self._cards = cards
        self.call = palm.call

    async def prescriptions(
        self, holders: Sequence[CardHolder], period: Period
    ) -> list[list[Prescription] | ConnectorError]:
        """Prescriptions in a period; the interface itself takes none."""
        return await outcomes(*(self._prescriptions_of(holder.card, period) for holder in holders))

    async def prescription(self, card: CardRef, prescription_id: str) -> PrescriptionDetail | None:
        """Content of a prescription."""
        identified = await self._cards.identified(card)
        return None if identified is None else await self.prescription_detail(identified, prescription_id)

    @endpoint("/getElectronicPrescriptionBasicInfo")
    async def prescription_list(self, card: CardRef) -> list[Prescription]:
        """All prescriptions of a person (/getElectronicPrescriptionBasicInfo)."""
        return await self.call(
            "/getElectronicPrescriptionBasicInfo",
            card.hospital_id,
            {"patient_id": self._palm.patient_id(card)},
            listing(Many(PRESCRIPTION, "records"), card),
            self._palm.read(card),
        )

    @endpoint("/getElectronicPrescriptionDetail")
    async def prescription_detail(self, card: CardRef, prescription_id: str) -> PrescriptionDetail | None:
        """Content of a prescription (/getElectronicPrescriptionDetail)."""
        return await self.call(
            "/getElectronicPrescriptionDetail",
            card.hospital_id,
            {"patient_id": self._palm.patient_id(card), "recipe_id": prescription_id},
            _detail(card),
            self._palm.read(card),
        )

    async def _prescriptions_of(self, card: CardRef, period: Period) -> list[Prescription]:
        return [found for found in await self.prescription_list(card) if period.holds(found.prescribed_at)]
