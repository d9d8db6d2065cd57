"""A connected vendor system: what it offers, and for which hospitals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from connectors.core.config import HospitalConfig
from connectors.ports.billing import Billing
from connectors.ports.cards import Cards
from connectors.ports.prescriptions import Prescriptions
from connectors.ports.reports import Reports
from connectors.ports.scheduling import Scheduling
from connectors.ports.system import Campuses, System
from connectors.ports.visits import Visits
from connectors.records.base import CardRef
from connectors.records.hospitals import Capability


def _all_together(_card: CardRef) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A connected vendor system: its ports (None: not offered) and the hospitals it serves.

    Cards of one `batch_key` may share a call; others are asked apart, so that they do not wait for each other.
    """

    system: System
    hospitals: Mapping[str, HospitalConfig]
    capabilities: frozenset[Capability] = field(default_factory=frozenset)
    batch_key: Callable[[CardRef], str] = _all_together
    cards: Cards
    billing: Billing | None = None
    visits: Visits | None = None
    reports: Reports | None = None
    prescriptions: Prescriptions | None = None
    scheduling: Scheduling | None = None
    campuses: Campuses | None = None
