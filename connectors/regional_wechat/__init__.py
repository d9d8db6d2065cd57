"""The regional HIS (document "regional WeChat account interfaces", 1.6.68): `hospital.interface.*` calls."""

from connectors.core.config import Machinery, SystemConfig
from connectors.core.upstream import Upstream
from connectors.ports import Connection
from connectors.records.hospitals import Capability
from connectors.regional_wechat.base import Options, Regional
from connectors.regional_wechat.billing import Billing
from connectors.regional_wechat.cards import Cards
from connectors.regional_wechat.prescriptions import Prescriptions
from connectors.regional_wechat.reports import Reports
from connectors.regional_wechat.scheduling import Scheduling
from connectors.regional_wechat.system import RegionalSystem
from connectors.regional_wechat.visits import Visits

__all__ = ["CONTRACT", "ENDPOINTS", "Options", "connect"]

CONTRACT = "regional-wechat"
ENDPOINTS = (Cards, Billing, Visits, Reports, Prescriptions, Scheduling)


def connect(config: SystemConfig, machinery: Machinery) -> Connection:
    """Connect a regional HIS and the hospitals behind it; makes no call yet."""
    upstream = Upstream(config, machinery)
    regional = Regional(config, upstream)
    scheduling = Scheduling(regional)
    return Connection(
        system=RegionalSystem(upstream, scheduling),
        hospitals=config.hospitals,
        capabilities=frozenset(Capability) - {Capability.CAMPUSES},
        batch_key=lambda card: card.number,
        cards=Cards(regional),
        billing=Billing(regional),
        visits=Visits(regional),
        reports=Reports(regional),
        prescriptions=Prescriptions(regional),
        scheduling=scheduling,
    )
