"""Which method stands for which documented interface: the catalogue test adds these up."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

_MARK = "__documented_interface__"


class _Claim(NamedTuple):
    interface: str
    variant: str


def endpoint(interface: str, variant: str = "") -> Callable[[F], F]:
    """Mark the method as the one that calls this interface (its number or path in the vendor's document).

    Where one number documents several calls with answers of their own, `variant` names the one that is meant.
    """

    def mark(method: F) -> F:
        setattr(method, _MARK, _Claim(interface, variant))
        return method

    return mark


def claimed(*classes: type) -> dict[str, list[str]]:
    """Map interface to its method over these classes, or to its methods where each is another variant.

    Raises ValueError for one claimed twice.
    """
    claims: dict[str, dict[str, str]] = {}
    for owner in classes:
        for name, member in vars(owner).items():
            claim: _Claim | None = getattr(member, _MARK, None)
            if claim is None:
                continue
            method = f"{owner.__name__}.{name}"
            variants = claims.setdefault(claim.interface, {})
            # A claim without a variant is to the whole interface.
            rivals = [variants[other] for other in variants if "" in (other, claim.variant) or other == claim.variant]
            if rivals:
                raise ValueError(f"{claim.interface} is claimed by {rivals[0]} and {method}")
            variants[claim.variant] = method
    return {interface: list(variants.values()) for interface, variants in claims.items()}


def interface_of(method: Callable[..., Any]) -> str | None:
    """Return the interface that a method stands for."""
    claim: _Claim | None = getattr(method, _MARK, None)
    return None if claim is None else claim.interface
