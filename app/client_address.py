"""Where a request comes from."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TypeAlias

from starlette.types import Scope

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

_FORWARDED_FOR = b"x-forwarded-for"
_LINE_BITS = 64


def origin_of(scope: Scope, proxies: Sequence[Network]) -> str:
    """Return the client's address, of IPv6 the network of its line (/64), all of which is one client's; "" if unknown.

    X-Forwarded-For counts where it comes from one of the proxies, and as far as each hop is one: what stands before
    them was written by the client.
    """
    client = scope.get("client")
    address = _address(client[0]) if client else None
    if address is not None and _is_of(address, proxies):
        address = _forwarded(_hops(scope["headers"]), address, proxies)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, _LINE_BITS), strict=False))
    return "" if address is None else str(address)


def _hops(headers: Iterable[tuple[bytes, bytes]]) -> list[str]:
    """List the hops of all lines of the header: some proxies add a line of their own."""
    lines = [value.decode("latin-1") for name, value in headers if name == _FORWARDED_FOR]
    return ",".join(lines).split(",")


def _forwarded(hops: list[str], address: Address, proxies: Sequence[Network]) -> Address:
    """Go back from hop to hop, while they are proxies."""
    for hop in reversed(hops):
        before = _address(_host(hop.strip()))
        if before is None:
            break
        address = before
        if not _is_of(address, proxies):
            break
    return address


def _host(hop: str) -> str:
    """Leave out the port, which some proxies add."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop


def _address(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _is_of(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)
