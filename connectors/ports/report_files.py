"""Files of reports."""

from typing import Protocol

from connectors.core.files import ByteRange, FileStream
from connectors.records.people import CardHolder
from connectors.records.report_files import Attachment, ImageSeries


class ReportFiles(Protocol):
    """Images and printed forms that a hospital has to be asked for."""

    async def image_series(self, holder: CardHolder, report_id: str) -> list[ImageSeries]:
        """List the images of an imaging report."""
        ...

    async def lab_file(self, holder: CardHolder, report_id: str) -> Attachment | None:
        """Fetch the printed form of a laboratory report."""
        ...

    def streams_images(self, hospital_id: str) -> bool:
        """Say whether `image` is offered there."""
        ...

    async def image(self, hospital_id: str, key: str, part: ByteRange | None) -> FileStream:
        """Open an image by its key in the hospital's archive; the caller closes the stream."""
        ...


class Files(Protocol):
    """What a hospital names by its address."""

    def fetches(self, hospital_id: str, address: str) -> bool:
        """Say whether the address is one that this server fetches from."""
        ...

    async def fetch(self, hospital_id: str, address: str, part: ByteRange | None) -> FileStream:
        """Open the file; the caller closes the stream."""
        ...
