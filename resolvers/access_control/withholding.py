"""What of reports is withheld from patients, on every way to it: rows, contents, printed forms, images."""

from typing import Any, Protocol, TypeVar

from connectors.records.base import CardRef, DocumentedEnum
from connectors.records.reports import DiagnosticReport, ReportStatus
from resolvers.access_control.access import Access
from resolvers.context import Context, GraphInfo
from resolvers.loaders import Single


class Withheld(DocumentedEnum):
    """Why a report does not show its content (不予展示原因)."""

    SENSITIVE = "SENSITIVE", "A sensitive report; a doctor tells the person (敏感报告)."
    NOT_AUDITED = "NOT_AUDITED", "Not audited yet, or recalled (未审核或已召回)."


class Detail(Protocol):
    """The content of any kind of report."""

    card: CardRef
    audited: bool
    sensitive: bool

    def __init__(self, *, card: CardRef, audited: bool = ..., sensitive: bool = ...) -> None:
        """Make one without content."""
        ...


D = TypeVar("D", bound=Detail)


async def content(root: DiagnosticReport, info: GraphInfo, read: "Single[D | None]", emptied: type[D]) -> D | None:
    """Read the detail, emptied of what is withheld; what is withheld by the row is not even asked for."""
    access = info.context.access
    if withheld_row(root, access):
        return emptied(card=root.card, sensitive=root.sensitive, audited=root.status is ReportStatus.FINAL)
    found = await detail(info.context, root.card, root.id, read)
    if found is None or withheld_detail(found, access) is None:
        return found
    return emptied(card=found.card, sensitive=found.sensitive, audited=found.audited)


async def detail(context: Context, card: CardRef, report_id: str, read: "Single[D | None]") -> D | None:
    """Read the detail as it is."""
    holder = await context.loaders.holder(card)
    return await context.loaders.alone(read, holder, report_id)


def shown(report: DiagnosticReport, access: Access) -> bool:
    """Say whether the asker may know of the report at all: patients not of one that is unaudited or recalled."""
    return access.sees_withheld or report.status in {ReportStatus.FINAL, ReportStatus.UNKNOWN}


def withheld(root: Any, info: GraphInfo) -> Withheld | None:
    """Say why the content is not shown."""
    return withheld_detail(root, info.context.access)


def withheld_detail(found: Detail, access: Access) -> Withheld | None:
    """Say why the content is not shown, by what the content says of itself."""
    if access.sees_withheld:
        return None
    if not found.audited:
        return Withheld.NOT_AUDITED
    return Withheld.SENSITIVE if found.sensitive else None


def withheld_row(report: DiagnosticReport, access: Access) -> bool:
    """Decide by the row where it suffices: the hospital is then not even asked."""
    if access.sees_withheld:
        return False
    return report.sensitive or not shown(report, access)
