"""Which address a request is counted for."""

from ipaddress import ip_network
from typing import Any

import pytest

from app.client_address import origin_of

PROXIES = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]


def scope(client: str | None, *forwarded: str) -> dict[str, Any]:
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    return {"client": None if client is None else (client, 4711), "headers": [(b"accept", b"*/*"), *headers]}


@pytest.mark.parametrize(
    ("client", "forwarded", "expected"),
    [
        ("203.0.113.5", [], "203.0.113.5"),
        # Anybody can write the header; only a proxy's word counts.
        ("203.0.113.5", ["198.51.100.7"], "203.0.113.5"),
        ("10.1.2.3", ["198.51.100.7"], "198.51.100.7"),
        ("10.1.2.3", [], "10.1.2.3"),
        # What stands before the last proxies was written by the client.
        ("10.1.2.3", ["1.1.1.1, 198.51.100.7"], "198.51.100.7"),
        ("10.1.2.3", ["1.1.1.1, 198.51.100.7, 10.9.9.9"], "198.51.100.7"),
        # A proxy may add a line of its own behind the client's.
        ("10.1.2.3", ["1.1.1.1", "198.51.100.7"], "198.51.100.7"),
        ("10.1.2.3", ["198.51.100.7, unknown"], "10.1.2.3"),
        ("10.1.2.3", ["198.51.100.7, unknown, 10.9.9.9"], "10.9.9.9"),
        ("10.1.2.3", ["10.7.7.7, 10.9.9.9"], "10.7.7.7"),
        # Some proxies tell the port too.
        ("10.1.2.3", ["198.51.100.7:4711"], "198.51.100.7"),
        ("10.1.2.3", ["[2001:db8::1]:4711"], "2001:db8::/64"),
        ("fe80::1%eth0", [], "fe80::/64"),
        ("fd00::1", ["198.51.100.7"], "198.51.100.7"),
        ("::ffff:10.1.2.3", ["198.51.100.7"], "198.51.100.7"),
        ("10.1.2.3", ["\xff\x00,,, ,"], "10.1.2.3"),
    ],
)
def test_the_address_is_that_of_the_client(client: str, forwarded: list[str], expected: str) -> None:
    assert origin_of(scope(client, *forwarded), PROXIES) == expected


def test_all_addresses_of_a_line_are_one() -> None:
    first, second = (origin_of(scope(f"2001:db8:1:2::{host}"), []) for host in ("1", "ffff:1"))
    assert first == second == "2001:db8:1:2::/64"
    assert origin_of(scope("2001:db8:1:3::1"), []) != first


@pytest.mark.parametrize("client", [None, "", "testclient"])
def test_a_request_from_nowhere_has_no_address(client: str | None) -> None:
    assert origin_of(scope(client, "198.51.100.7"), PROXIES) == ""
