"""What every resolver is handed: who asks, the hospitals, this request's loaders."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from strawberry.types import Info

from connectors.core import deadline
from connectors.records.base import SHANGHAI
from connectors.registry import Registry
from resolvers.global_id import GlobalIds
from resolvers.ledger import Ledger
from resolvers.loaders import Loaders
from resolvers.principal import Principal


def _now() -> dt.datetime:
    return dt.datetime.now(SHANGHAI)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What all requests share; made once by the process."""

    registry: Registry
    ledger: Ledger
    ids: GlobalIds
    digest: Callable[[str], str]
    deadline_seconds: float = 8.0
    clock: Callable[[], dt.datetime] = _now


@dataclass(slots=True, kw_only=True)
class Context:
    """One request; made inside the task that serves it, since its deadline starts then.

    `hospitals` are those it has met (resolvers.hospitals): nearly every record names one.
    """

    principal: Principal
    request_id: str
    services: Services
    loaders: Loaders = field(init=False)
    hospitals: dict[str, Any] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Start the deadline."""
        deadline.start(self.services.deadline_seconds)
        self.loaders = Loaders(self.services.registry, self.principal)


GraphInfo: TypeAlias = Info[Context, None]
