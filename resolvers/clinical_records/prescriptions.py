"""Prescriptions."""

from collections.abc import Sequence

from connectors.ports import Connection, Outcomes
from connectors.records.base import CardRef, Period
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from connectors.records.prescriptions import Prescription, PrescriptionDetail
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.merging import listed
from resolvers.offers import offered
from resolvers.pages import Position, position


async def detail(root: Prescription, info: GraphInfo) -> PrescriptionDetail | None:
    """Read a prescription."""
    return await info.context.loaders.alone(_detail, root.card, root.id)


@needs(Resource.MEDICATION_REQUEST, Action.SEARCH)
async def list_prescriptions(
    connection: Connection, holders: Sequence[CardHolder], when: Period
) -> Outcomes[list[Prescription]]:
    """Ask one system for the prescriptions of several people."""
    return await offered(connection.prescriptions).prescriptions(holders, when)


@needs(Resource.MEDICATION_REQUEST, Action.READ)
async def _detail(connection: Connection, card: CardRef, prescription_id: str) -> PrescriptionDetail | None:
    return await offered(connection.prescriptions).prescription(card, prescription_id)


def _place(prescription: Prescription) -> Position:
    return position(prescription.prescribed_at, prescription.card.hospital_id, prescription.id)


prescriptions = listed(Capability.PRESCRIPTIONS, list_prescriptions, _place)
