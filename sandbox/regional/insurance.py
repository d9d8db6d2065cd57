"""Orders that the insurance pays a part of (5.1.1 to 5.1.6), and those left at the counter (6.2.1 to 6.2.5)."""

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import NOTHING_FOUND, Answer, Refused, success
from sandbox.regional.wording import money, second
from sandbox.town import claim_deeds, deeds
from sandbox.town.claims import CounterOrder, InsuranceOrder
from sandbox.town.lookup import department_of, doctor_of, items_of
from sandbox.town.model import Hospital, Prescription

ONLINE = ("AliPay", "WeChatPay")
STATES = {"pre_settled": "0", "settled": "1"}


def _purses(order: InsuranceOrder) -> list[Answer]:
    return [
        {"payTypeName": "医保余额", "payAmount": money(order.account)},
        {"payTypeName": "医保统筹", "payAmount": money(order.fund)},
    ]


def _order(hospital: Hospital, order: InsuranceOrder) -> Answer:
    return {
        "hospitalId": hospital.id,
        "hisTradeId": order.id,
        "tradeAmount": money(order.total),
        "preferentialAmount": money(order.discount),
        "medPayList": _purses(order),
    }


def create(call: Call) -> Answer:
    """Make an order and settle it tentatively (5.1.1)."""
    card = call.card()
    charge_ids = [part.strip() for part in call.text("detailIds").split(",") if part.strip()]
    order = claim_deeds.create_order(call.hospital, card, charge_ids, deeds.now(call.town))
    made = {"preMedAmount": money(order.insurance), "tradeCreateTime": second(order.created_at)}
    return success(_order(call.hospital, order) | made)


def settle(call: Call) -> Answer:
    """Let the insurance pay (5.1.2)."""
    order = claim_deeds.settle_order(call.hospital, call.text("hisTradeId"), deeds.now(call.town))
    made = {"medAmount": money(order.insurance), "medSettleTime": second(order.settled_at)}
    return success(_order(call.hospital, order) | made)


def cancel(call: Call) -> Answer:
    """Cancel orders (5.1.3); the ids come under either name."""
    joined = call.text("hisTradeIds") or call.text("hisTradeId")
    done = claim_deeds.cancel_orders(call.hospital, [part.strip() for part in joined.split(",")])
    return success("1" if done else "0")


def pay(call: Call) -> Answer:
    """The person's part was paid (5.1.4): `amount` has the card's part in it."""
    card = call.card()
    call.choice("payType", *ONLINE)
    done = claim_deeds.pay_order(
        call.hospital,
        card,
        call.text("hisTradeId"),
        amount=call.amount("amount"),
        from_balance=call.amount("balancePayment"),
        key=call.text("outTradeNo"),
        when=call.moment("payTime"),
    )
    return success("1" if done else "0")


def unfinished(call: Call) -> Answer:
    """What was left half done (5.1.5): one object, the latest."""
    found = claim_deeds.unfinished(call.hospital, call.card())
    if not found:
        return success(None)
    order = found[0]
    rest = {
        "medAmount": money(order.insurance),
        "tradeCreateTime": second(order.created_at),
        "tradeState": STATES[order.state],
        "detailIds": ",".join(order.charge_ids),
    }
    return success(_order(call.hospital, order) | rest)


def refundable(call: Call) -> Answer:
    """Whether a payment may be given back (5.1.6): what was paid under that number."""
    order = claim_deeds.find_order(call.hospital, call.text("hisTradeId"))
    paid = order.payment is not None and order.payment[0] == call.text("outTradeNo")
    return success("refundable" if paid else "nonrefundable")


def _prescription(hospital: Hospital, order: CounterOrder) -> Prescription:
    return next(p for p in hospital.prescriptions if p.id == order.prescription_id)


