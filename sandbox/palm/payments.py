"""From a check of the groups to their payment."""

from decimal import Decimal

from sandbox.palm.call import Call, Payload, yuan
from sandbox.palm.failures import SENTENCES, Failure
from sandbox.palm.fees import PENDING, charges_of, due
from sandbox.palm.lookups import INPATIENT, OUTPATIENT, card_or_fail, person_of
from sandbox.palm.signing import payment_sign
from sandbox.town.deeds import now, pay
from sandbox.town.model import Card, Charge

FROM_CARD, FROM_PLATFORM = 0, 1
"""The values of balance_pay here; BALANCE_PAY of the appointment group means the opposite."""

RECHARGE, CHARGES = "1", "2"
"""The values of purpose."""

INSURANCE_FIELDS = ("settlement id", "insurance_pay", "account_pay", "patient_type_id", "pay_amount")
"""All or none of them; the blank in the first name is documented like that."""


def check(call: Call) -> Payload:
    """Whether groups can be paid with this total (/cpayCheck); the answer has no payload."""
    call.choice("op_flag", OUTPATIENT, INPATIENT)
    _pending(call, card_or_fail(call), "")
    return {}


def new_order(call: Call) -> Payload:
    """A new order number, another one with each call (/paymentNew)."""
    call.choice("pay_mode", "wePay", "aliPay")
    purpose, flag = call.choice("purpose", RECHARGE, CHARGES), call.choice("op_flag", OUTPATIENT, INPATIENT)
    call.amount("total")
    # What is paid for a stay names that instead of a card.
    number = call.memory.new_order(card_or_fail(call, check_card=flag == OUTPATIENT).patient_id)
    if purpose == RECHARGE:
        call.memory.recharge_orders.add(number)
    return {"order": {"order_no": number}}


def settle(call: Call) -> Payload:
    """Pay groups of a visit (/recipeCharge).

    business_no is the business key: the same content again gives the same answer, another content is refused.
    """
    card = card_or_fail(call)
    op_flag = call.choice("op_flag", OUTPATIENT, INPATIENT)
    call.choice("balance_pay", FROM_CARD, FROM_PLATFORM)
    call.choice("pay_mode", "wePay", "aliPay", "balancePay")
    check_order(call, card, CHARGES)
    key, content = call.text("business_no"), _content(call)
    first = call.memory.settled.get(key)
    if first is None:
        _pay(call, card)
        call.memory.settled[key] = content
    elif first != content:
        raise Failure(SENTENCES["key_conflict"])
    name = person_of(call, card).name
    return {"info": {"patient_id": card.patient_id, "op_flag": op_flag, "patient_name": name}}


def check_order(call: Call, card: Card, purpose: str) -> None:
    """The signature, and that the order was made for this patient and purpose."""
    expected = payment_sign(
        patient_id=call.text("patient_id"),
        his_order_no=call.text("his_order_no"),
        business_no=call.text("business_no"),
        total=call.amount("total"),
    )
    if call.text("sign") != expected:
        raise Failure("签名错误")
    number = call.text("his_order_no")
    made_for = RECHARGE if number in call.memory.recharge_orders else CHARGES
    if call.memory.orders.get(number) != card.patient_id or made_for != purpose:
        raise Failure("订单不存在")


def _pay(call: Call, card: Card) -> None:
    total, cash, fund, account = _split(call)
    bill = pay(
        call.town,
        call.hospital,
        card,
        [charge.id for charge in _pending(call, card, call.text("visit_id"))],
        total=total,
        from_balance=cash if call.number("balance_pay") == FROM_CARD else Decimal("0.00"),
        key=call.text("business_no"),
        when=now(call.town),
    )
    bill.insurance_fund, bill.insurance_account, bill.insurance = fund, account, fund + account


def _pending(call: Call, card: Card, visit_id: str) -> list[Charge]:
    """The charges of the groups in `orders`, if all are to be paid and `total` is what they cost."""
    wanted = set(_groups(call))
    charges = [row for row in charges_of(call, card, PENDING, visit_id) if row.group_id in wanted]
    if {row.group_id for row in charges} != wanted:
        raise Failure(SENTENCES["charge_unknown"])
    if due(charges) != call.amount("total"):
        raise Failure(SENTENCES["amount_mismatch"])
    return charges


def _groups(call: Call) -> list[str]:
    return sorted(str(row["order_id"]) for row in call.rows("orders"))


def _split(call: Call) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """The total, and what of it is paid in cash, by the insurance fund, from the insurance account."""
    total = call.amount("total")
    if not any(call.text(name) for name in INSURANCE_FIELDS):
        return total, total, Decimal("0.00"), Decimal("0.00")
    for name in INSURANCE_FIELDS:
        if not call.text(name):
            raise Failure(f"缺少参数 {name}")
    cash, fund, account = (yuan(name, call.text(name)) for name in ("pay_amount", "insurance_pay", "account_pay"))
    if cash + fund + account != total:
        raise Failure(SENTENCES["amount_mismatch"])
    return total, cash, fund, account


def _content(call: Call) -> tuple[str, ...]:
    """What makes two settlements the same."""
    names = ("patient_id", "visit_id", "his_order_no", "pay_mode", *INSURANCE_FIELDS)
    flags = (str(call.number("op_flag")), str(call.number("balance_pay")))
    return (*(call.text(name) for name in names), *flags, str(call.amount("total")), *_groups(call))
