"""Check-ups that a hospital does not list, or whose examinations it tells one by one."""

from typing import Annotated

import strawberry

from connectors.ports import Connection
from connectors.records.base import CardRef
from connectors.records.checkup_reports import CheckupExamination, CheckupReport, CheckupReportDetail
from connectors.records.people import CardHolder
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.access_control.withholding import shown
from resolvers.context import Context, GraphInfo
from resolvers.diagnostic_reports.reports import list_checkup_reports
from resolvers.merging import whole_history
from resolvers.offers import offered
from resolvers.patients.people import CardAtHospital
from resolvers.writes import checks

Number = Annotated[str, strawberry.argument(description="Number of the check-up, as on its form (体检号).")]


async def numbered(root: CardAtHospital, info: GraphInfo, number: Number) -> CheckupReport | None:
    """Find the holder's check-up by its number: by itself where the hospital can, else in the list."""
    context, wanted = info.context, checks.text(number, "number")
    if context.loaders.connection(root.card.hospital_id).numbered_checkups is None:
        listed = await context.loaders.one(list_checkup_reports, root.card, whole_history(context))
        found = next((report for report in listed if report.number == wanted), None)
    else:
        holder = await context.loaders.holder(root.card)
        found = await context.loaders.alone(_numbered, holder, wanted)
    return _if_shown(found, context)


async def again(context: Context, card: CardRef, report_id: str) -> CheckupReport | None:
    """Read a check-up by its key."""
    return _if_shown(await context.loaders.alone(_again, await context.loaders.holder(card), report_id), context)


async def examinations(root: CheckupReportDetail, info: GraphInfo) -> list[CheckupExamination]:
    """List what was examined; asked for only where the report did not say so. What is withheld names no report."""
    if root.examinations or root.report_id is None:
        return root.examinations
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_examinations, holder, root.report_id)


def _if_shown(report: CheckupReport | None, context: Context) -> CheckupReport | None:
    return report if report is not None and shown(report, context.access) else None


@needs(Resource.DIAGNOSTIC_REPORT, Action.SEARCH)
async def _numbered(connection: Connection, holder: CardHolder, number: str) -> CheckupReport | None:
    return await offered(connection.numbered_checkups).numbered_checkup(holder, number)


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _again(connection: Connection, holder: CardHolder, report_id: str) -> CheckupReport | None:
    return await offered(connection.numbered_checkups).checkup(holder, report_id)


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _examinations(connection: Connection, holder: CardHolder, report_id: str) -> list[CheckupExamination]:
    return await offered(connection.numbered_checkups).checkup_examinations(holder, report_id)
