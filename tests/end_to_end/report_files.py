"""Operations that lead to files of reports, and what fetches them."""

from collections.abc import Mapping
from typing import Any

import httpx

from tests.end_to_end.world import World

FILES_OF_REPORTS = """query($hospitals: [ID!]) { viewer { patients {
  reports(first: 20, hospitals: $hospitals) { nodes { id title sensitive
    ... on LabReport { pdf { path expiresAt } }
    ... on ImagingReport { pdf { path }
      images { number description thumbnail { path } images { path } } } } }
  ecgReports(first: 20, hospitals: $hospitals) { nodes { sensitive image { path } detail { conclusion } } }
  pathologyReports(first: 20, hospitals: $hospitals) { nodes { sensitive file { path } detail { conclusion } } }
  checkupReports(first: 20, hospitals: $hospitals) { nodes { sensitive pdf { path } detail { conclusion } } } }
} }"""
TEST = "{ viewer { patients { cards { latestNucleicAcidTest { specimen } } } } }"


def files_of(town: World, hospital: str = "253") -> Any:
    """The lists of the first account's own person."""
    return town.ask(FILES_OF_REPORTS, {"hospitals": [hospital]}).data["viewer"]["patients"][0]


def images_of(person: Any) -> Any:
    """The series of an imaging report that has some."""
    return next(node["images"] for node in person["reports"]["nodes"] if node.get("images"))


def ordinary(person: Any, kind: str, field: str) -> str:
    """The address of a file of a report that is not sensitive."""
    found: str = next(
        node[field]["path"] for node in person[kind]["nodes"] if not node["sensitive"] and node.get(field)
    )
    return found


def fetch(town: World, address: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
    """GET it, as a page does: without a token."""
    return town.client.get(address, headers=headers)


def use_reports(town: World) -> None:
    """Reach each interface of reports that are not laboratory or imaging, and of files."""
    person = files_of(town)
    lab = next(node for node in person["reports"]["nodes"] if "images" not in node and node["pdf"])
    addresses = [
        lab["pdf"]["path"],
        images_of(person)[1]["images"][0]["path"],
        ordinary(person, "ecgReports", "image"),
        ordinary(person, "pathologyReports", "file"),
    ]
    for address in addresses:
        assert fetch(town, address).status_code == 200
    assert town.ask(TEST).body["data"]["viewer"]["patients"][0]["cards"][0]["latestNucleicAcidTest"]
