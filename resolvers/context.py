"""What every resolver is handed: who asks, the hospitals, this request's loaders."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from strawberry.types import Info

from connectors.core import deadline
from connectors.core import origins as core_origins
from connectors.core.kinds import KeyedHash
from connectors.records.base import SHANGHAI
from connectors.registry import Registry
from resolvers.access_control.access import Access
from resolvers.access_control.audit import AuditTrail, Deed
from resolvers.access_control.emergency import EmergencyGrants
from resolvers.access_control.principal import Principal
from resolvers.access_control.sessions import Logins
from resolvers.communication.inbox import Inbox
from resolvers.diagnostic_reports.file_addresses import FileAddresses
from resolvers.global_id import GlobalIds
from resolvers.loaders import Loaders
from resolvers.writes.ledger import Ledger


def _now() -> dt.datetime:
    return dt.datetime.now(SHANGHAI)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What all requests share; made once by the process."""

    registry: Registry
    ledger: Ledger
    inbox: Inbox
    ids: GlobalIds
    audit: AuditTrail
    grants: EmergencyGrants
    files: FileAddresses
    digest: Callable[[str], KeyedHash]
    logins: Logins | None = None
    deadline_seconds: float = 8.0
    verify_identity_numbers: bool = True
    clock: Callable[[], dt.datetime] = _now


@dataclass(slots=True, kw_only=True)
class Context:
    """One request; made inside the task that serves it, since its deadline starts then.

    `hospitals` are those it has met (resolvers.facilities.hospitals): nearly every record names one. For the audit
    log, `deeds` are what its mutations did, and `origins` where its data came from.
    """

    principal: Principal
    request_id: str
    services: Services
    access: Access = field(init=False)
    loaders: Loaders = field(init=False)
    hospitals: dict[str, Any] = field(init=False, default_factory=dict)
    deeds: list[Deed] = field(init=False, default_factory=list)
    origins: core_origins.Origins = field(init=False, default_factory=core_origins.start)

    def __post_init__(self) -> None:
        """Start the deadline."""
        deadline.start(self.services.deadline_seconds)
        self.access = Access(self.principal)
        self.loaders = Loaders(self.services.registry, self.access)

    def show(self, other: "Context") -> None:
        """Take note that this request's answer is another's, of the same asker: it shows what that one shows."""
        self.access.seen |= other.access.seen
        self.access.denied |= other.access.denied
        self.origins.asked |= other.origins.asked
        self.origins.kept |= other.origins.kept

    def go_on_as(self, principal: Principal) -> None:
        """Let what is left of the request be asked by somebody who has just logged in."""
        self.principal = principal
        self.access.go_on_as(principal)


GraphInfo: TypeAlias = Info[Context, None]
