"""What is to be paid, paying it, and what was paid (3.1.1, 3.1.2, 18.1.1)."""

from decimal import Decimal

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import INVALID_PARAMETER, MISSING_PARAMETER, WRONG_TYPE, Answer, Refused, success
from sandbox.regional.facts import given
from sandbox.regional.wording import money, second
from sandbox.town import deeds, till_deeds
from sandbox.town.lookup import doctor_of, items_of, pending_charges
from sandbox.town.model import Bill, Charge, Hospital

PAY_TYPES = (
    "AliPay",
    "WeChatPay",
    "SelfBuiltPlatformPay",
    "UnifiedPlatform",
    "UnifiedPlatform_AliPay",
    "UnifiedPlatform_WeChatPay",
    "UnifiedPlatform_ICBCPay",
)
NONE = Decimal("0.00")


def wait_pay(call: Call) -> Answer:
    """What a card has to pay (3.1.1)."""
    card, hospital = call.card(), call.hospital
    charges = sorted(pending_charges(hospital, card.number), key=lambda charge: (charge.ordered_at, charge.id))
    discount = sum((c.discount for c in charges), NONE)
    insured = any(b.insurance for b in hospital.bills if b.card_number == card.number)
    return success(
        {
            "hospitalId": hospital.id,
            "amount": money(sum((c.amount for c in charges), NONE) - discount),
            "isMedicalPat": "1" if insured else "0",
            "discountAmount": money(discount),
            "detail": [_charge(hospital, charge) for charge in charges],
        }
    )


def _charge(hospital: Hospital, charge: Charge) -> Answer:
    return {
        "id": charge.id,
        "item": charge.item,
        "itemAmount": money(charge.amount),
        "price": money(charge.price),
        "quantity": str(charge.quantity),
        "unit": charge.unit,
        "doctor": doctor_of(hospital, charge.doctor_id).name,
        "presCode": charge.prescription_id,
        "createTime": second(charge.ordered_at),
        "preferentialAmount": money(charge.discount),
        "presType": "1" if charge.traditional else "0",
    }


def clinic_payment(call: Call) -> Answer:
    """Charges were paid (3.1.2): `amount` is what was paid online, without the card's and the platform's part."""
    card = call.card()
    call.choice("payType", *PAY_TYPES)
    charge_ids = [str(charge_id) for charge_id in call.body["detailId"]]
    _check_prescriptions(call, charge_ids)
    from_balance = call.amount("balancePayment")
    bill = deeds.pay(
        call.town,
        call.hospital,
        card,
        charge_ids,
        total=call.amount("amount") + from_balance + call.amount("unifiedPayAmount"),
        from_balance=from_balance,
        key=call.text("outTradeNo"),
        when=call.moment("payTime"),
    )
    till_deeds.book(
        call.hospital,
        card,
        number=call.text("outTradeNo"),
        amount=call.amount("amount"),
        way=call.text("payType"),
        when=call.moment("payTime"),
        subject=till_deeds.PAYING,
    )
    return success({"outPrepayId": bill.id, "amount": money(card.balance), "invoiceId": bill.id})


def _check_prescriptions(call: Call, charge_ids: list[str]) -> None:
    """The same charges may be told by prescription as well; then each group is complete and among them."""
    for group in call.body.get("detailWithPresCode") or ():
        for field in ("presCode", "detail"):
            if not given(group.get(field)):
                raise Refused(MISSING_PARAMETER, f"缺少参数 {field}")
        if not isinstance(group["detail"], list):
            raise Refused(WRONG_TYPE, "参数类型错误 detail")
        if not {str(charge_id) for charge_id in group["detail"]} <= set(charge_ids):
            raise Refused(INVALID_PARAMETER, "参数无效 detailWithPresCode")


def outpatient_cost(call: Call) -> Answer:
    """What was paid in a span of time (18.1.1)."""
    within = call.span()
    paid = [
        (hospital, bill)
        for hospital, card in call.known_cards()
        for bill in hospital.bills
        if bill.card_number == card.number and within(bill.charged_at)
    ]
    paid.sort(key=lambda found: found[1].charged_at, reverse=True)
    return success([_bill(call, hospital, bill) for hospital, bill in paid], message="")


def _bill(call: Call, hospital: Hospital, bill: Bill) -> Answer:
    return {
        "hospitalId": hospital.id,
        "invoiceId": bill.id,
        "time": second(bill.charged_at),
        "total": money(bill.total),
        "preferentialAmount": money(bill.discount),
        "medInsuranceAmount": money(bill.insurance),
        "insuranceFundAmount": money(bill.insurance_fund),
        "insuranceBalanceAmount": money(bill.insurance_account),
        "getAmount": money(bill.paid),
        "patientName": call.holder(hospital, bill.card_number).name,
        "details": [
            {
                "type": charge.category,
                "item": charge.item,
                "price": money(charge.price),
                "quantity": str(charge.quantity),
                "amount": money(charge.amount),
            }
            for charge in items_of(hospital, bill)
        ],
    }


INTERFACES = (
    Interface("hospital.interface.queryWaitPay", wait_pay),
    Interface("hospital.interface.clinicPayment", clinic_payment),
    Interface("hospital.interface.queryOutpatientCostDetail", outpatient_cost, joined=True),
)
