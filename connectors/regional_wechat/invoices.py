"""Electronic invoices (document chapter 31)."""

from collections.abc import Sequence

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.local_id import pack, unpack
from connectors.core.outcomes import outcomes
from connectors.core.readers import listing, single
from connectors.core.shape import GIVEN, Many, One, Row, Shape, Whole
from connectors.errors import ConnectorError, Refused
from connectors.records.base import SHANGHAI, CardRef, Period
from connectors.records.invoices import ElectronicInvoice, InvoiceDocument, InvoiceFormat, InvoiceKind
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.regional_wechat.base import Regional

_KINDS = {"1": InvoiceKind.OUTPATIENT, "2": InvoiceKind.INPATIENT, "3": InvoiceKind.DEPOSIT}
_PDF = "1"
# The first bytes of each format, as Base64 writes them.
_BEGINNINGS = {"JVBERi": InvoiceFormat.PDF, "iVBORw0KGg": InvoiceFormat.PNG, "/9j/": InvoiceFormat.JPEG}


def _key(row: Row) -> str:
    """The document is asked for by the kind as well."""
    key = convert.text(row.get("invoiceId"))
    if key is None:
        raise ValueError("missing")
    return pack(convert.text(row.get("patientType")), key)


def _format(row: Row) -> InvoiceFormat:
    """The content's own beginning wins: the document's example calls a PNG a PDF. "Picture" alone says too little."""
    content = convert.text(row.get("invoiceImage")) or ""
    for beginning, found in _BEGINNINGS.items():
        if content.startswith(beginning):
            return found
    told_pdf = convert.text(row.get("invoiceImageType")) == _PDF
    return InvoiceFormat.PDF if told_pdf else InvoiceFormat.UNKNOWN


INVOICE = Shape(
    ElectronicInvoice,
    id=Whole(_key),
    card=GIVEN,
    number="invoiceCode",
    kind=("patientType", convert.one_of(_KINDS, InvoiceKind.UNKNOWN)),
    issued_at="invoiceDate",
    amount="invoiceAmount",
    patient_name="outPatName",
)
DOCUMENT = Shape(
    InvoiceDocument,
    card=GIVEN,
    page_url=("billPageUrl", convert.web_address),
    content="invoiceImage",
    format=Whole(_format),
)


class Invoices:
    """Implements `connectors.ports.Invoices`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    async def invoices(
        self, holders: Sequence[CardHolder], period: Period
    ) -> list[list[ElectronicInvoice] | ConnectorError]:
        """Invoices; the interface takes one hospital at a time."""
        return await outcomes(*(self.invoices_of(holder, period) for holder in holders))

    @endpoint("31.1.1")
    async def invoices_of(self, holder: CardHolder, period: Period) -> list[ElectronicInvoice]:
        """Electronic invoices of one card, by whole days (31.1.1)."""
        card = holder.card
        return await self.call(
            "hospital.interface.electronicInvoiceInformation",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "startDate": period.since.astimezone(SHANGHAI).date().isoformat(),
                "endDate": period.until.astimezone(SHANGHAI).date().isoformat(),
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
                "patientName": holder.name,
            },
            listing(Many(INVOICE, "data"), card),
            self._regional.read(card),
        )

    @endpoint("31.1.2")
    async def invoice_document(self, card: CardRef, invoice_id: str) -> InvoiceDocument | None:
        """An invoice as a page or a file (31.1.2). Not kept: files are large, and addresses may lapse."""
        kind, key = self._parts(invoice_id)
        return await self.call(
            "hospital.interface.createElectronicInvoice",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "invoiceId": key,
                "patientType": kind or None,
            },
            single(One(DOCUMENT, "data"), card),
            self._regional.read(card, 0),
        )

    def _parts(self, invoice_id: str) -> tuple[str, ...]:
        try:
            return unpack(invoice_id, 2)
        except ValueError:
            raise Refused(
                system=self._regional.config.name,
                interface="31.1.2",
                code=ProblemCode.NOT_FOUND,
                detail="not a key of ours",
            ) from None
