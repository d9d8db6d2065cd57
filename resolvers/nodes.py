"""Anything by its global id, under the same rules as everywhere else."""

from collections.abc import Awaitable, Callable
from typing import Any

from connectors.records.base import CardRef
from connectors.records.problems import ProblemCode
from resolvers.access_control.withholding import shown
from resolvers.clinical_records import prescriptions, visits
from resolvers.communication import education
from resolvers.context import Context, GraphInfo
from resolvers.diagnostic_reports import checkup_reports, reports
from resolvers.diagnostic_tests import examinations
from resolvers.facilities import hospitals
from resolvers.finance import billing, insurance, invoices
from resolvers.global_id import NodeKey
from resolvers.inpatient import admission_applications, admissions
from resolvers.merging import whole_history
from resolvers.outpatient.appointments import kept_registration, load_appointments
from resolvers.patients import cards, people
from resolvers.problems import Problem


async def node(info: GraphInfo, global_id: str) -> Any:
    """Return what the id names; None when the hospital no longer lists it.

    Raises Problem BAD_INPUT for an id that this server did not write, FORBIDDEN for one out of reach.
    """
    context = info.context
    key = context.services.ids.read(global_id)
    if key.kind == "Hospital":
        return hospitals.by_id(context, key.hospital_id)
    if key.kind == "Department":
        found = await hospitals.departments(hospitals.by_id(context, key.hospital_id), info)
        return _pick(found, key)
    if key.kind == "Patient":
        return await people.find_patient(info, global_id)
    if key.card is None or key.kind not in _OF_CARD:
        raise Problem(ProblemCode.BAD_INPUT, "标识类型不符", field="id")
    context.access.reach(key.card)
    return await _OF_CARD[key.kind](context, key, key.card)


def _pick(listed: list[Any], key: NodeKey) -> Any:
    return next((record for record in listed if record.id == key.local_id), None)


async def _card(_context: Context, _key: NodeKey, card: CardRef) -> Any:
    return cards.of_ref(card)


async def _charge(context: Context, key: NodeKey, card: CardRef) -> Any:
    sheet = await billing.load_charge_sheet(context, card)
    return _pick(sheet.charges if sheet else [], key)


async def _appointment(context: Context, key: NodeKey, card: CardRef) -> Any:
    listed = _pick(await load_appointments(context, card, whole_history(context)), key)
    return listed or await kept_registration(context, card, key.local_id)


async def _discharge(context: Context, key: NodeKey, card: CardRef) -> Any:
    return _pick(await admissions.load_discharges(context, card), key)


async def _insurance_order(context: Context, key: NodeKey, card: CardRef) -> Any:
    return _pick(await insurance.load_unfinished(context, card), key)


def _listed(batch: Callable[..., Awaitable[Any]]) -> Callable[[Context, NodeKey, CardRef], Awaitable[Any]]:
    async def find(context: Context, key: NodeKey, card: CardRef) -> Any:
        return _pick(await context.loaders.one(batch, card, whole_history(context)), key)

    return find


def _report(batch: Callable[..., Awaitable[Any]]) -> Callable[[Context, NodeKey, CardRef], Awaitable[Any]]:
    async def find(context: Context, key: NodeKey, card: CardRef) -> Any:
        found = await _listed(batch)(context, key, card)
        return found if found is not None and shown(found, context.access) else None

    return find


async def _checkup_report(context: Context, key: NodeKey, card: CardRef) -> Any:
    if context.loaders.connection(card.hospital_id).numbered_checkups is None:
        return await _report(reports.list_checkup_reports)(context, key, card)
    return await checkup_reports.again(context, card, key.local_id)


def _listed_whole(call: Callable[..., Awaitable[Any]]) -> Callable[[Context, NodeKey, CardRef], Awaitable[Any]]:
    async def find(context: Context, key: NodeKey, card: CardRef) -> Any:
        return _pick(await context.loaders.alone(call, await context.loaders.holder(card)), key)

    return find


_OF_CARD: dict[str, Callable[[Context, NodeKey, CardRef], Awaitable[Any]]] = {
    "Card": _card,
    "Charge": _charge,
    "Appointment": _appointment,
    "Bill": _listed(billing.list_bills),
    "InsuranceOrder": _insurance_order,
    "ElectronicInvoice": _listed(invoices.list_invoices),
    "Visit": _listed(visits.list_visits),
    "LabReport": _report(reports.list_reports),
    "ImagingReport": _report(reports.list_reports),
    "EcgReport": _report(reports.list_ecg_reports),
    "PathologyReport": _report(reports.list_pathology_reports),
    "CheckupReport": _checkup_report,
    "Prescription": _listed(prescriptions.list_prescriptions),
    "Discharge": _discharge,
    "ExaminationOrder": _listed_whole(examinations.list_orders),
    "AdmissionApplication": _listed_whole(admission_applications.list_applications),
    "PatientEducation": _listed_whole(education.list_educations),
}
