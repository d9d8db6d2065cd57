"""What can be done to the addresses of files gives nobody a file, and leaves nothing in the log."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from sandbox.town.files import JPEG
from tests.attacks.attacked import Attacked
from tests.attacks.personal import PERSON

ADDRESSES = """{ viewer { patients { ecgReports(first: 20) { nodes { image { path } } } } } }"""


@pytest.fixture
def server(shared: Attacked) -> Iterator[Attacked]:
    yield shared
    assert shared.still_answers()


@pytest.fixture(scope="module")
def path(shared: Attacked) -> str:
    """The address of a file that the patient may fetch."""
    person = shared.ask("patient", ADDRESSES).data["viewer"]["patients"][0]
    found: str = next(node["image"]["path"] for node in person["ecgReports"]["nodes"] if node["image"])
    return found


def flipped(text: str) -> Iterator[str]:
    """The text with one letter changed, in places all over it."""
    for place in range(0, len(text), max(len(text) // 12, 1)):
        yield text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]


def test_an_address_that_is_changed_anywhere_is_none(server: Attacked, path: str) -> None:
    sealed = path.removeprefix("/files/")
    tries = [*flipped(sealed), sealed + "A", sealed[:-1], sealed * 2, sealed + "=", sealed + "%00", sealed.swapcase()]
    for wrong in tries:
        assert server.client.get(f"/files/{wrong}").status_code == 404
    assert server.client.get(path).content == JPEG


@pytest.mark.parametrize(
    "tried",
    [
        "",
        "x",
        "..%2f..%2fetc%2fpasswd",
        "http:%2f%2f169.254.169.254%2f",
        "%00",
        "%f0%9f%98%80",
        "a" * 20_000,
        "%7B%22until%22:1%7D",
    ],
)
def test_what_outsiders_make_up_is_no_address(server: Attacked, tried: str) -> None:
    before = server.sandbox.counters.total()
    answer = server.client.get(f"/files/{tried}")

    assert answer.status_code == 404
    assert server.sandbox.counters.total() == before


@pytest.mark.parametrize("method", ["POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_files_are_only_read(server: Attacked, path: str, method: str) -> None:
    assert server.client.request(method, path).status_code == 405


@pytest.mark.parametrize(
    "header",
    [
        "bytes=" + ",".join(f"{place}-{place}" for place in range(2000)),
        "bytes=0-" + "9" * 5000,
        "bytes=--1",
        "bytes=0-0,-1",
        "bytes=18446744073709551615-",
    ],
)
def test_parts_that_are_made_to_hurt_are_the_whole_or_refused(server: Attacked, path: str, header: str) -> None:
    answer = server.client.get(path, headers={"Range": header})
    assert answer.status_code in {200, 416}
    assert answer.content == JPEG or answer.status_code == 416


def test_no_other_host_or_scheme_changes_what_is_fetched(server: Attacked, path: str) -> None:
    for name in ("Host", "X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"):
        answer = server.client.get(path, headers={name: "169.254.169.254"})
        assert answer.content == JPEG


def test_neither_addresses_nor_what_was_put_into_them_are_in_the_log(server: Attacked, path: str) -> None:
    server.client.get(path)
    server.client.get(f"/files/{quote(PERSON.name)}{PERSON.identity_number}", params={"phone": PERSON.phone})

    log = server.log()
    assert path.removeprefix("/files/")[:40] not in log
    assert PERSON.found_in(log) == []
    lines: list[Any] = [line for line in server.lines() if line.get("event") == "file"]
    assert {line["status"] for line in lines} >= {200, 404}
