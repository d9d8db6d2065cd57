"""A small region of fake ports: what each was asked, and what it answers."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from app.stores.memory_inbox import MemoryInbox
from connectors.core.config import HospitalConfig
from connectors.core.kinds import keyed_digest
from connectors.core.upstream import Seen
from connectors.errors import ConnectorError
from connectors.ports import Connection
from connectors.records.base import SHANGHAI, CardRef, Period
from connectors.records.billing import Charge, ChargeSheet, Payment, PaymentOrder, PaymentStatus
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder, NewCard
from connectors.records.reports import DiagnosticReport, ImagingReportDetail, LabReportDetail
from connectors.registry import Registry
from resolvers.access_control.audit import AuditEvent, Trail
from resolvers.access_control.emergency import EmergencyGrants
from resolvers.access_control.principal import BoundPerson, Principal, Relation, Role
from resolvers.access_control.scopes import PATIENT_SCOPES, Scopes
from resolvers.context import Context, Services
from resolvers.diagnostic_reports.file_addresses import FileAddresses
from resolvers.global_id import GlobalIds
from resolvers.writes.ledger import LedgerEntry

NOW = dt.datetime(2026, 3, 4, 12, tzinfo=SHANGHAI)
IDENTITY = "370102199001015236"
MINE = CardRef("first", "10001", "p1")
MINE_TOO = CardRef("second", "20001")
CHILDS = CardRef("first", "10002", "p2")
STRANGERS = CardRef("first", "10009", "p9")
ME = BoundPerson(id="me", relation=Relation.SELF, cards=(MINE, MINE_TOO))
CHILD = BoundPerson(id="child", relation=Relation.CHILD, cards=(CHILDS,))
PATIENT = Principal(role=Role.PATIENT, subject="wx-1", people={"me": ME, "child": CHILD}, scopes=PATIENT_SCOPES)
ALL_OF_STAFF = Scopes.parse("user/*.cruds", "user")
STAFF = Principal(role=Role.STAFF, subject="nurse", hospital_ids=frozenset({"first"}), scopes=ALL_OF_STAFF)


class MemoryLedger:
    """The ledger of the protocol, in its plainest form."""

    def __init__(self) -> None:
        self.entries: dict[str, LedgerEntry] = {}
        self.claimed: set[str] = set()

    async def claim(self, key: str, fingerprint: str, lease_seconds: float) -> LedgerEntry | None:
        assert lease_seconds > 0
        known = self.entries.get(key)
        if known and (known.result is not None or key in self.claimed or known.fingerprint != fingerprint):
            return known
        self.entries[key] = LedgerEntry(fingerprint)
        self.claimed.add(key)
        return None

    async def peek(self, key: str) -> LedgerEntry | None:
        return self.entries.get(key)

    async def settle(self, key: str, entry: LedgerEntry, keep_seconds: float) -> None:
        assert keep_seconds > 0
        self.entries[key] = entry
        self.claimed.discard(key)

    async def release(self, key: str, fingerprint: str, keep_seconds: float) -> None:
        assert keep_seconds > 0
        assert self.entries[key].fingerprint == fingerprint
        self.claimed.discard(key)


@dataclass
class Hospital:
    """Every port at once; failures are by card number, or for the whole call."""

    asked: list[tuple[Any, ...]] = field(default_factory=list)
    failing: dict[str, ConnectorError] = field(default_factory=dict)
    broken: Exception | None = None
    identities: dict[str, str | None] = field(default_factory=dict)
    charges_: list[Charge] = field(default_factory=list)
    reports_: list[DiagnosticReport] = field(default_factory=list)
    detail: LabReportDetail | ImagingReportDetail | None = None
    payment_status: PaymentStatus = PaymentStatus.CONFIRMED

    def _ask(self, *what: Any) -> None:
        self.asked.append(what)
        if self.broken:
            raise self.broken

    def count(self, what: str) -> int:
        return sum(1 for one in self.asked if one[0] == what)

    async def known(self, _card: CardRef) -> CardHolder | None:
        return None

    async def holders(self, cards: Sequence[CardRef]) -> list[CardHolder | ConnectorError]:
        self._ask("holders", *(card.number for card in cards))
        return [
            self.failing.get(card.number)
            or CardHolder(card=card, name="王小明", identity_number=self.identities.get(card.number, IDENTITY))
            for card in cards
        ]

    async def create(self, new: NewCard) -> CardRef:
        self._ask("create", new)
        return CardRef(new.hospital_id, new.card_number)

    async def balance(self, card: CardRef) -> Decimal:
        self._ask("balance", card.number)
        if card.number in self.failing:
            raise self.failing[card.number]
        return Decimal("1.00")

    async def charges(self, holder: CardHolder) -> ChargeSheet | None:
        self._ask("charges", holder.card.number)
        return ChargeSheet(card=holder.card, total=Decimal(0), charges=self.charges_)

    async def pay(self, holder: CardHolder, order: PaymentOrder) -> Payment:
        self._ask("pay", order)
        return Payment(card=holder.card, number=order.number, status=self.payment_status, amount=order.amount)

    async def reports(
        self,
        holders: Sequence[CardHolder],
        period: Period,  # noqa: ARG002 # the port's form
    ) -> list[list[DiagnosticReport] | ConnectorError]:
        self._ask("reports", *(holder.card.number for holder in holders))
        return [[report for report in self.reports_ if report.card == holder.card] for holder in holders]

    async def lab_report(self, _holder: CardHolder, report_id: str) -> Any:
        self._ask("detail", report_id)
        return self.detail

    imaging_report = lab_report


class System:
    """A vendor system that is there."""

    seen = Seen()

    async def probe(self, hospital_id: str) -> None:
        raise NotImplementedError

    async def forget(self, card: CardRef) -> None:
        raise NotImplementedError

    async def close(self) -> None:
        return None


def connection(port: Hospital, *hospital_ids: str) -> Connection:
    hospitals = {key: HospitalConfig(id=key, name=key, upstream_id=key, base_url="http://h") for key in hospital_ids}
    every: Any = port
    return Connection(
        system=System(),
        hospitals=hospitals,
        capabilities=frozenset(Capability) - {Capability.CAMPUSES},
        cards=every,
        billing=every,
        reports=every,
    )


@dataclass
class RecordedTrail:
    """An audit log that holds what a test puts there, newest first; a place is a position."""

    events: list[AuditEvent] = field(default_factory=list)

    async def trail(self, cards: Sequence[CardRef], behind: str | None, count: int) -> Trail:
        about = [event for event in self.events if any(touch.card in cards for touch in event.touches)]
        begin = 0 if behind is None else int(behind) + 1
        placed = [(str(place), event) for place, event in enumerate(about)][begin:]
        return Trail(placed[:count], len(about), len(placed) > count)


@dataclass
class Region:
    """Two systems: `shared` serves the hospitals first and third, `other` the second."""

    shared: Hospital = field(default_factory=Hospital)
    other: Hospital = field(default_factory=Hospital)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    ids: GlobalIds = field(default_factory=lambda: GlobalIds(b"s" * 32))
    audit: RecordedTrail = field(default_factory=RecordedTrail)
    grants: EmergencyGrants = field(default_factory=lambda: EmergencyGrants(b"g" * 32, 900))
    clock: Callable[[], dt.datetime] = lambda: NOW

    def context(self, principal: Principal = PATIENT) -> Context:
        registry = Registry([connection(self.shared, "first", "third"), connection(self.other, "second")])
        services = Services(
            registry=registry,
            ledger=self.ledger,
            inbox=MemoryInbox(),
            ids=self.ids,
            audit=self.audit,
            grants=self.grants,
            files=FileAddresses(b"f" * 32, 300),
            digest=keyed_digest(b"d" * 32),
            verify_identity_numbers=False,
            clock=self.clock,
        )
        return Context(principal=principal, request_id="r-1", services=services)

    def info(self, principal: Principal = PATIENT) -> Any:
        return SimpleNamespace(context=self.context(principal))
