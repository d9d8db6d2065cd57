"""All documented interfaces, and which of them the project stands for."""

import json
from pathlib import Path

from connectors.core.claims import claimed
from connectors.registry import packages, vendor_package

FACTS = Path(__file__).parents[2] / "sandbox" / "facts"
PENDING = Path(__file__).parent / "pending.txt"


def documented() -> set[tuple[str, str]]:
    """System and id of every interface of the five documents."""
    found = set()
    for path in sorted(FACTS.glob("*.json")):
        facts = json.loads(path.read_text())
        found |= {(facts["system"], interface["id"]) for interface in facts["interfaces"]}
    return found


def claims() -> dict[tuple[str, str], list[str]]:
    """System and id of every interface that an endpoint stands for, or that is served here."""
    # WeChat is in none of the documents.
    documented_ones = [package for package in map(vendor_package, packages()) if hasattr(package, "CONTRACT")]
    found = {
        (package.CONTRACT, interface): methods
        for package in documented_ones
        for interface, methods in claimed(*package.ENDPOINTS).items()
    }
    for package in documented_ones:
        for served in getattr(package, "INBOUND", ()):
            claim = (package.CONTRACT, served.interface)
            assert claim not in found, f"{claim} is claimed twice"
            found[claim] = ["inbound"]
    return found


def pending() -> list[tuple[str, str]]:
    """System and id of every interface that is still to come."""
    lines = PENDING.read_text().splitlines()
    return [(system, interface) for system, _, interface in (line.partition(" ") for line in lines)]
