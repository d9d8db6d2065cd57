"""docs/interfaces.md is current, and names a place for every interface."""

import re

from graphql import GraphQLObjectType

from schema.build import core_schema
from tests.contracts.interfaces_page import OPENED, PAGE, page

PLACE = re.compile(r"`([A-Z]\w+)\.(\w+)`")


def rows(written: str) -> dict[str, list[str]]:
    """The cells of each interface's row."""
    lines = [line for line in written.splitlines() if re.match(r"\| (\d|/)", line)]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {number: rest for number, *rest in cells}


def test_the_page_is_what_the_code_makes() -> None:
    assert PAGE.read_text() == page(), "make interfaces"


def test_every_interface_has_a_place_in_the_graph() -> None:
    for number, (_, where, call, _) in rows(PAGE.read_text()).items():
        assert where, number
        assert call, number
        for kind, field in PLACE.findall(where):
            found = core_schema.type_map[kind]
            assert isinstance(found, GraphQLObjectType)
            assert field in found.fields, where


def test_places_kinds_and_lives_are_found_in_the_code() -> None:
    found = rows(PAGE.read_text())
    assert found["3.1.2"] == ["`hospital.interface.clinicPayment`", "`Mutation.payCharges`", "write with a key", ""]
    assert found["28.1.13"][1:] == ["`Hospital.checkupItems`", "read", "600 s"]
    assert found["18.1.1"][1:] == ["`Patient.bills`", "read", "30 s"]
    assert found["1.2.3"][1:] == ["`Mutation.addContact`", "write, once", ""]
    assert found["/getVisitInfoNew"][1:] == ["`Patient.visits`", "read", "30 s"]
    assert OPENED.keys() <= found.keys()
