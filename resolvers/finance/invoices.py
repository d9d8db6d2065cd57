"""Electronic invoices."""

from collections.abc import Sequence

from connectors.ports import Connection, Outcomes
from connectors.records.base import CardRef, Period
from connectors.records.hospitals import Capability
from connectors.records.invoices import ElectronicInvoice, InvoiceDocument
from connectors.records.people import CardHolder
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.merging import listed
from resolvers.offers import offered
from resolvers.pages import Position, position


async def document(root: ElectronicInvoice, info: GraphInfo) -> InvoiceDocument | None:
    """Fetch an invoice to look at."""
    return await info.context.loaders.alone(_document, root.card, root.id)


@needs(Resource.INVOICE, Action.SEARCH)
async def list_invoices(
    connection: Connection, holders: Sequence[CardHolder], when: Period
) -> Outcomes[list[ElectronicInvoice]]:
    """Ask one system for the invoices of several people."""
    return await offered(connection.invoices).invoices(holders, when)


@needs(Resource.INVOICE, Action.READ)
async def _document(connection: Connection, card: CardRef, invoice_id: str) -> InvoiceDocument | None:
    return await offered(connection.invoices).invoice_document(card, invoice_id)


def _place(invoice: ElectronicInvoice) -> Position:
    return position(invoice.issued_at, invoice.card.hospital_id, invoice.id)


invoices = listed(Capability.ELECTRONIC_INVOICES, list_invoices, _place)
