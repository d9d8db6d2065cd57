"""Visits and medical records."""

from collections.abc import Sequence

from connectors.ports import Connection, Outcomes
from connectors.records.base import CardRef, Period
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.visits import MedicalRecord, Visit
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.merging import listed
from resolvers.offers import offered
from resolvers.pages import Position, position


async def medical_record(root: Visit, info: GraphInfo) -> MedicalRecord | None:
    """Read what was written down about a visit."""
    return await info.context.loaders.alone(_medical_record, root.card, root.id)


@needs(Resource.ENCOUNTER, Action.SEARCH)
async def list_visits(connection: Connection, holders: Sequence[CardHolder], when: Period) -> Outcomes[list[Visit]]:
    """Ask one system for the visits of several people."""
    return await offered(connection.visits).visits(holders, when)


@needs(Resource.COMPOSITION, Action.READ)
async def _medical_record(connection: Connection, card: CardRef, visit_id: str) -> MedicalRecord | None:
    return await offered(connection.visits).medical_record(card, visit_id)


def _place(visit: Visit) -> Position:
    return position(visit.started_at, visit.card.hospital_id, visit.id)


visits = listed(Capability.VISITS, list_visits, _place)
