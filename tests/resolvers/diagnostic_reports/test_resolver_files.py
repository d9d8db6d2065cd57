"""Links to files of reports, and files that are opened through them."""

import dataclasses
from typing import Any

import pytest

from connectors.core.files import ByteRange, FileStream, stream_of
from connectors.ports import Connection
from connectors.records.nucleic_acid import NucleicAcidTest
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.report_files import Attachment, ImageInstance, ImageSeries
from connectors.records.reports import DiagnosticReport, LabReportDetail, ReportKind, ReportStatus
from connectors.registry import Registry
from resolvers.context import Context
from resolvers.diagnostic_reports import files
from resolvers.diagnostic_reports.file_addresses import PREFIX, FileSource, ReportFile
from resolvers.problems import Problem
from tests.resolvers.fakes import MINE, NOW, PATIENT, STAFF, STRANGERS, Region

ROW: dict[str, Any] = {"id": "r", "card": MINE, "kind": ReportKind.LAB, "title": "t"}


class Archive:
    """Files of one hospital, below http://h; `attachment` is what it answers when it is asked."""

    def __init__(self, attachment: Attachment | None = None) -> None:
        self.attachment = attachment
        self.asked: list[str] = []

    def fetches(self, _hospital_id: str, address: str) -> bool:
        return address.startswith("http://h/")

    async def fetch(self, _hospital_id: str, address: str, part: ByteRange | None) -> FileStream:
        self.asked.append(address)
        return stream_of(b"fetched", part, "text/html")

    def streams_images(self, _hospital_id: str) -> bool:
        return True

    async def image(self, _hospital_id: str, key: str, part: ByteRange | None) -> FileStream:
        self.asked.append(key)
        return stream_of(b"DICM", part, "application/octet-stream")

    async def lab_file(self, _holder: CardHolder, _report_id: str) -> Attachment | None:
        return self.attachment

    async def image_series(self, _holder: CardHolder, report_id: str) -> list[ImageSeries]:
        self.asked.append(report_id)
        return []


def with_files(context: Context, archive: Archive, **ports: Any) -> Context:
    """The same request, with hospitals that have files."""
    found = context.loaders.connection("first")
    offering = {"files": archive, "report_files": archive, **ports}
    connection: Connection = dataclasses.replace(found, **offering)
    context.loaders._registry = Registry([connection])  # noqa: SLF001 # the loaders of a request have one registry
    return context


def opened_by(region: Region, archive: Archive, principal: Any = PATIENT, **ports: Any) -> Any:
    info = region.info(principal)
    info.context = with_files(info.context, archive, **ports)
    return info


def file(source: FileSource, place: str = "") -> ReportFile:
    return ReportFile(card=MINE, kind=ReportKind.LAB, report_id="r", source=source, place=place)


def named(info: Any, link: Any) -> ReportFile:
    return info.context.services.files.read(link.path.removeprefix(PREFIX), NOW)[1]  # type: ignore[no-any-return]


async def content(context: Context, wanted: ReportFile, part: ByteRange | None = None) -> tuple[bytes, str | None]:
    opened = await files.open_file(context, wanted, part)
    return b"".join([piece async for piece in opened.stream.parts]), opened.content_type


async def test_the_printed_form_is_the_one_that_the_list_names(region: Region) -> None:
    info = opened_by(region, Archive())
    link = await files.lab_pdf(DiagnosticReport(**ROW, pdf_address="http://h/1.pdf"), info)
    assert named(info, link) == file(FileSource.ADDRESS, "http://h/1.pdf")


async def test_a_nucleic_acid_test_links_to_its_printed_form_where_it_can_be_fetched(region: Region) -> None:
    info = opened_by(region, Archive())

    link = await files.nucleic_acid_pdf(NucleicAcidTest(card=MINE, pdf_address="http://h/7.pdf"), info)

    printed = ReportFile(
        card=MINE, kind=ReportKind.NUCLEIC_ACID_TEST, report_id="", source=FileSource.ADDRESS, place="http://h/7.pdf"
    )
    assert named(info, link) == printed
    opened = await files.open_file(info.context, printed, None)
    assert opened.content_type == "text/html"
    for elsewhere in (None, "http://other/7.pdf"):
        assert await files.nucleic_acid_pdf(NucleicAcidTest(card=MINE, pdf_address=elsewhere), info) is None


