"""Leaflets of medicines: about nobody, whoever was prescribed them."""

from connectors.ports import Connection
from connectors.records.prescriptions import LeafletSection, PrescribedDrug
from resolvers.context import GraphInfo
from resolvers.offers import offered


async def leaflet(root: PrescribedDrug, info: GraphInfo) -> list[LeafletSection] | None:
    """Read the leaflet; None for a medicine that the hospital gives no key."""
    if root.drug_id is None or root.card is None:
        return None
    return await info.context.loaders.public(_leaflet, root.card.hospital_id, root.drug_id)


async def _leaflet(connection: Connection, hospital_id: str, drug_id: str) -> list[LeafletSection]:
    return await offered(connection.drug_leaflets).leaflet(hospital_id, drug_id)
