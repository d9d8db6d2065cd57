"""What services cost."""

from collections.abc import Sequence

from connectors.ports import Connection
from connectors.records.prices import ServicePrice
from resolvers.context import GraphInfo
from resolvers.facilities.hospitals import Hospital
from resolvers.offers import offered
from resolvers.pages import After, First
from resolvers.windows import SIZE, OpenWindow, open_window


async def service_prices(
    root: Hospital, info: GraphInfo, first: First = 20, after: After = None
) -> OpenWindow[ServicePrice]:
    """List the prices of a hospital."""

    async def load(page: int) -> Sequence[ServicePrice]:
        return await info.context.loaders.public(_service_prices, root.hospital_id, page)

    return await open_window(load, first, after)


async def _service_prices(connection: Connection, hospital_id: str, page: int) -> Sequence[ServicePrice]:
    return await offered(connection.price_lists).service_prices(hospital_id, page, SIZE)
