"""What can be spent of a card (卡可用余额)."""

from connectors.ports import Connection
from connectors.records.base import CardRef
from connectors.records.card_funds import CardFunds
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.offers import offered
from resolvers.patients.people import CardAtHospital


async def funds(root: CardAtHospital, info: GraphInfo) -> CardFunds | None:
    """Look up what can be spent."""
    return await info.context.loaders.alone(_funds, root.card)


@needs(Resource.ACCOUNT, Action.READ)
async def _funds(connection: Connection, card: CardRef) -> CardFunds | None:
    return await offered(connection.funds).funds(card)
