"""What all domains of the palm hospital share: the call, its address, its kinds, whose data it is."""

from collections.abc import Coroutine, Iterable
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from connectors.core.config import SystemConfig
from connectors.core.kept import Kept
from connectors.core.kinds import CallKind, Idempotent, Once, Read, Scope, scope_of
from connectors.core.local_id import unpack
from connectors.core.readers import Reader
from connectors.core.upstream import Request, Upstream
from connectors.errors import Refused
from connectors.palm_hospital.envelopes import ENVELOPES
from connectors.palm_hospital.interfaces import INTERFACES, JSON, UNDOCUMENTED, Interface
from connectors.palm_hospital.signing import Signer
from connectors.records.base import CardRef
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode

T = TypeVar("T")


class SelfService(BaseModel):
    """A desk where people admit themselves: its number, and the envelope of answers that the document does not show."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    machine_number: str = Field(min_length=1)
    envelope: str = "head-sign"

    @field_validator("envelope")
    @classmethod
    def _known(cls, envelope: str) -> str:
        if envelope not in ENVELOPES:
            raise ValueError(f"the envelope must be one of {', '.join(sorted(ENVELOPES))}")
        return envelope


class Options(BaseModel):
    """The palm hospital's own settings. Without a `signer` nothing is paid, without `self_service` nobody admitted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    signer: Signer | None = None
    self_service: SelfService | None = None
    # Whether the hospital has /requestSucess, and is asked there whether it has booked a payment.
    payment_inquiries: bool = True
    # The number of the price list's first page, which the document does not say.
    first_price_page: Literal[0, 1] = 1
    # Whether hospitals are told what becomes of their orders, beside the payment itself.
    payment_notices: bool = True


class Palm:
    """One palm-hospital system: makes calls."""

    def __init__(self, config: SystemConfig, upstream: Upstream) -> None:
        """Take the system's configuration and the way to it."""
        self.config = config
        self.options: Options = config.options
        self._upstream = upstream
        self._addresses: dict[tuple[str, str], str] = {}

    def call(
        self,
        path: str,
        hospital_id: str,
        body: dict[str, Any] | list[dict[str, Any]],
        reader: Reader[T],
        kind: CallKind,
    ) -> Coroutine[Any, Any, T]:
        """Call an interface at the address of a hospital; fields that are None are left out."""
        interface = self._interface(path)
        if isinstance(body, dict) and None in body.values():
            body = {name: value for name, value in body.items() if value is not None}
        request = Request(
            interface=path,
            url=self._address(path, hospital_id),
            body=interface.content_type.write(body),
            envelope=interface.envelope,
            headers={"Content-Type": interface.content_type.name},
        )
        return self._upstream.send(request, reader, kind)

    def _interface(self, path: str) -> Interface:
        """What the outside of a call looks like; where the document does not show it, as it is configured."""
        service = self.options.self_service
        if path in UNDOCUMENTED and service is not None:
            return Interface(ENVELOPES[service.envelope], JSON)
        return INTERFACES[path]

    def _address(self, path: str, hospital_id: str) -> str:
        key = (path, hospital_id)
        if key not in self._addresses:
            hospital = self.config.hospitals[hospital_id]
            self._addresses[key] = hospital.base_url.rstrip("/") + (hospital.paths.get(path) or path)
        return self._addresses[key]

    def patient_id(self, card: CardRef) -> str:
        """Return what the hospital calls the person: cards of `Cards.holders` have it."""
        if card.patient_id is None:
            raise self.refused("/getPatient", ProblemCode.CARD_UNKNOWN, "the card was not looked up")
        return card.patient_id

    def identity_number(self, path: str, holder: CardHolder) -> str:
        """Return the person's, for an interface that cannot do without; raises Refused where there is none."""
        if not holder.identity_number:
            raise self.refused(path, ProblemCode.IDENTITY_NUMBER_MISSING, "required by the document")
        return holder.identity_number

    def signer(self, path: str) -> Signer:
        """Return what signs payments; raises Refused where none is configured, and nothing can be paid."""
        signer = self.options.signer
        if signer is None:
            raise self.refused(path, ProblemCode.UNSUPPORTED_BY_HOSPITAL, "no signer is configured")
        return signer

    def key(self, path: str, packed: str, count: int, problem: ProblemCode = ProblemCode.NOT_FOUND) -> tuple[str, ...]:
        """Read a key that this package made; any other is refused before the hospital is asked."""
        try:
            return unpack(packed, count)
        except ValueError:
            raise self.refused(path, problem, "not a key of ours") from None

    def refused(self, path: str, code: ProblemCode, detail: str, told: str | None = None) -> Refused:
        """Make the error of a request that this server does not even send; patients are `told` a sentence."""
        return Refused(system=self.config.name, interface=path, code=code, detail=detail, patient_message=told)

    def full(self, refusal: Refused) -> Refused:
        """Make the error of a refusal that was found to be for want of free numbers: no answer here has a code."""
        return self.refused(refusal.interface, ProblemCode.SLOT_FULL, "nothing is left", "号源已满，请另选时段")

    def read(self, about: CardRef | str, seconds: float = 30.0) -> Read:
        """A read about a person's card, or about a public topic."""
        return Read(scope_of(self.config.name, about), seconds)

    def idempotent(self, key: str, *stale: CardRef | str) -> Idempotent:
        """A write with a business key, and what it makes stale."""
        return Idempotent(key, self._scopes(stale))

    def once(self, *stale: CardRef | str) -> Once:
        """A write without a business key, and what it makes stale."""
        return Once(self._scopes(stale))

    def kept(self, name: str, kind: type[T], seconds: float) -> Kept[T]:
        """Results about single people, kept apart though one call may give several."""
        return Kept(self._upstream, name, kind, seconds)

    def _scopes(self, about: Iterable[CardRef | str]) -> tuple[Scope, ...]:
        return tuple(scope_of(self.config.name, one) for one in about)
