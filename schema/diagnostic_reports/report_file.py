"""Files of reports, and images."""

from connectors.records import report_files as records
from resolvers.access_control.scopes import Resource
from resolvers.diagnostic_reports import file_addresses, files
from schema.access_control.guards import owned, part_of
from schema.base import graph_type, relation
from schema.cost import Cost

# To make a link is free, but whether the report is withheld may have to be asked.
FILE = Cost(calls=1, holder=True)


@graph_type(file_addresses.FileLink, part_of(Resource.DIAGNOSTIC_REPORT))
class FileLink(file_addresses.FileLink):
    """Where a file can be fetched for a few minutes (文件链接)."""


@graph_type(records.ImageSeries, owned(Resource.DIAGNOSTIC_REPORT))
class ImageSeries(records.ImageSeries):
    """Images that were taken together (影像序列, FHIR ImagingStudy.series)."""

    thumbnail = relation(files.thumbnail, FileLink | None, "A small image of it (缩略图).")
    images = relation(
        files.images,
        list[FileLink],
        "The images as DICOM files; without those that this server cannot fetch (影像文件).",
        cost=Cost(size=100),
    )