def counter_orders(call: Call) -> Answer:
    """What was left at the counter in a span of time (6.2.1)."""
    card, hospital, within = call.card(), call.hospital, call.span()
    rows = []
    for order in hospital.claims.counter_orders:
        prescription = _prescription(hospital, order)
        if order.card_number != card.number or order.payment or not within(prescription.created_at):
            continue
        rows.append(
            {
                "hisTradeId": order.id,
                "hospitalId": hospital.id,
                "amount": money(order.rest),
                "reimburseAmount": money(order.insurance),
                "totalAmount": money(order.total),
                "doctor": doctor_of(hospital, prescription.doctor_id).name,
                "deptName": department_of(hospital, prescription.department_id).name,
            }
        )
    return success(rows)


def counter_order(call: Call) -> Answer:
    """One of them (6.2.2), its items nested in prescriptions."""
    hospital = call.hospital
    order = next((o for o in hospital.claims.counter_orders if o.id == call.text("hisTradeId")), None)
    if order is None:
        raise Refused(NOTHING_FOUND)
    prescription = _prescription(hospital, order)
    items = [
        {"item": drug.name, "price": money(drug.price), "quantity": str(drug.quantity), "unit": drug.unit}
        for drug in prescription.drugs
    ]
    sheet = {
        "doctor": doctor_of(hospital, prescription.doctor_id).name,
        "presCode": prescription.id,
        "createTime": second(prescription.created_at),
        "items": items,
    }
    return success(
        {
            "hisTradeId": order.id,
            "hospitalId": hospital.id,
            "amount": money(order.rest),
            "reimburseAmount": money(order.insurance),
            "totalAmount": money(order.total),
            "detail": [sheet],
        }
    )


def reimbursements(call: Call) -> Answer:
    """What the insurance has paid back in a span of time (6.2.3)."""
    card, hospital, within = call.card(), call.hospital, call.span()
    visits = {visit.id: visit for visit in hospital.visits}
    rows = []
    for bill in sorted(hospital.bills, key=lambda bill: bill.charged_at, reverse=True):
        if bill.card_number != card.number or not bill.insurance or not within(bill.charged_at):
            continue
        visit = visits[bill.visit_id]
        rows.append(
            {
                "diseaseName": visit.diagnoses[0],
                "hospitalId": hospital.id,
                "amount": money(bill.paid),
                "reimburseAmount": money(bill.insurance),
                "totalAmount": money(bill.total),
                "hisTradeId": bill.id,
                "doctor": doctor_of(hospital, visit.doctor_id).name,
                "createTime": second(visit.started_at),
            }
        )
    return success(rows)


def reimbursed_items(call: Call) -> Answer:
    """What it has paid for (6.2.4)."""
    card = call.card()
    bill = next((b for b in call.hospital.bills if b.id == call.text("hisTradeId")), None)
    if bill is None or bill.card_number != card.number:
        raise Refused(NOTHING_FOUND)
    return success(
        [
            {
                "item": charge.item,
                "price": money(charge.price),
                "quantity": str(charge.quantity),
                "unit": charge.unit,
                "amount": money(charge.amount),
            }
            for charge in items_of(call.hospital, bill)
        ]
    )


def pay_counter_order(call: Call) -> Answer:
    """What was left was paid (6.2.5)."""
    card = call.card()
    call.choice("payType", *ONLINE, "SelfBuiltPlatformPay")
    call.moment("payTime")
    done = claim_deeds.pay_counter_order(
        card,
        claim_deeds.find_counter_order(call.hospital, call.text("hisTradeId")),
        amount=call.amount("amount"),
        from_balance=call.amount("blPayment"),
        key=call.text("blTradeNo"),
    )
    return success("1" if done else "0")


INTERFACES = (
    Interface("5.1.1", create),
    Interface("5.1.2", settle),
    Interface("5.1.3", cancel),
    Interface("5.1.4", pay),
    Interface("5.1.5", unfinished),
    Interface("5.1.6", refundable),
    Interface("hospital.interface.queryMedicalInsuranceOrder", counter_orders),
    Interface("hospital.interface.queryMedicalInsuranceOrderDetail", counter_order),
    Interface("hospital.interface.queryReimbursement", reimbursements),
    Interface("hospital.interface.queryReimbursementDetail", reimbursed_items),
    Interface("hospital.interface.medicalInsurancePayment", pay_counter_order),
)
