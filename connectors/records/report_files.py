"""Files that belong to reports: printed forms, tracings, images. What they hold is not read here, only where it is."""

from dataclasses import dataclass, field
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc


@dataclass(kw_only=True, slots=True)
class Attachment:
    """A file as a hospital gives it (附件, FHIR Attachment): its address or its content in base64, or both."""

    card: Annotated[CardRef, INTERNAL]
    address: Annotated[str | None, INTERNAL] = None
    content: Annotated[str | None, INTERNAL] = None
    content_type: Annotated[str | None, INTERNAL] = None


@dataclass(kw_only=True, slots=True)
class ImageInstance:
    """One image: its address, or the key that the hospital's archive has for it (影像)."""

    address: Annotated[str | None, INTERNAL] = None
    key: Annotated[str | None, INTERNAL] = None


@dataclass(kw_only=True, slots=True)
class ImageSeries:
    """Images that were taken together (影像序列, FHIR ImagingStudy.series)."""

    card: Annotated[CardRef, INTERNAL]
    report_id: Annotated[str, INTERNAL]
    number: Annotated[str | None, Doc("Number of the series (序列号).")] = None
    description: Annotated[str | None, Doc("What it shows (部位描述).")] = None
    thumbnail_address: Annotated[str | None, INTERNAL] = None
    instances: Annotated[list[ImageInstance], INTERNAL] = field(default_factory=list)