@pytest.mark.parametrize("address", [None, "http://elsewhere/1.pdf"])
async def test_without_a_usable_address_the_hospital_is_asked_where_it_can_be(
    region: Region, address: str | None
) -> None:
    row = DiagnosticReport(**ROW, pdf_address=address)
    info = opened_by(region, Archive())
    assert named(info, await files.lab_pdf(row, info)) == file(FileSource.LAB_FILE)
    assert await files.pdf(row, info) is None
    assert await files.lab_pdf(row, opened_by(region, Archive(), report_files=None)) is None
    assert await files.pdf(row, opened_by(region, Archive(), files=None)) is None


@pytest.mark.parametrize("flags", [{"sensitive": True}, {"audited": False}])
async def test_what_only_the_content_says_withholds_the_files_too(region: Region, flags: dict[str, Any]) -> None:
    region.shared.detail = LabReportDetail(card=MINE, **flags)
    row = DiagnosticReport(**ROW, pdf_address="http://h/1.pdf")
    archive = Archive()
    assert await files.lab_pdf(row, opened_by(region, archive)) is None
    assert await files.image_series(dataclasses.replace(row, kind=ReportKind.IMAGING), opened_by(region, archive)) == []
    assert await files.lab_pdf(row, opened_by(region, archive, STAFF)) is not None
    with pytest.raises(Problem) as refused:
        await files.open_file(opened_by(region, archive).context, file(FileSource.LAB_FILE), None)
    assert refused.value.code is ProblemCode.FORBIDDEN
    assert archive.asked == []


@pytest.mark.parametrize("told", [{"sensitive": True}, {"status": ReportStatus.SUBMITTED}])
async def test_what_the_row_withholds_is_not_asked_for(region: Region, told: dict[str, Any]) -> None:
    row = DiagnosticReport(**ROW, pdf_address="http://h/1.pdf", **told)
    assert await files.lab_pdf(row, opened_by(region, Archive())) is None
    assert region.shared.asked == []


async def test_images_that_cannot_be_fetched_are_left_out(region: Region) -> None:
    info = opened_by(region, Archive())
    instances = [ImageInstance(address="http://h/1"), ImageInstance(address="http://x/2"), ImageInstance(key="k")]
    instances.append(ImageInstance(key="k" * 1501))
    series = ImageSeries(card=MINE, report_id="r", thumbnail_address="http://x/t", instances=instances)
    assert files.thumbnail(series, info) is None
    assert [named(info, link).place for link in files.images(series, info)] == ["http://h/1", "k"]


async def test_an_image_is_dicom_whatever_the_hospital_calls_it(region: Region) -> None:
    context = opened_by(region, Archive()).context
    assert await content(context, file(FileSource.IMAGE, "k")) == (b"DICM", "application/dicom")


PDF = "application/pdf"


@pytest.mark.parametrize(
    ("attachment", "found"),
    [
        ({"address": "http://h/1", "content": "YWJj"}, (b"fetched", "text/html")),
        ({"address": "http://elsewhere/1", "content": "YWJj", "content_type": PDF}, (b"abc", PDF)),
        ({"content": "YW\nJj", "content_type": PDF}, (b"abc", PDF)),
    ],
)
async def test_an_address_comes_before_the_content_where_it_can_be_used(
    region: Region, attachment: dict[str, str], found: tuple[bytes, str]
) -> None:
    context = opened_by(region, Archive(Attachment(card=MINE, **attachment))).context
    assert await content(context, file(FileSource.LAB_FILE)) == found


@pytest.mark.parametrize(
    ("attachment", "code"),
    [
        (None, ProblemCode.NOT_FOUND),
        (Attachment(card=MINE), ProblemCode.NOT_FOUND),
        (Attachment(card=MINE, content="no base64!"), ProblemCode.UPSTREAM_MALFORMED),
    ],
)
async def test_what_is_no_file_is_told(region: Region, attachment: Attachment | None, code: ProblemCode) -> None:
    with pytest.raises(Problem) as refused:
        await content(opened_by(region, Archive(attachment)).context, file(FileSource.LAB_FILE))
    assert refused.value.code is code


async def test_what_was_opened_is_seen_and_what_was_refused_is_denied(region: Region) -> None:
    context = opened_by(region, Archive()).context
    await content(context, file(FileSource.IMAGE, "k"))
    assert {(sight.resource.value, sight.card) for sight in context.access.seen} == {("DiagnosticReport", MINE)}
    out_of_reach = dataclasses.replace(file(FileSource.IMAGE, "k"), card=STRANGERS)
    with pytest.raises(Problem):
        await content(context, out_of_reach)
    assert {sight.card for sight in context.access.denied} == {STRANGERS}
