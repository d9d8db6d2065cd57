"""What a hospital can be asked, by domain. A vendor package implements those that its system offers.

Methods that take a sequence answer one outcome per element, in order: the result or the ConnectorError of that one,
so that one hospital's fault stays its own. Vendors with a batch call use it there.
"""

from connectors.ports.billing import Billing
from connectors.ports.cards import Cards
from connectors.ports.connection import Connection
from connectors.ports.outcomes import Outcome, Outcomes
from connectors.ports.prescriptions import Prescriptions
from connectors.ports.reports import Reports
from connectors.ports.scheduling import Booking, Scheduling
from connectors.ports.system import Campuses, System
from connectors.ports.visits import Visits

__all__ = [
    "Billing",
    "Booking",
    "Campuses",
    "Cards",
    "Connection",
    "Outcome",
    "Outcomes",
    "Prescriptions",
    "Reports",
    "Scheduling",
    "System",
    "Visits",
]
