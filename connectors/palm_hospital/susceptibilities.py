"""Cultures of bacteria: /lis/bacteria/detail."""

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import listing
from connectors.core.shape import GIVEN, Many, Shape
from connectors.palm_hospital.base import Palm
from connectors.records.people import CardHolder
from connectors.records.susceptibility import Susceptibility, SusceptibilityCategory

_CODES = {
    "S": SusceptibilityCategory.SUSCEPTIBLE,
    "I": SusceptibilityCategory.INTERMEDIATE,
    "R": SusceptibilityCategory.RESISTANT,
    "R*": SusceptibilityCategory.INTRINSICALLY_RESISTANT,
    "N/R": SusceptibilityCategory.NOT_APPLICABLE,
}
# The document describes the letters and prints a word: both are taken.
_WORDS = {
    "敏感": SusceptibilityCategory.SUSCEPTIBLE,
    "中介": SusceptibilityCategory.INTERMEDIATE,
    "耐药": SusceptibilityCategory.RESISTANT,
    "固有耐药": SusceptibilityCategory.INTRINSICALLY_RESISTANT,
    "不适应": SusceptibilityCategory.NOT_APPLICABLE,
}

SUSCEPTIBILITY = Shape(
    Susceptibility,
    card=GIVEN,
    rank="order_no",
    bacterium_name="bacteria_name",
    antibiotic_name="antibacterials_name",
    inhibitory_concentration="result_value",
    inhibition_zone="result_range_kb",
    category=("result_code", convert.one_of(_CODES | _WORDS, SusceptibilityCategory.UNKNOWN)),
)


class Susceptibilities:
    """Implements `connectors.ports.Susceptibilities`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    @endpoint("/lis/bacteria/detail")
    async def susceptibilities(self, holder: CardHolder, culture_id: str) -> list[Susceptibility]:
        """What was tried on a culture (/lis/bacteria/detail), in the laboratory's order."""
        op_flag, report, detail = self._palm.key("/lis/bacteria/detail", culture_id, 3)
        return await self.call(
            "/lis/bacteria/detail",
            holder.card.hospital_id,
            {"report_id": report, "report_detail_id": detail, "op_flag": int(op_flag)},
            listing(Many(SUSCEPTIBILITY, "records"), holder.card),
            self._palm.read(holder.card),
        )
