"""Electronic invoices: /getReceipt, and the originals at the addresses that it names.

The hospital is asked for the invoices of a card and, one by one, of each stay; they may be of any time. The address of
an original is the hospital's own: nobody is handed it, the file behind it is.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.concurrency import in_task, together
from connectors.core.files import FileClient
from connectors.core.local_id import pack
from connectors.core.outcomes import outcomes
from connectors.core.readers import listing_each
from connectors.core.shape import GIVEN, Many, Row, Shape
from connectors.errors import ConnectorError, Malformed, NotFound
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.stays import Stays
from connectors.palm_hospital.words import INPATIENT, OUTPATIENT, required
from connectors.records.base import CardRef, Period
from connectors.records.invoices import ElectronicInvoice, InvoiceDocument, InvoiceFormat, InvoiceKind
from connectors.records.people import CardHolder

_KINDS = {OUTPATIENT: InvoiceKind.OUTPATIENT, INPATIENT: InvoiceKind.INPATIENT}
_BEGINNINGS = {b"%PDF": InvoiceFormat.PDF, b"\x89PNG": InvoiceFormat.PNG, b"\xff\xd8\xff": InvoiceFormat.JPEG}
# It becomes text of the answer: many times what one page takes.
_LARGEST = 4 * 1024 * 1024

# The date is described as that of a recharge; there is no other, and none of these are recharges.
INVOICE = Shape(
    ElectronicInvoice,
    id=GIVEN,
    card=GIVEN,
    kind=GIVEN,
    number="receipt_no",
    issued_at="receipt_date",
    amount="total",
    discount="discount",
    paid_amount="actual",
    insurance_amount="si_pay",
    account_amount="account_pay",
    cash_amount="cash_pay",
    document_address=("origin_url", convert.web_address),
)
_INVOICES = Many(INVOICE, "fees")


@dataclass(frozen=True, slots=True)
class Account:
    """What invoices are asked for by: a card outside of stays, or a stay; `patient_id` may be another in a stay."""

    patient_id: str
    number: str
    op_flag: int


class Receipts:
    """Implements `connectors.ports.Invoices`."""

    def __init__(self, palm: Palm, stays: Stays, files: FileClient) -> None:
        """Take the system, where stays are found, and what fetches originals."""
        self._palm = palm
        self._stays = stays
        self._files = files
        self.call = palm.call

    async def invoices(
        self, holders: Sequence[CardHolder], period: Period
    ) -> list[list[ElectronicInvoice] | ConnectorError]:
        """Invoices of a period, of visits and of stays; the interface itself takes no period."""
        return await outcomes(*(self._invoices_of(holder, period) for holder in holders))

    async def invoice_document(self, card: CardRef, invoice_id: str) -> InvoiceDocument | None:
        """The original of an invoice; None where there is none, or not at an address that is fetched from."""
        op_flag, patient_id, number, _ = self._palm.key("/getReceipt", invoice_id, 4)
        listed = await self.receipts(card, Account(patient_id, number, int(op_flag)))
        address = next((invoice.document_address for invoice in listed if invoice.id == invoice_id), None)
        if address is None or not self._files.fetches(card.hospital_id, address):
            return None
        try:
            content = await in_task(self._original(card.hospital_id, address))
        except NotFound:
            return None
        return InvoiceDocument(card=card, content=base64.b64encode(content).decode(), format=_format(content))

    @endpoint("/getReceipt")
    async def receipts(self, card: CardRef, account: Account) -> list[ElectronicInvoice]:
        """Invoices of a card or of one stay (/getReceipt)."""

        def given(row: Row) -> Mapping[str, object]:
            key = pack(str(account.op_flag), account.patient_id, account.number, required(row.get("id")))
            return {"id": key, "card": card, "kind": _KINDS[account.op_flag]}

        return await self.call(
            "/getReceipt",
            card.hospital_id,
            {"patient_id": account.patient_id, "visit_no": account.number, "op_flag": account.op_flag},
            listing_each(_INVOICES, given, (card.hospital_id, card.number, account.patient_id)),
            self._palm.read(card),
        )

    async def _invoices_of(self, holder: CardHolder, period: Period) -> list[ElectronicInvoice]:
        card = holder.card
        visits = Account(self._palm.patient_id(card), card.number, OUTPATIENT)
        of_visits, of_stays = await together(self.receipts(card, visits), self._of_stays(holder))
        return [invoice for invoice in (*of_visits, *of_stays) if period.holds(invoice.issued_at)]

    async def _of_stays(self, holder: CardHolder) -> list[ElectronicInvoice]:
        """Invoices of all stays."""
        stays = await self._stays.known(holder)
        numbered = [(stay.patient_id, stay.admission.number) for stay in stays if stay.admission.number]
        accounts = [Account(patient_id, number, INPATIENT) for patient_id, number in numbered]
        found = await together(*(self.receipts(holder.card, account) for account in accounts))
        return [invoice for invoices in found for invoice in invoices]

    async def _original(self, hospital_id: str, address: str) -> bytes:
        stream = await self._files.fetch(hospital_id, address, None)
        content = bytearray()
        try:
            async for part in stream.parts:
                content += part
                if len(content) > _LARGEST:
                    raise Malformed(system=self._palm.config.name, interface="file", detail="too large for an invoice")
        finally:
            await stream.close()
        return bytes(content)


def _format(content: bytes) -> InvoiceFormat:
    """What the content itself says: nothing else does."""
    found = (kind for beginning, kind in _BEGINNINGS.items() if content.startswith(beginning))
    return next(found, InvoiceFormat.UNKNOWN)
