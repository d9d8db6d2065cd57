"""The palm hospital (document "external interfaces that the palm hospital depends on"): a second HIS vendor."""

from connectors.core.config import Machinery, SystemConfig
from connectors.core.files import FileClient
from connectors.core.upstream import Upstream
from connectors.palm_hospital.base import Options, Palm
from connectors.palm_hospital.billing import Billing
from connectors.palm_hospital.cards import Cards
from connectors.palm_hospital.prescriptions import Prescriptions
from connectors.palm_hospital.reports import Reports
from connectors.palm_hospital.scheduling import Scheduling
from connectors.palm_hospital.system import Campuses, PalmSystem
from connectors.palm_hospital.visits import Visits
from connectors.ports import Connection
from connectors.records.hospitals import Capability

__all__ = ["CONTRACT", "ENDPOINTS", "Options", "connect"]

CONTRACT = "palm-hospital"
ENDPOINTS = (Cards, Billing, Visits, Reports, Prescriptions, Scheduling, Campuses)

_CAPABILITIES = frozenset(
    {
        Capability.CARDS,
        Capability.CARD_CREATION,
        Capability.CHARGES,
        Capability.BILLS,
        Capability.VISITS,
        Capability.REPORTS,
        Capability.PRESCRIPTIONS,
        Capability.SCHEDULES,
        Capability.APPOINTMENTS,
        Capability.CAMPUSES,
    }
)


def connect(config: SystemConfig, machinery: Machinery) -> Connection:
    """Connect a palm-hospital system and the hospitals behind it; makes no call yet."""
    upstream = Upstream(config, machinery)
    palm = Palm(config, upstream)
    cards, campuses = Cards(palm), Campuses(palm)
    files = FileClient(config, machinery, upstream.seen)
    return Connection(
        system=PalmSystem(upstream, campuses, files),
        hospitals=config.hospitals,
        capabilities=_CAPABILITIES | {Capability.CHARGE_PAYMENT} if palm.options.signer else _CAPABILITIES,
        cards=cards,
        billing=Billing(palm),
        visits=Visits(palm, cards),
        reports=Reports(palm),
        files=files,
        prescriptions=Prescriptions(palm, cards),
        scheduling=Scheduling(palm),
        campuses=campuses,
    )
