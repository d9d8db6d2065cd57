"""A regional HIS that is reached as a web service answers like one over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.application import create_app
from sandbox.app import create_app as create_sandbox
from sandbox.exchange import Sandbox
from sandbox.faults import Fault, Kind
from sandbox.serving import running
from tests.end_to_end.test_booking import BOOK, card_at, free_slot
from tests.end_to_end.test_every_interface import READ_ALL
from tests.end_to_end.world import World, settings, world


@contextmanager
def over_webservice(folder: Path) -> Iterator[World]:
    sandbox = Sandbox()
    with running(create_sandbox(sandbox)) as sandbox_url:
        address = f"{sandbox_url}/regional/webservice"
        description = folder / "his.wsdl"
        description.write_text(httpx.get(address, trust_env=False).text)
        made = settings(sandbox_url)
        regional = made.systems["regional"]
        options = regional.options | {"transport": "webservice", "wsdl": str(description)}
        systems = made.systems | {"regional": regional.model_copy(update={"base_url": address, "options": options})}
        with running(create_app(made.model_copy(update={"systems": systems}))) as url:
            town = World(url, sandbox)
            try:
                yield town
            finally:
                town.client.close()


def readable(found: Any) -> Any:
    """What was read; ids are sealed under the same secret, and stay."""
    return found.body["data"]


def test_a_whole_file_is_read_over_both_ways_alike(tmp_path: Path) -> None:
    with world() as plain, over_webservice(tmp_path) as wrapped:
        day = {"day": plain.sandbox.town.today.isoformat()}
        assert readable(wrapped.ask(READ_ALL, day)) == readable(plain.ask(READ_ALL, day))
        assert wrapped.sandbox.counters.snapshot() == plain.sandbox.counters.snapshot()


def test_booking_and_refusals_come_through_a_web_service(tmp_path: Path) -> None:
    with over_webservice(tmp_path) as town:
        slot = free_slot(town, "253", remaining=1)
        given = {"businessKey": "booking-by-soap", "cardId": card_at(town, "253"), "slotId": slot["id"]}
        booked = town.ask(BOOK, {"input": given}).data["bookAppointment"]
        assert booked["appointment"]["status"] == "BOOKED"
        (error,) = town.ask(BOOK, {"input": given | {"businessKey": "another-by-soap"}}).data["bookAppointment"][
            "userErrors"
        ]
        assert error["code"] == "SLOT_FULL"


@pytest.mark.parametrize(("kind", "code"), [("error", "UPSTREAM_UNAVAILABLE"), ("malformed", "UPSTREAM_MALFORMED")])
def test_what_goes_wrong_on_the_way_to_a_web_service_is_told_as_over_http(
    tmp_path: Path, kind: Kind, code: str
) -> None:
    with over_webservice(tmp_path) as town:
        town.sandbox.faults.inject("253", "hospital.interface.todayRegisterGetDepts", Fault(kind=kind))
        assert town.ask('{ hospital(id: "253") { departments { name } } }').codes == [code]
