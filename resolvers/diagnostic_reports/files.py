"""Files of reports: where they can be fetched, and what is fetched there."""

import base64
import binascii
from dataclasses import dataclass

from connectors.core.files import ByteRange, FileStream, stream_of
from connectors.core.kinds import subject_of
from connectors.ports import Connection
from connectors.records.checkup_reports import CheckupExamination
from connectors.records.nucleic_acid import NucleicAcidTest
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.report_files import Attachment, ImageInstance, ImageSeries
from connectors.records.reports import DiagnosticReport, ReportKind
from resolvers.access_control.access import need_of, needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.access_control.withholding import withheld_detail, withheld_row
from resolvers.context import Context, GraphInfo
from resolvers.diagnostic_reports.file_addresses import FileLink, FileSource, ReportFile
from resolvers.diagnostic_reports.reports import detail_of
from resolvers.offers import offered
from resolvers.problems import Problem

_DICOM = "application/dicom"
# A longer address of a file makes one of ours that proxies do not let through.
_LONGEST_PLACE = 1500


async def pdf(root: DiagnosticReport, info: GraphInfo) -> FileLink | None:
    """Link to the printed form that the hospital named in its list."""
    return await _link(root, info, _named(root, info.context))


async def lab_pdf(root: DiagnosticReport, info: GraphInfo) -> FileLink | None:
    """Link to the printed form that the list named, or that the hospital is asked for."""
    named = _named(root, info.context)
    asks = info.context.loaders.connection(root.card.hospital_id).report_files is not None
    return await _link(root, info, named or (_file(root, FileSource.LAB_FILE) if asks else None))


async def nucleic_acid_pdf(root: NucleicAcidTest, info: GraphInfo) -> FileLink | None:
    """Link to the printed form that the hospital named; no test is withheld."""
    address, files = root.pdf_address, info.context.loaders.connection(root.card.hospital_id).files
    if address is None or files is None or not files.fetches(root.card.hospital_id, address):
        return None
    printed = ReportFile(
        card=root.card,
        kind=ReportKind.NUCLEIC_ACID_TEST,
        report_id=root.specimen_number or "",
        source=FileSource.ADDRESS,
        place=address,
    )
    return _made(info.context, printed)


async def ecg_image(root: DiagnosticReport, info: GraphInfo) -> FileLink | None:
    """Link to the tracing."""
    return await _link(root, info, _file(root, FileSource.ECG_IMAGE))


async def pathology_file(root: DiagnosticReport, info: GraphInfo) -> FileLink | None:
    """Link to the report as a file."""
    return await _link(root, info, _file(root, FileSource.PATHOLOGY_FILE))


async def checkup_image(root: CheckupExamination, info: GraphInfo) -> FileLink | None:
    """Link to the image of an examination of a check-up."""
    return _of_checkup(root, root.imaging.image_address if root.imaging else None, info.context)


async def checkup_film(root: CheckupExamination, info: GraphInfo) -> FileLink | None:
    """Link to its electronic film."""
    return _of_checkup(root, root.imaging.film_address if root.imaging else None, info.context)


async def image_series(root: DiagnosticReport, info: GraphInfo) -> list[ImageSeries]:
    """List the images of a report; none of what is withheld."""
    if await _is_withheld(root, info.context):
        return []
    holder = await info.context.loaders.holder(root.card)
    return await info.context.loaders.alone(_image_series, holder, root.id)


def thumbnail(root: ImageSeries, info: GraphInfo) -> FileLink | None:
    """Link to the small image of a series."""
    return _image_link(root, info.context, ImageInstance(address=root.thumbnail_address))


