"""Which method stands for which documented interface: the catalogue test adds these up."""

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

_MARK = "__documented_interface__"


def endpoint(interface: str) -> Callable[[F], F]:
    """Mark the method as the one that calls this interface (its number or path in the vendor's document)."""

    def mark(method: F) -> F:
        setattr(method, _MARK, interface)
        return method

    return mark


def claimed(*classes: type) -> dict[str, str]:
    """Map interface to method over these classes; raises ValueError for one claimed twice."""
    claims: dict[str, str] = {}
    for owner in classes:
        for name, member in vars(owner).items():
            interface = getattr(member, _MARK, None)
            if interface is None:
                continue
            if interface in claims:
                raise ValueError(f"{interface} is claimed by {claims[interface]} and {owner.__name__}.{name}")
            claims[interface] = f"{owner.__name__}.{name}"
    return claims


def interface_of(method: Callable[..., Any]) -> str | None:
    """Return the interface that a method stands for."""
    interface: str | None = getattr(method, _MARK, None)
    return interface
