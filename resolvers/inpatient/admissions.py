"""Stays in hospital: who is in one and was, for the person and for those who work there."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

import strawberry

from connectors.ports import Connection, Outcomes
from connectors.records.base import CardRef
from connectors.records.hospitals import Capability
from connectors.records.inpatient import Admission, Discharge, Inpatient
from connectors.records.people import CardHolder
from connectors.records.prescriptions import PrescriptionDetail
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.facilities.hospitals import Hospital
from resolvers.merging import Hospitals, Merged, merge, side_by_side
from resolvers.offers import offered
from resolvers.pages import After, First, Position, position
from resolvers.patients.people import CardAtHospital, Patient, of_card
from resolvers.writes import checks

Below = Annotated[
    Decimal | None,
    strawberry.argument(description="Least deposit in yuan; the hospital's own limit when left out (押金最低额度)."),
]


async def admission(root: CardAtHospital, info: GraphInfo) -> Admission | None:
    """Read the stay that lasts, or the last one."""
    return await load_admission(info.context, root.card)


async def load_admission(context: Context, card: CardRef) -> Admission | None:
    """Read the stay of a card that lasts, or the last one."""
    return await context.loaders.alone(_admission, await context.loaders.holder(card))


async def admissions(root: CardAtHospital, info: GraphInfo) -> list[Admission]:
    """List all stays at the card's hospital."""
    return await load_admissions(info.context, root.card)


async def load_admissions(context: Context, card: CardRef) -> list[Admission]:
    """List all stays of a card."""
    return await context.loaders.alone(_admissions, await context.loaders.holder(card))


async def discharges(
    root: Patient, info: GraphInfo, first: First = 20, after: After = None, hospitals: Hospitals = None
) -> Merged[Discharge]:
    """List stays that have ended, over all hospitals."""

    async def load(card: CardRef) -> list[Discharge]:
        return await load_discharges(info.context, card)

    ask = side_by_side(load)
    return await merge(
        info, root, Capability.DISCHARGES, ask, _discharged, first=first, after=after, hospitals=hospitals
    )


async def load_discharges(context: Context, card: CardRef) -> list[Discharge]:
    """List the stays of a card that have ended."""
    return await context.loaders.alone(_discharges, await context.loaders.holder(card))


async def medicines(root: Discharge, info: GraphInfo) -> PrescriptionDetail | None:
    """Read which medicines were given along."""
    return await info.context.loaders.alone(_medicines, root.card, root.id)


async def inpatients(root: Hospital, info: GraphInfo) -> list[Inpatient]:
    """List everybody who is in the hospital."""
    return await info.context.loaders.of_hospitals(_inpatients, root.hospital_id)


async def in_arrears(root: Hospital, info: GraphInfo, below: Below = None) -> list[Inpatient]:
    """List those who have less deposit left than the amount."""
    checked = None if below is None else checks.amount(below, "below")
    return await info.context.loaders.of_hospitals(_in_arrears, root.hospital_id, checked)


def patient(root: Inpatient, info: GraphInfo) -> Patient | None:
    """Return the person of an inpatient; None for one without a card."""
    return of_card(info.context, root.card) if root.card.number else None


@needs(Resource.ENCOUNTER, Action.READ)
async def _admission(connection: Connection, holder: CardHolder) -> Admission | None:
    return await offered(connection.admissions).admission(holder)


@needs(Resource.ENCOUNTER, Action.SEARCH)
async def _admissions(connection: Connection, holder: CardHolder) -> list[Admission]:
    return await offered(connection.admissions).admissions(holder)


@needs(Resource.ENCOUNTER, Action.SEARCH)
async def _discharges(connection: Connection, holder: CardHolder) -> list[Discharge]:
    return await offered(connection.discharges).discharges(holder)


@needs(Resource.MEDICATION_REQUEST, Action.READ)
async def _medicines(connection: Connection, card: CardRef, discharge_id: str) -> PrescriptionDetail | None:
    return await offered(connection.discharges).medicines(card, discharge_id)


@needs(Resource.ENCOUNTER, Action.SEARCH)
async def _inpatients(connection: Connection, hospital_ids: Sequence[str]) -> Outcomes[list[Inpatient]]:
    return await offered(connection.inpatients).inpatients(hospital_ids)


@needs(Resource.ENCOUNTER, Action.SEARCH)
async def _in_arrears(
    connection: Connection, hospital_ids: Sequence[str], below: Decimal | None
) -> Outcomes[list[Inpatient]]:
    return await offered(connection.inpatients).in_arrears(hospital_ids, below)


def _discharged(discharge: Discharge) -> Position:
    return position(discharge.discharged_at, discharge.card.hospital_id, discharge.id)
