"""Files by address: images and printed forms, and the nameless interface that gives an image by its key (16.1.4)."""

import re
from collections.abc import AsyncIterator, Callable, Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from sandbox.exchange import Sandbox, spoil
from sandbox.regional.addresses import PATHS
from sandbox.regional.facts import unnamed
from sandbox.regional.flags import OfCard
from sandbox.town.files import dicom, pdf, png
from sandbox.town.model import Admission, Bill

FILE_PATH = "/pacs/files"
_IMAGE = "16.1.4"
_FILE = "file"
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_PIECE = 64 * 1024
_KINDS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "dcm": (dicom, "application/octet-stream"),
    "png": (png, "image/png"),
    "pdf": (pdf, "application/pdf"),
}


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """GETs, unlike all else."""

    async def image(request: Request) -> Response:
        asked = request.query_params
        hospital_id, key = asked.get("hospitalId", ""), asked.get("dcmId", "")
        sandbox.counters.add(hospital_id, _IMAGE, request.headers.get("x-request-id", ""))
        fault = sandbox.faults.take([hospital_id], _IMAGE)
        if fault is not None:
            return spoil(fault, dict, None)
        if any(field["required"] is True and not asked.get(field["name"]) for field in unnamed(_IMAGE)):
            return PlainTextResponse("Bad Request", status_code=400)
        if not _known(sandbox, hospital_id, key):
            return PlainTextResponse("Not Found", status_code=404)
        return _ranged(request, dicom(key), "application/octet-stream")

    return [Route(PATHS[_IMAGE], image, methods=["GET"]), file_route(sandbox)]


def file_route(sandbox: Sandbox) -> BaseRoute:
    """Where all files are that have an address."""

    async def file(request: Request) -> Response:
        hospital_id, name = request.path_params["hospital"], request.path_params["name"]
        sandbox.counters.add(hospital_id, _FILE, request.headers.get("x-request-id", ""))
        title, _, kind = name.rpartition(".")
        if kind not in _KINDS or not _known(sandbox, hospital_id, title):
            return PlainTextResponse("Not Found", status_code=404)
        make, media_type = _KINDS[kind]
        return _ranged(request, make(title), media_type)

    return Route(FILE_PATH + "/{hospital}/{name}", file, methods=["GET"])


def _known(sandbox: Sandbox, hospital_id: str, key: str) -> bool:
    """Whether it is of a report, an image being called by the report and its number, or of what was invoiced."""
    hospital = sandbox.town.hospitals.get(hospital_id)
    if hospital is None:
        return False
    special = hospital.special_reports
    lists: tuple[Sequence[OfCard], ...] = (hospital.reports, special.ecg, special.pathology, special.checkups)
    ids = {key, key.rpartition("-")[0]}
    invoiced: tuple[Sequence[Bill | Admission], ...] = (hospital.bills, hospital.admissions)
    return any(report.id in ids for reports in lists for report in reports) or any(
        each.id == key for papers in invoiced for each in papers
    )


def _ranged(request: Request, content: bytes, media_type: str) -> Response:
    """The whole, or the part asked for, in pieces."""
    found = _RANGE.fullmatch(request.headers.get("range", ""))
    first = int(found[1]) if found else 0
    last = min(int(found[2]), len(content) - 1) if found and found[2] else len(content) - 1
    if first > last:
        return Response(status_code=416, headers={"content-range": f"bytes */{len(content)}"})
    headers = {"content-length": str(last - first + 1), "accept-ranges": "bytes"}
    if found:
        headers["content-range"] = f"bytes {first}-{last}/{len(content)}"

    async def pieces() -> AsyncIterator[bytes]:
        for place in range(first, last + 1, _PIECE):
            yield content[place : min(place + _PIECE, last + 1)]

    return StreamingResponse(pieces(), 206 if found else 200, headers, media_type)
