"""Downloads over real sockets."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from connectors.core import deadline
from connectors.core.downloads import HttpxDownloads
from connectors.core.request_id import REQUEST_ID
from connectors.core.transport import Limits, TransportError
from sandbox.serving import running

_PIECE = b"x" * 65536


async def _endless(_: Request) -> Response:
    async def pieces() -> AsyncIterator[bytes]:
        while True:
            yield _PIECE
            await asyncio.sleep(0.01)

    return StreamingResponse(pieces())


async def _silent(_: Request) -> Response:
    await asyncio.sleep(30)
    return PlainTextResponse("late")


async def _told(request: Request) -> Response:
    names = ("range", "accept-encoding", "x-request-id")
    return PlainTextResponse(" ".join(request.headers.get(name, "-") for name in names))


async def _moved(_: Request) -> Response:
    return RedirectResponse("/told")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    places = {"endless": _endless, "silent": _silent, "told": _told, "moved": _moved}
    with running(Starlette(routes=[Route(f"/{name}", place) for name, place in places.items()])) as address:
        yield address


@pytest.fixture
async def downloads() -> AsyncIterator[HttpxDownloads]:
    made = HttpxDownloads(Limits(read_seconds=0.5, file_seconds=0.3, files=1))
    yield made
    await made.close()


async def read(download: Any) -> bytes:
    content = b"".join([part async for part in download.parts()])
    await download.close()
    return content


async def test_what_is_asked_for_is_sent_along_with_the_request_id(url: str, downloads: HttpxDownloads) -> None:
    marked = REQUEST_ID.set("0123")
    try:
        download = await downloads.open(f"{url}/told", {"Range": "bytes=0-"})
    finally:
        REQUEST_ID.reset(marked)
    assert await read(download) == b"bytes=0- identity 0123"


async def test_a_file_is_there_piece_by_piece_before_it_has_ended(url: str, downloads: HttpxDownloads) -> None:
    download = await downloads.open(f"{url}/endless", {})
    assert await anext(aiter(download.parts()))
    await download.close()


async def test_a_file_that_takes_too_long_is_cut(url: str, downloads: HttpxDownloads) -> None:
    download = await downloads.open(f"{url}/endless", {})
    with pytest.raises(TransportError, match="too long") as cut:
        await read(download)
    assert cut.value.timeout
    await download.close()


async def test_a_redirect_is_not_followed(url: str, downloads: HttpxDownloads) -> None:
    with pytest.raises(TransportError) as refused:
        await downloads.open(f"{url}/moved", {})
    assert refused.value.status == 307


async def test_more_files_than_allowed_at_once_are_told_to_wait(url: str, downloads: HttpxDownloads) -> None:
    first = await downloads.open(f"{url}/endless", {})
    with pytest.raises(TransportError) as refused:
        await downloads.open(f"{url}/told", {})
    assert refused.value.status == 429
    await first.close()
    assert await read(await downloads.open(f"{url}/told", {})) == b"- identity -"


async def test_a_hospital_that_says_nothing_is_given_up(url: str, downloads: HttpxDownloads) -> None:
    with pytest.raises(TransportError) as late:
        await downloads.open(f"{url}/silent", {})
    assert late.value.timeout


async def test_the_requests_deadline_holds_for_opening(url: str, downloads: HttpxDownloads) -> None:
    with deadline.within(0.05), pytest.raises(deadline.Passed):
        await downloads.open(f"{url}/silent", {})


async def test_nobody_there_is_told(downloads: HttpxDownloads) -> None:
    with pytest.raises(TransportError) as refused:
        await downloads.open("http://127.0.0.1:1/", {})
    assert not refused.value.sent
    with pytest.raises(TransportError):
        await downloads.open("http://[", {})
