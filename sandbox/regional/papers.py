"""What people take home: the guide of a visit (4.1.1), invoices (31.1.1, 31.1.2), leaflets (38.1.3)."""

import base64
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import NOTHING_FOUND, Answer, Refused, success
from sandbox.regional.wording import money, second
from sandbox.town.model import Bill, Card, Charge, Drug, Hospital

PDF = base64.b64encode(b"%PDF-1.4\n%%EOF\n").decode()
# The head of a picture of one point.
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01").decode()
ROOMS = {
    "西药费": ("wm", "门诊西药房", "门诊一楼东侧", ("1001", "1002")),
    "中草药费": ("tcm", "门诊中药房", "门诊一楼西侧", ("1001", "1002")),
    "检验费": ("lis", "医学检验科", "医技楼二楼", ("2001", "2002")),
    "检查费": ("pacs", "影像科", "医技楼一楼", ("3001", "3002")),
}
OTHER = ("other", "门诊治疗室", "门诊二楼", ("4001", "4002"))


def guide(call: Call) -> Answer:
    """Rooms to go to for what was ordered or paid on a day (4.1.1)."""
    card, hospital, day = call.card(), call.hospital, call.day("queryDate")
    bills = {bill.id: bill for bill in hospital.bills}
    rooms: dict[tuple[str, str, str, tuple[str, str]], list[tuple[Charge, Bill | None]]] = {}
    for charge in hospital.charges:
        bill = bills.get(charge.bill_id or "")
        when = bill.charged_at if bill else charge.ordered_at
        if charge.card_number == card.number and when.date() == day:
            rooms.setdefault(ROOMS.get(charge.category, OTHER), []).append((charge, bill))
    return success(
        [
            {
                "hospitalId": hospital.id,
                "roomType": kind,
                "roomName": name,
                "roomAddress": address,
                "latelyUpdateTime": second(max(bill.charged_at if bill else c.ordered_at for c, bill in charges)),
                "itemList": [_guided(charge, bill, states) for charge, bill in charges],
            }
            for (kind, name, address, states), charges in rooms.items()
        ]
    )


def _guided(charge: Charge, bill: Bill | None, states: tuple[str, str]) -> Answer:
    return {
        "itemName": charge.item,
        "remark": "",
        "itemType": "0",
        "state": states[bill is not None],
        "warnNotice": "",
        "itemCount": str(charge.quantity),
        "itemPrice": money(charge.price),
        "completeTime": second(bill.charged_at if bill else None),
        "appointmentStatus": "1" if charge.category == "检查费" else "0",
    }


def invoice_list(call: Call) -> Answer:
    """Invoices of whole days (31.1.1)."""
    card, first, last = call.card(), call.day("startDate"), call.day("endDate")
    found = [row for row in _invoices(call.hospital, card) if first <= row[1].date() <= last]
    found.sort(key=lambda row: row[1], reverse=True)
    return success(
        [
            {
                "invoiceAmount": money(amount),
                "invoiceCode": f"FP{key}",
                "invoiceDate": second(when),
                "invoiceId": key,
                "hospitalId": call.hospital.id,
                "outPatName": call.person(card).name,
                "patientType": kind,
            }
            for key, when, amount, kind in found
        ]
    )


def _invoices(hospital: Hospital, card: Card) -> Iterator[tuple[str, dt.datetime, Decimal, str]]:
    for bill in hospital.bills:
        if bill.card_number == card.number:
            yield bill.id, bill.charged_at, bill.paid, "1"
    for stay in hospital.admissions:
        if stay.card_number == card.number and stay.discharged_at is not None:
            yield stay.id, stay.discharged_at, stay.cost, "2"


def invoice_document(call: Call) -> Answer:
    """One of them (31.1.2): a PDF of a visit's, a picture of a stay's, and its page."""
    key = call.text("invoiceId")
    rows = [row for card in call.hospital.cards for row in _invoices(call.hospital, card)]
    kind = next((kind for found, _, _, kind in rows if found == key), None)
    if kind is None or call.text("patientType") not in {"", kind}:
        raise Refused(NOTHING_FOUND)
    return success(
        {
            "billPageUrl": f"https://invoice.sandbox.invalid/{call.hospital.id}/{key}",
            "invoiceImage": f" {PDF if kind == '1' else PNG}",
            "invoiceCode": f"FP{key}",
            "invoiceId": key,
            "invoiceImageType": kind,
        }
    )


def leaflet(call: Call) -> Answer:
    """The leaflet of a medicine that was prescribed (38.1.3), with HTML in it."""
    drugs = (drug for prescription in call.hospital.prescriptions for drug in prescription.drugs)
    drug = next((drug for drug in drugs if drug.id == call.text("drugId")), None)
    if drug is None:
        raise Refused(NOTHING_FOUND)
    return success([{"cpiTitle": title, "mpiContent": content} for title, content in _sections(drug)])


def _sections(drug: Drug) -> list[tuple[str, str]]:
    return [
        ("药品名称", drug.name),
        ("规格", drug.specification),
        ("用法用量", f"{drug.usage}。<br />一次{drug.dose}，{drug.frequency_name}。"),
        ("注意事项", f"<strong>{drug.notice}</strong>"),
        ("贮藏", f"{drug.storage}&nbsp;"),
    ]


INTERFACES = (
    Interface("4.1.1", guide),
    Interface("hospital.interface.electronicInvoiceInformation", invoice_list),
    Interface("hospital.interface.createElectronicInvoice", invoice_document),
    Interface("hospital.interface.getDrugExplanatoryMemorandum", leaflet),
)
