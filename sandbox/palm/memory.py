"""What this system keeps beside the town: payment orders, settlements, and who booked for whom."""

from dataclasses import dataclass, field

from sandbox.town.model import Town

CONTENT = tuple[str, ...]


@dataclass(slots=True)
class Memory:
    """Belongs to one town; a reset makes another town, and so another memory."""

    town: Town
    orders: dict[str, str] = field(default_factory=dict)
    """Order number to the patient id for whom /paymentNew made it."""
    recharge_orders: set[str] = field(default_factory=set)
    """Those of the order numbers that were made for recharges."""
    statuses: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """Order number to the statuses that /paymentUpdateStatus told of it, with their reasons."""
    settled: dict[str, CONTENT] = field(default_factory=dict)
    """business_no to what /recipeCharge or /recharge was asked with it; the order number is the third of it."""
    reserved: set[tuple[str, str]] = field(default_factory=set)
    """Patient id and session of /registerPre."""
    registered: set[str] = field(default_factory=set)
    """Appointment ids of /register: they were never booked."""
    prepaid: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    """Appointment id to BUSINESS_NO, BUSINESS_INFO and BALANCE_PAY of /prepay."""
    booked_by: dict[str, str] = field(default_factory=dict)
    """Appointment id to the ACCOUNT_ID of /new."""

    def new_order(self, patient_id: str) -> str:
        """An order number that nobody had before."""
        number = f"HO{self.town.today:%Y%m%d}{len(self.orders) + 1:06}"
        self.orders[number] = patient_id
        return number
