"""Leaflets of medicines (document chapter 38)."""

from connectors.core.claims import endpoint
from connectors.core.plain_text import plain_text
from connectors.core.readers import listing
from connectors.core.shape import Many, Shape
from connectors.records.prescriptions import LeafletSection
from connectors.regional_wechat.base import Regional

# A leaflet changes with its medicine, not from day to day.
_LEAFLET_SECONDS = 86400.0

SECTION = Shape(LeafletSection, title="cpiTitle", content=("mpiContent", plain_text))


class DrugLeaflets:
    """Implements `connectors.ports.DrugLeaflets`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("38.1.3")
    async def leaflet(self, hospital_id: str, drug_id: str) -> list[LeafletSection]:
        """Leaflet of a medicine (38.1.3), section by section."""
        return await self.call(
            "hospital.interface.getDrugExplanatoryMemorandum",
            hospital_id,
            {"hospitalId": self._regional.upstream_id(hospital_id), "drugId": drug_id},
            listing(Many(SECTION, "data")),
            self._regional.read(f"leaflets {hospital_id}", _LEAFLET_SECONDS),
        )