def images(root: ImageSeries, info: GraphInfo) -> list[FileLink]:
    """Link to the images of a series that this server can fetch."""
    links = (_image_link(root, info.context, instance) for instance in root.instances)
    return [link for link in links if link is not None]


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file on its way, and what it is."""

    stream: FileStream
    content_type: str | None


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def open_file(context: Context, file: ReportFile, part: ByteRange | None) -> OpenedFile:
    """Open a file for whoever the context is of; the caller closes the stream.

    Raises Problem, ConnectorError, UnsatisfiableRange.
    """
    need = need_of(open_file)
    context.access.require(need, file.card)
    await _require_shown(context, file)
    connection = context.loaders.connection(file.card.hospital_id)
    opened = await _opened(context, connection, file, part)
    context.origins.asked.add(subject_of(file.card))
    context.access.see(need.resource, file.card)
    return opened


async def _require_shown(context: Context, file: ReportFile) -> None:
    """Ask once more: a report may have been recalled since the address was made."""
    if context.access.sees_withheld:
        return
    detail = await detail_of(context, file.kind, file.card, file.report_id)
    if detail is not None and withheld_detail(detail, context.access):
        raise Problem(ProblemCode.FORBIDDEN, "该报告不予在线展示，请到医院咨询")


async def _opened(context: Context, connection: Connection, file: ReportFile, part: ByteRange | None) -> OpenedFile:
    hospital_id = file.card.hospital_id
    if file.source is FileSource.ADDRESS:
        return _told(await offered(connection.files).fetch(hospital_id, file.place, part))
    if file.source is FileSource.IMAGE:
        return OpenedFile(await offered(connection.report_files).image(hospital_id, file.place, part), _DICOM)
    holder = await context.loaders.holder(file.card)
    attachment = await context.loaders.alone(_ATTACHMENTS[file.source], holder, file.report_id)
    if attachment is None or not (attachment.address or attachment.content):
        raise Problem(ProblemCode.NOT_FOUND, "未查询到文件")
    files = connection.files
    if attachment.address and files and (files.fetches(hospital_id, attachment.address) or not attachment.content):
        return _told(await files.fetch(hospital_id, attachment.address, part))
    stream = stream_of(_content(attachment), part, attachment.content_type)
    return OpenedFile(stream, attachment.content_type)


def _told(stream: FileStream) -> OpenedFile:
    return OpenedFile(stream, stream.content_type)


def _content(attachment: Attachment) -> bytes:
    written = "".join((attachment.content or "").split())
    try:
        return base64.b64decode(written, validate=True)
    except binascii.Error:
        raise Problem(ProblemCode.UPSTREAM_MALFORMED, "医院返回的文件无法读取") from None


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _image_series(connection: Connection, holder: CardHolder, report_id: str) -> list[ImageSeries]:
    return await offered(connection.report_files).image_series(holder, report_id)


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _lab_file(connection: Connection, holder: CardHolder, report_id: str) -> Attachment | None:
    return await offered(connection.report_files).lab_file(holder, report_id)


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _ecg_image(connection: Connection, holder: CardHolder, report_id: str) -> Attachment | None:
    return await offered(connection.ecg_reports).ecg_image(holder, report_id)


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _pathology_file(connection: Connection, holder: CardHolder, report_id: str) -> Attachment | None:
    return await offered(connection.pathology_reports).pathology_file(holder, report_id)


_ATTACHMENTS = {
    FileSource.LAB_FILE: _lab_file,
    FileSource.ECG_IMAGE: _ecg_image,
    FileSource.PATHOLOGY_FILE: _pathology_file,
}


def _file(report: DiagnosticReport, source: FileSource, place: str = "") -> ReportFile:
    return ReportFile(card=report.card, kind=report.kind, report_id=report.id, source=source, place=place)


def _named(report: DiagnosticReport, context: Context) -> ReportFile | None:
    """The printed form by the address in the list, where that is one that this server fetches from."""
    address, files = report.pdf_address, context.loaders.connection(report.card.hospital_id).files
    if address is None or files is None or not files.fetches(report.card.hospital_id, address):
        return None
    return _file(report, FileSource.ADDRESS, address)


def _of_checkup(examination: CheckupExamination, address: str | None, context: Context) -> FileLink | None:
    """Link to a file of an examination, which is only shown where the check-up is."""
    imaging, report_id = examination.imaging, examination.report_id
    if imaging is None or report_id is None or address is None:
        return None
    hospital_id = imaging.card.hospital_id
    if not offered(context.loaders.connection(hospital_id).files).fetches(hospital_id, address):
        return None
    file = ReportFile(
        card=imaging.card, kind=ReportKind.CHECKUP, report_id=report_id, source=FileSource.ADDRESS, place=address
    )
    return _made(context, file)


async def _link(root: DiagnosticReport, info: GraphInfo, file: ReportFile | None) -> FileLink | None:
    if file is None or await _is_withheld(root, info.context):
        return None
    return _made(info.context, file)


async def _is_withheld(report: DiagnosticReport, context: Context) -> bool:
    """Decide by the row, and by the content too: either may be the only one that tells."""
    if context.access.sees_withheld:
        return False
    if withheld_row(report, context.access):
        return True
    detail = await detail_of(context, report.kind, report.card, report.id)
    return detail is not None and withheld_detail(detail, context.access) is not None


def _image_link(series: ImageSeries, context: Context, instance: ImageInstance) -> FileLink | None:
    hospital_id = series.card.hospital_id
    connection = context.loaders.connection(hospital_id)
    if instance.address and offered(connection.files).fetches(hospital_id, instance.address):
        source, place = FileSource.ADDRESS, instance.address
    elif instance.key and offered(connection.report_files).streams_images(hospital_id):
        source, place = FileSource.IMAGE, instance.key
    else:
        return None
    of_report = ReportFile(
        card=series.card, kind=ReportKind.IMAGING, report_id=series.report_id, source=source, place=place
    )
    return _made(context, of_report)


def _made(context: Context, file: ReportFile) -> FileLink | None:
    if len(file.place) > _LONGEST_PLACE:
        return None
    return context.services.files.make(context.principal, file, context.services.clock())
