"""Images and printed forms of reports (16.1.3 to 16.1.5)."""

from urllib.parse import urlencode

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.files import ByteRange, FileClient, FileStream
from connectors.core.readers import listing, single
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.records.people import CardHolder
from connectors.records.report_files import Attachment, ImageInstance, ImageSeries
from connectors.records.visits import VisitClass
from connectors.regional_wechat.attachments import data_url, report_of
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import CODES_OF_VISIT_CLASS

_IMAGE = "16.1.4"


def _instances(named: object) -> list[ImageInstance]:
    """Tell addresses from keys by how they begin, as the document asks for, whatever `type` beside them says."""
    given = named if isinstance(named, list) else [named]
    found = [written for written in map(convert.text, given) if written]
    return [ImageInstance(address=each) if convert.web_address(each) else ImageInstance(key=each) for each in found]


SERIES = Shape(
    ImageSeries,
    card=GIVEN,
    report_id=GIVEN,
    number="series",
    description="describe",
    thumbnail_address=("thumbnailUrl", convert.web_address),
    instances=("dcms", _instances),
)
LAB_FILE = Shape(
    Attachment,
    card=GIVEN,
    address=("reportUrl", convert.web_address),
    **data_url("reportPdfCode", otherwise="application/pdf"),
)


class ReportFiles:
    """Implements `connectors.ports.ReportFiles`."""

    def __init__(self, regional: Regional, files: FileClient) -> None:
        """Take the system, and what opens its files."""
        self._regional = regional
        self._files = files
        self.call = regional.call

    @endpoint("16.1.3")
    async def image_series(
        self,
        holder: CardHolder,
        report_id: str,
        visit_class: VisitClass | None = None,
        admission_number: str | None = None,
    ) -> list[ImageSeries]:
        """Images of an imaging report (16.1.3)."""
        return await self.call(
            "hospital.interface.pacsReportDcm",
            holder.card.hospital_id,
            {
                **report_of(self._regional, holder, report_id),
                "patType": CODES_OF_VISIT_CLASS[visit_class] if visit_class else "",
                "admissionNumber": admission_number,
            },
            listing(Many(SERIES, "data"), holder.card, report_id=report_id),
            self._regional.read(holder.card),
        )

    @endpoint("16.1.5")
    async def lab_file(self, holder: CardHolder, report_id: str) -> Attachment | None:
        """Printed form of a laboratory report (16.1.5)."""
        return await self.call(
            "hospital.interface.lisReportPdf",
            holder.card.hospital_id,
            report_of(self._regional, holder, report_id),
            single(One(LAB_FILE, "data"), holder.card),
            self._regional.read(holder.card, seconds=0),
        )

    def streams_images(self, hospital_id: str) -> bool:
        """Say whether the address of 16.1.4, which the document leaves open, is configured."""
        return self._regional.is_configured(_IMAGE, hospital_id)

    @endpoint("16.1.4")
    async def image(self, hospital_id: str, key: str, part: ByteRange | None) -> FileStream:
        """An image as a DICOM file (16.1.4): a GET that answers bytes."""
        query = urlencode({"dcmId": key, "hospitalId": self._regional.upstream_id(hospital_id)})
        return await self._files.open(_IMAGE, f"{self._regional.address(_IMAGE, hospital_id)}?{query}", part)
