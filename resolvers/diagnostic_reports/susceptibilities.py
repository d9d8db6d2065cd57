"""Which antibiotics act on what grew in a laboratory's cultures."""

from connectors.core.concurrency import together
from connectors.ports import Connection
from connectors.records.people import CardHolder
from connectors.records.reports import LabReportDetail
from connectors.records.susceptibility import Susceptibility
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.offers import offered


async def susceptibilities(root: LabReportDetail, info: GraphInfo) -> list[Susceptibility]:
    """List what was tried on all cultures of a report, in the laboratory's order; what is withheld names none."""
    if not root.culture_ids:
        return []
    loaders, holder = info.context.loaders, await info.context.loaders.holder(root.card)
    found = await together(*(loaders.alone(_susceptibilities, holder, culture) for culture in root.culture_ids))
    return [each for culture in found for each in sorted(culture, key=lambda row: row.rank or 0)]


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _susceptibilities(connection: Connection, holder: CardHolder, culture_id: str) -> list[Susceptibility]:
    return await offered(connection.susceptibilities).susceptibilities(holder, culture_id)
