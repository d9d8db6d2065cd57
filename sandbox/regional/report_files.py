"""Images of reports (16.1.3), printed laboratory reports (16.1.5)."""

import base64

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import Answer, success
from sandbox.regional.files import FILE_PATH
from sandbox.regional.flags import found_by_id
from sandbox.town.files import pdf
from sandbox.town.model import Report

_BY_ADDRESS, _BY_KEY = "url", "dcmId"


def images(call: Call) -> Answer:
    """Two series of every imaging report: one by address, one by key."""
    report = _one(call, "imaging")
    files = f"{call.address}{FILE_PATH}/{call.hospital.id}/{report.id}"
    series = [
        (_BY_ADDRESS, [f"{files}-{number}.dcm" for number in (1, 2)]),
        (_BY_KEY, [f"{report.id}-{number}" for number in (3, 4)]),
    ]
    return success(
        [
            {
                # With the space of the example.
                "series": f"{number} ",
                "describe": report.body_part,
                "thumbnailUrl": f"{files}-{number}.png",
                "dcms": named,
                "type": kind,
            }
            for number, (kind, named) in enumerate(series, 1)
        ]
    )


def lab_pdf(call: Call) -> Answer:
    """The printed form, in the answer itself."""
    report = _one(call, "lab")
    return success({"reportUrl": "", "reportPdfCode": base64.b64encode(pdf(report.id)).decode()})


def _one(call: Call, kind: str) -> Report:
    return found_by_id(call, [report for report in call.hospital.reports if report.kind == kind])


INTERFACES = (
    Interface("hospital.interface.pacsReportDcm", images),
    Interface("hospital.interface.lisReportPdf", lab_pdf),
)
