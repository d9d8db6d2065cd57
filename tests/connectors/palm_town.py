"""The palm connector connected to the sandbox's palm hospital, and the sandbox from inside."""

import datetime as dt
from decimal import Decimal

from connectors.core.cache import Cache, NoCache
from connectors.core.config import HospitalConfig, Machinery, SystemConfig
from connectors.core.kinds import keyed_digest
from connectors.core.transport import HttpxTransport, Limits
from connectors.palm_hospital import Options, connect
from connectors.ports import Billing, Connection, Scheduling
from connectors.records.base import SHANGHAI, CardRef, Period
from connectors.records.billing import PaymentMethod, PaymentOrder
from connectors.records.people import CardHolder
from sandbox.exchange import Sandbox
from sandbox.faults import Fault, Kind
from sandbox.palm.signing import SIGN_KEY
from sandbox.town.model import Card

HOSPITAL = "501"
SIGNER = {"template": "{patient_id}|{his_order_no}|{business_no}|{total}|{key}", "key": SIGN_KEY}
NOW = dt.datetime.now(SHANGHAI)
ALL_TIME = Period(dt.datetime(2000, 1, 1, tzinfo=SHANGHAI), dt.datetime(2100, 1, 1, tzinfo=SHANGHAI))


class Town:
    """The sandbox from inside, and the connection to it."""

    def __init__(self, sandbox: Sandbox, address: str, connection: Connection) -> None:
        self.sandbox = sandbox
        self.address = address
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

    async def order(self, number: str = "W1", method: PaymentMethod = PaymentMethod.WECHAT_PAY) -> PaymentOrder:
        """An order for the first group that p01 has to pay."""
        holder = await self.holder()
        sheet = await self.billing.charges(holder)
        assert sheet is not None
        charges = [charge for charge in sheet.charges if charge.group == sheet.charges[0].group]
        total = sum((charge.amount for charge in charges), Decimal(0))
        return PaymentOrder(
            number=number,
            charges=charges,
            amount=total,
            balance_amount=total if method is PaymentMethod.CARD_BALANCE else Decimal(0),
            method=method,
            paid_at=NOW,
        )

    @property
    def billing(self) -> Billing:
        assert self.connection.billing is not None
        return self.connection.billing

    @property
    def scheduling(self) -> Scheduling:
        assert self.connection.scheduling is not None
        return self.connection.scheduling

    @property
    def bills(self) -> int:
        return len(self.sandbox.town.hospitals[HOSPITAL].bills)

    def calls(self, interface: str) -> int:
        return self.sandbox.counters.count(interface)

    def fault(self, interface: str, kind: Kind, times: int = 1) -> None:
        self.sandbox.faults.inject(HOSPITAL, interface, Fault(kind=kind, times=times))

    def restarted(self) -> Connection:
        """Another process, which remembers nothing."""
        return connected(self.address, Options.model_validate({"signer": SIGNER}))


def connected(address: str, options: Options, cache: Cache | None = None) -> Connection:
    hospital = HospitalConfig(id=HOSPITAL, name="样例医院", upstream_id=HOSPITAL, base_url=f"{address}/palm")
    return connect(
        SystemConfig(
            name="palm",
            vendor="palm_hospital",
            hospitals={HOSPITAL: hospital},
            options=options,
            limits=Limits(read_seconds=1.0),
        ),
        Machinery(cache=cache or NoCache(), digest=keyed_digest(b"palm"), transport=HttpxTransport),
    )
