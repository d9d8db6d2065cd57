"""What all domains of the regional HIS share: the call, its address, reads joined over several hospitals."""

import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from typing import Any, Literal, Self, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, FilePath, model_validator

from connectors.core import deadline
from connectors.core.concurrency import together
from connectors.core.config import HospitalConfig, SystemConfig
from connectors.core.convert import web_address
from connectors.core.envelope import Envelope
from connectors.core.kept import Kept
from connectors.core.kinds import CallKind, Idempotent, Once, Read, Scope, scope_of
from connectors.core.outcomes import outcomes
from connectors.core.readers import Reader
from connectors.core.upstream import Request, Upstream
from connectors.errors import ConnectorError, Refused
from connectors.records.base import CardRef
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.regional_wechat.codes import ENVELOPE
from connectors.regional_wechat.interfaces import DOCUMENTED_PATHS, NUMBERS, UNNAMED
from connectors.regional_wechat.webservice import described, service_of

K = TypeVar("K")
T = TypeVar("T")

_HEADERS = {"Content-Type": "application/json;charset=UTF-8"}


class Options(BaseModel):
    """The regional HIS's own settings.

    `transport` says whether its interfaces are addresses, or methods of a web service at the base address that the file
    `wsdl` describes. A method is called as the last part of the interface's address.
    `path` is the template of an interface's address below the base address; `paths` are single interfaces' (by name, or
    by number where the document gives no name), which hospitals may override.
    `hospital_codes` maps our hospital id to the code that chapter 21 asks for beside the hospital's id (default: that
    id); `caller_code` is what the HIS calls this server, where it wants to be told. `health_card_position` is which
    part of a health card's code is its id, counted from 0.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    transport: Literal["http", "webservice"] = "http"
    wsdl: FilePath | None = None
    path: str = Field("/{name}", pattern=r"^/.*\{name\}.*$")
    paths: dict[str, str] = {}
    hospital_codes: dict[str, str] = {}
    caller_code: str | None = None
    separate_imaging_list: bool = False
    health_card_position: int = Field(0, ge=0)
    join_hospitals: bool = True
    join_seconds: float = Field(3.0, gt=0)
    apart_seconds: float = Field(30.0, ge=0)

    @model_validator(mode="after")
    def _described(self) -> Self:
        if self.transport == "webservice":
            if self.wsdl is None:
                raise ValueError("transport webservice needs wsdl, the file with the service's description")
            described(self.wsdl)
        return self


class Regional:
    """One regional HIS: makes calls and remembers which hospitals are better asked apart."""

    def __init__(self, config: SystemConfig, upstream: Upstream) -> None:
        """Take the system's configuration and the way to it."""
        self.config = config
        self.options: Options = config.options
        self._upstream = upstream
        self._apart_until: dict[str, float] = {}
        self._addresses: dict[tuple[str, str], str] = {}
        self._service = service_of(config)

    def call(
        self,
        name: str,
        hospital_id: str,
        body: Mapping[str, Any],
        reader: Reader[T],
        kind: CallKind,
        *,
        envelope: Envelope = ENVELOPE,
    ) -> Coroutine[Any, Any, T]:
        """Call an interface by its documented name at the address of a hospital; fields that are None are left out."""
        if type(body) is not dict or None in body.values():
            body = {key: value for key, value in body.items() if value is not None}
        request = Request(
            interface=NUMBERS[name],
            url=self.address(name, hospital_id),
            body=orjson.dumps(body),
            envelope=envelope,
            headers=_HEADERS,
        )
        if self._service is not None:
            request = self._service.wrapped(request, self.hospital(hospital_id).base_url)
        return self._upstream.send(request, reader, kind)

    def hospital(self, hospital_id: str) -> HospitalConfig:
        """Return the configuration of one of this system's hospitals."""
        return self.config.hospitals[hospital_id]

    def upstream_id(self, hospital_id: str) -> str:
        """Return what the HIS calls the hospital."""
        return self.config.hospitals[hospital_id].upstream_id

    def identity_number(self, name: str, holder: CardHolder) -> str:
        """Return the person's, for an interface that cannot do without; raises Refused where there is none."""
        if holder.identity_number is None:
            raise Refused(
                system=self.config.name,
                interface=NUMBERS[name],
                code=ProblemCode.IDENTITY_NUMBER_MISSING,
                patient_message="身份证号不能为空",
            )
        return holder.identity_number

    def card_fields(self, holder: CardHolder) -> dict[str, Any]:
        """Write a person's card as most interfaces want it."""
        return {
            "hospitalId": self.upstream_id(holder.card.hospital_id),
            "medicalCardNumber": holder.card.number,
            "idCard": holder.identity_number,
        }

    def key(self, interface: str, parse: Callable[[str], K], key: str, problem: ProblemCode) -> K:
        """Read a key of ours that an interface is to be asked with; one that is none is refused with this problem."""
        try:
            return parse(key)
        except ValueError:
            raise Refused(
                system=self.config.name, interface=interface, code=problem, detail="not a key of ours"
            ) from None

    def read(self, about: CardRef | str, seconds: float = 30.0) -> Read:
        """A read about a person's card, or about a public topic."""
        return Read(scope_of(self.config.name, about), seconds)

    def idempotent(self, key: str, *stale: CardRef | str) -> Idempotent:
        """A write with a business key, and what it makes stale."""
        return Idempotent(key, self._scopes(stale))

    def once(self, *stale: CardRef | str) -> Once:
        """A write without a business key, and what it makes stale."""
        return Once(self._scopes(stale))

    async def joined(
        self,
        name: str,
        holders: Sequence[CardHolder],
        ask: Callable[[CardHolder, Mapping[str, CardRef]], Coroutine[Any, Any, list[T]]],
        card_of: Callable[[T], CardRef],
    ) -> list[list[T] | ConnectorError]:
        """Ask for several hospitals at once, where one card number is valid in them and one address serves them.

        `ask` gets a holder and the cards by the HIS's hospital id. When a joined call fails or takes longer than
        `join_seconds`, each hospital is asked by itself, and apart for the next `apart_seconds`: a hospital's fault
        stays its own.
        """
        groups = self._groups(name, holders)
        results: dict[CardRef, list[T] | ConnectorError] = {}
        for part in await together(*(self._ask_group(group, ask, card_of) for group in groups)):
            results |= part
        return [results[holder.card] for holder in holders]

    async def _ask_group(
        self,
        group: list[CardHolder],
        ask: Callable[[CardHolder, Mapping[str, CardRef]], Coroutine[Any, Any, list[T]]],
        card_of: Callable[[T], CardRef],
    ) -> dict[CardRef, list[T] | ConnectorError]:
        if len(group) > 1:
            try:
                with deadline.within(self.options.join_seconds):
                    rows = await ask(group[0], self._cards(group))
            except ConnectorError:
                self._keep_apart(holder.card for holder in group)
            else:
                return _by_card(group, rows, card_of)
        # Half of what is left: the other hospitals wait for this one and may have more to ask afterwards.
        with deadline.within(deadline.half()):
            apart = await outcomes(*(ask(holder, self._cards([holder])) for holder in group))
        return {holder.card: found for holder, found in zip(group, apart, strict=True)}

    def _groups(self, name: str, holders: Sequence[CardHolder]) -> list[list[CardHolder]]:
        groups: dict[tuple[str, ...], list[CardHolder]] = {}
        for holder in holders:
            hospital_id = holder.card.hospital_id
            apart = not self.options.join_hospitals or self._is_apart(hospital_id)
            key = (holder.card.number, self.address(name, hospital_id), hospital_id if apart else "")
            groups.setdefault(key, []).append(holder)
        return list(groups.values())

    async def first_answer(
        self, cards: Sequence[CardRef], ask: Callable[[CardRef], Awaitable[T | None]]
    ) -> T | ConnectorError | None:
        """Ask one hospital after the other for what each can tell, those in trouble last; the first that tells wins.

        A hospital that takes longer than `join_seconds` is passed over while another is left to ask.
        """
        outcome: T | ConnectorError | None = None
        in_turn = sorted(cards, key=lambda card: self._is_apart(card.hospital_id))
        for position, card in enumerate(in_turn):
            last = position == len(in_turn) - 1
            try:
                with deadline.within(None if last else self.options.join_seconds):
                    outcome = await ask(card)
            except ConnectorError as error:
                if error.code is ProblemCode.UPSTREAM_TIMEOUT:
                    self._keep_apart([card])
                outcome = error
                continue
            if outcome is not None:
                break
        return outcome

    def _is_apart(self, hospital_id: str) -> bool:
        return hospital_id in self._apart_until and self._apart_until[hospital_id] > time.monotonic()

    def _keep_apart(self, cards: Iterable[CardRef]) -> None:
        until = time.monotonic() + self.options.apart_seconds
        for card in cards:
            self._apart_until[card.hospital_id] = until

    def _cards(self, group: Sequence[CardHolder]) -> dict[str, CardRef]:
        return {self.upstream_id(holder.card.hospital_id): holder.card for holder in group}

    def address(self, name: str, hospital_id: str) -> str:
        """Say where an interface is called; raises Refused for one without a documented or configured address."""
        key = (name, hospital_id)
        if key not in self._addresses:
            self._addresses[key] = self._written_address(name, hospital_id)
        return self._addresses[key]

    def _written_address(self, name: str, hospital_id: str) -> str:
        path = self._configured_path(name, hospital_id)
        if path is None:
            if name in UNNAMED:
                raise Refused(system=self.config.name, interface=name, code=ProblemCode.UNSUPPORTED_BY_HOSPITAL)
            path = self.options.path.format(name=DOCUMENTED_PATHS.get(name, name))
        if web_address(path):
            # Images often come from a machine of their own.
            return path
        return self.hospital(hospital_id).base_url.rstrip("/") + path

    def is_configured(self, number: str, hospital_id: str) -> bool:
        """Say whether an interface that the document gives no name has an address at the hospital."""
        return self._configured_path(number, hospital_id) is not None

    def _configured_path(self, name: str, hospital_id: str) -> str | None:
        return self.hospital(hospital_id).paths.get(name) or self.options.paths.get(name)

    def kept(self, name: str, kind: type[T], seconds: float) -> Kept[T]:
        """Results about single people, kept apart though one call may give several."""
        return Kept(self._upstream, name, kind, seconds)

    def _scopes(self, about: Iterable[CardRef | str]) -> tuple[Scope, ...]:
        return tuple(scope_of(self.config.name, one) for one in about)


def _by_card(
    group: Sequence[CardHolder], rows: list[T], card_of: Callable[[T], CardRef]
) -> dict[CardRef, list[T] | ConnectorError]:
    # By hospital: the cards of a group have one number.
    found: dict[str, list[T]] = {holder.card.hospital_id: [] for holder in group}
    for row in rows:
        hospital_id = card_of(row).hospital_id
        if hospital_id in found:
            found[hospital_id].append(row)
    return {holder.card: found[holder.card.hospital_id] for holder in group}
