"""Addresses of files: what they hold of their asker's access, and for how long."""

import dataclasses
import datetime as dt

import pytest

from connectors.records.base import CardRef
from connectors.records.reports import ReportKind
from resolvers.access_control.access import Access, Need
from resolvers.access_control.principal import Emergency, Principal, PurposeOfUse
from resolvers.access_control.scopes import Action, Resource
from resolvers.diagnostic_reports.file_addresses import (
    PREFIX,
    ExpiredAddress,
    FileAddresses,
    FileSource,
    InvalidAddress,
    ReportFile,
)
from resolvers.problems import Problem
from tests.resolvers.fakes import CHILDS, MINE, MINE_TOO, NOW, PATIENT, STAFF

FILE = ReportFile(
    card=MINE, kind=ReportKind.IMAGING, report_id="R-1", source=FileSource.ADDRESS, place="http://h/一.dcm?a=b"
)
READ = Need(Resource.DIAGNOSTIC_REPORT, Action.READ)
ADDRESSES = FileAddresses(b"f" * 32, 300)


def sealed(principal: Principal, file: ReportFile = FILE) -> str:
    return ADDRESSES.make(principal, file, NOW).path.removeprefix(PREFIX)


def test_what_was_named_is_read_again() -> None:
    for principal in (PATIENT, STAFF):
        found, file = ADDRESSES.read(sealed(principal), NOW)
        assert file == FILE
        assert (found.role, found.subject, found.purpose) == (principal.role, principal.subject, principal.purpose)


def test_the_token_that_it_was_made_with_can_end_it() -> None:
    principal = dataclasses.replace(PATIENT, issuer="i", token_id="t", session_id="s", issued_at=5.0)
    found, _ = ADDRESSES.read(sealed(principal), NOW)
    assert (found.issuer, found.token_id, found.session_id, found.issued_at) == ("i", "t", "s", 5.0)


def test_a_patients_address_reaches_the_card_and_nothing_else() -> None:
    found, _ = ADDRESSES.read(sealed(PATIENT), NOW)
    access = Access(found)
    access.require(READ, MINE)
    for card in (MINE_TOO, CHILDS):
        with pytest.raises(Problem):
            access.require(READ, card)
    for need in (Need(Resource.INVOICE, Action.READ), Need(Resource.DIAGNOSTIC_REPORT, Action.SEARCH)):
        with pytest.raises(Problem):
            access.require(need, MINE)
    assert found.holder_of(MINE) == dataclasses.replace(PATIENT.people["me"], cards=(MINE,))


def test_an_address_of_staff_reaches_the_hospital_of_the_card_only() -> None:
    everywhere = dataclasses.replace(STAFF, hospital_ids=frozenset({"first", "second"}))
    access = Access(ADDRESSES.read(sealed(everywhere), NOW)[0])
    access.require(READ, MINE)
    with pytest.raises(Problem):
        access.require(READ, MINE_TOO)


def test_an_emergency_is_still_one_when_the_file_is_fetched() -> None:
    emergency = dataclasses.replace(
        STAFF, emergency=Emergency(card=MINE, reason="昏迷"), purpose=PurposeOfUse.EMERGENCY
    )
    found, _ = ADDRESSES.read(sealed(emergency), NOW)
    assert (found.emergency, found.purpose) == (Emergency(card=MINE, reason="昏迷"), PurposeOfUse.EMERGENCY)


def test_an_address_is_of_use_until_its_time() -> None:
    link = ADDRESSES.make(PATIENT, FILE, NOW)
    text = link.path.removeprefix(PREFIX)
    assert link.expires_at == NOW + dt.timedelta(seconds=300)
    ADDRESSES.read(text, link.expires_at - dt.timedelta(seconds=1))
    with pytest.raises(ExpiredAddress):
        ADDRESSES.read(text, link.expires_at)


def test_an_address_lives_no_longer_than_the_token() -> None:
    ending = dataclasses.replace(PATIENT, expires_at=NOW.timestamp() + 20)
    assert ADDRESSES.make(ending, FILE, NOW).expires_at == NOW + dt.timedelta(seconds=20)


@pytest.mark.parametrize("text", ["", "x", "ä", "a" * 9000, sealed(PATIENT)[:-1], "A" + sealed(PATIENT)[1:]])
def test_what_this_server_did_not_write_is_no_address(text: str) -> None:
    with pytest.raises(InvalidAddress):
        ADDRESSES.read(text, NOW)


def test_an_address_of_another_servers_secret_is_none() -> None:
    with pytest.raises(InvalidAddress):
        FileAddresses(b"g" * 32, 300).read(sealed(PATIENT), NOW)


def test_nothing_readable_stands_in_an_address() -> None:
    card = CardRef("first", "6230001112223", "p1")
    text = sealed(PATIENT, dataclasses.replace(FILE, card=card))
    for told in ("6230001112223", "R-1", "wx-1", "dcm"):
        assert told not in text
