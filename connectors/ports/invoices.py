"""Electronic invoices."""

from collections.abc import Sequence
from typing import Protocol

from connectors.ports.outcomes import Outcomes
from connectors.records.base import CardRef, Period
from connectors.records.invoices import ElectronicInvoice, InvoiceDocument
from connectors.records.people import CardHolder


class Invoices(Protocol):
    """Electronic invoices."""

    async def invoices(self, holders: Sequence[CardHolder], period: Period) -> Outcomes[list[ElectronicInvoice]]:
        """List invoices."""
        ...

    async def invoice_document(self, card: CardRef, invoice_id: str) -> InvoiceDocument | None:
        """Fetch one as a page or a file."""
        ...
