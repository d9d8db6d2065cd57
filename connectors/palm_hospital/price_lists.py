"""Prices of services: /getElectronicPrescriptionDetail_1609234017475, a path that says nothing of them."""

from connectors.core.claims import endpoint
from connectors.core.readers import listing
from connectors.core.shape import GIVEN, Many, Shape
from connectors.palm_hospital.base import Palm
from connectors.records.prices import ServicePrice

_SECONDS = 300

PRICE = Shape(ServicePrice, hospital_id=GIVEN, id="id", name="name", price="price")


class PriceLists:
    """Implements `connectors.ports.PriceLists`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    @endpoint("/getElectronicPrescriptionDetail_1609234017475")
    async def service_prices(self, hospital_id: str, page: int, size: int) -> list[ServicePrice]:
        """A page of the prices (/getElectronicPrescriptionDetail_1609234017475), whose numbers go out as text.

        The document does not say which number the first page has: it is configured.
        """
        number = page - 1 + self._palm.options.first_price_page
        return await self.call(
            "/getElectronicPrescriptionDetail_1609234017475",
            hospital_id,
            {"page_rows": str(size), "current_page": str(number)},
            listing(Many(PRICE, "records"), hospital_id=hospital_id),
            self._palm.read(f"prices {hospital_id}", _SECONDS),
        )
