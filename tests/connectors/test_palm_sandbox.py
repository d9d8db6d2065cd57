"""The palm connector against the sandbox's palm hospital, over a real socket."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal

import pytest

from connectors.core.cache import NoCache
from connectors.core.config import HospitalConfig, Machinery, SystemConfig
from connectors.core.kinds import keyed_digest
from connectors.core.transport import HttpxTransport, Limits
from connectors.errors import Refused, Unavailable
from connectors.palm_hospital import Options, connect
from connectors.ports import Booking, Connection
from connectors.records.base import SHANGHAI, CardRef, Period
from connectors.records.billing import PaymentMethod, PaymentOrder, PaymentStatus
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder, Gender, NewCard
from connectors.records.problems import ProblemCode
from connectors.records.reports import ReportKind, ReportStatus
from connectors.records.scheduling import AppointmentStatus
from sandbox.app import create_app
from sandbox.exchange import Sandbox
from sandbox.faults import Fault
from sandbox.palm.signing import SIGN_KEY
from sandbox.serving import running
from sandbox.town.model import Card

HOSPITAL = "501"
SIGNER = {"template": "{patient_id}|{his_order_no}|{business_no}|{total}|{key}", "key": SIGN_KEY}
ALL_TIME = Period(dt.datetime(2000, 1, 1, tzinfo=SHANGHAI), dt.datetime(2100, 1, 1, tzinfo=SHANGHAI))


class Town:
    """The sandbox from inside, and the connection to it."""

    def __init__(self, sandbox: Sandbox, connection: Connection) -> None:
        self.sandbox = sandbox
        self.connection = connection

    def card(self, person_id: str = "p01") -> Card:
        hospital = self.sandbox.town.hospitals[HOSPITAL]
        return next(card for card in hospital.cards if card.person_id == person_id)

    def ref(self, person_id: str = "p01") -> CardRef:
        card = self.card(person_id)
        return CardRef(HOSPITAL, card.number, card.patient_id)

    async def holder(self, person_id: str = "p01") -> CardHolder:
        (holder,) = await self.connection.cards.holders([self.ref(person_id)])
        assert isinstance(holder, CardHolder)
        return holder

    def calls(self, interface: str) -> int:
        return self.sandbox.counters.snapshot().get(HOSPITAL, {}).get(interface, 0)

    def fault(self, interface: str, kind: str, times: int = 1, seconds: float = 0.0) -> None:
        self.sandbox.faults.inject(HOSPITAL, interface, Fault(kind=kind, times=times, seconds=seconds))  # type: ignore[arg-type]  # the test's own words


@pytest.fixture(scope="module")
def served() -> "AsyncIterator[tuple[Sandbox, str]]":
    sandbox = Sandbox()
    with running(create_app(sandbox)) as address:
        yield sandbox, address


@pytest.fixture
async def town(served: tuple[Sandbox, str]) -> AsyncIterator[Town]:
    sandbox, address = served
    sandbox.reset()
    connection = connected(address, Options.model_validate({"signer": SIGNER}))
    yield Town(sandbox, connection)
    await connection.system.close()


def connected(address: str, options: Options) -> Connection:
    hospital = HospitalConfig(id=HOSPITAL, name="样例医院", upstream_id=HOSPITAL, base_url=f"{address}/palm")
    return connect(
        SystemConfig(
            name="palm",
            vendor="palm_hospital",
            hospitals={HOSPITAL: hospital},
            options=options,
            limits=Limits(read_seconds=1.0),
        ),
        Machinery(cache=NoCache(), digest=keyed_digest(b"palm"), transport=HttpxTransport),
    )
