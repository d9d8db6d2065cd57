"""Leaflets of medicines."""

from typing import Protocol

from connectors.records.prescriptions import LeafletSection


class DrugLeaflets(Protocol):
    """Leaflets of medicines."""

    async def leaflet(self, hospital_id: str, drug_id: str) -> list[LeafletSection]:
        """Read the leaflet of a medicine."""
        ...
