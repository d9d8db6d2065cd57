"""Money put on cards and on stays, and what the platform and this system tell each other of payments."""

from collections.abc import Iterable
from decimal import Decimal

from sandbox.palm.call import Call, Payload
from sandbox.palm.case_copies import HIS_ORDER_NO
from sandbox.palm.failures import SENTENCES, Failure
from sandbox.palm.lookups import INPATIENT, OUTPATIENT, age, card_or_fail, clock, day, money, person_of
from sandbox.palm.payments import RECHARGE, check_order
from sandbox.palm.people import basics, stay_fields
from sandbox.palm.stays import stay_of
from sandbox.palm.visits import visits_of
from sandbox.town import stay_deeds, till_deeds
from sandbox.town.deeds import now
from sandbox.town.model import Admission, Card
from sandbox.town.stays import StayFile

WAYS = {"wePay": "微信", "aliPay": "支付宝", "WeChatPay": "微信", "AliPay": "支付宝"}
"""What this system calls the ways that its callers, and the town, name."""

PAID, PAYMENT_FAILED, BOOKED, NOT_BOOKED = 1, -1, 2, -2
"""The values of status of /paymentUpdateStatus."""


def recharge(call: Call) -> Payload:
    """Put money on a card, or on a stay, whose number is then in card_no (/recharge).

    business_no is the business key: the same content again gives the same answer, another content is refused.
    """
    flag = int(call.choice("op_flag", OUTPATIENT, INPATIENT))
    card = card_or_fail(call, check_card=flag == OUTPATIENT)
    call.choice("pay_mode", "wePay", "aliPay")
    check_order(call, card, RECHARGE)
    stay = _stay(call, card, "card_no") if flag == INPATIENT else None
    if stay is None and call.text("card_no") != card.number:
        raise Failure("就诊卡与患者不符")
    names = ("patient_id", "card_no", "his_order_no", "pay_mode")
    key, content = call.text("business_no"), (*map(call.text, names), str(flag), str(call.amount("total")))
    if call.memory.settled.get(key, content) != content:
        raise Failure(SENTENCES["key_conflict"])
    _put(call, card, stay)
    call.memory.settled[key] = content
    return {"patient": _patient(call, card, stay) | {"op_flag": flag}}


def recharges(call: Call) -> Payload:
    """What was put on a card or on a stay, latest first (/getRecharge); op_flag says which of the numbers counts."""
    card = card_or_fail(call)
    if call.choice("op_flag", OUTPATIENT, INPATIENT) == INPATIENT:
        rows = _deposits(_file(call, _stay(call, card, "visit_no")))
    elif call.text("card_no") != card.number:
        raise Failure("就诊卡与患者不符")
    else:
        rows = _recharges(call, card)
    ordered = sorted(rows, key=lambda row: (str(row["recharge_date"]), str(row["recharge_time"])), reverse=True)
    return {"fees": ordered}


def update_status(call: Call) -> Payload:
    """Take note of what became of an order (/paymentUpdateStatus); what failed has a reason."""
    status = int(call.choice("status", PAID, PAYMENT_FAILED, BOOKED, NOT_BOOKED))
    if status < 0 and not call.text("fail_reason"):
        raise Failure("缺少参数 fail_reason")
    number = call.text("his_order_no")
    if number not in call.memory.orders:
        raise Failure("订单不存在")
    call.memory.statuses.setdefault(number, []).append((status, call.text("fail_reason")))
    return {}


def succeeded(call: Call) -> Payload:
    """Say whether a payment was booked under its order (/requestSucess): yes, or failure."""
    content = call.memory.settled.get(call.text("bill_id"))
    if content is None or content[HIS_ORDER_NO] != call.text("bill_no"):
        raise Failure("交易未成功")
    return {}


def _put(call: Call, card: Card, stay: Admission | None) -> None:
    key, amount, way = call.text("business_no"), call.amount("total"), call.text("pay_mode")
    if stay is None:
        till_deeds.recharge(call.hospital, card, number=key, amount=amount, way=way, when=now(call.town))
        return
    _file(call, stay)
    stay_deeds.deposit(call.hospital, stay, amount=amount, method=WAYS[way], key=key, when=now(call.town))


def _stay(call: Call, card: Card, name: str) -> Admission:
    stay = stay_of(call, card, call.text(name))
    if stay is None:
        raise Failure("住院记录不存在")
    return stay


def _file(call: Call, stay: Admission) -> StayFile:
    """The file of a stay; one of today has none before its first deposit."""
    files = call.hospital.stay_files
    if all(file.admission_id != stay.id for file in files):
        files.append(StayFile(admission_id=stay.id, bed=""))
    return stay_deeds.file_of(call.hospital, stay)


def _patient(call: Call, card: Card, stay: Admission | None) -> dict[str, object]:
    row = basics(call, card) | {"age": age(person_of(call, card), call.town.today)}
    if stay is None:
        return row | {"total": money(sum((visit.cost for visit in visits_of(call, card)), Decimal("0.00")))}
    file = _file(call, stay)
    return row | stay_fields(call, stay) | {"bed_no": file.bed, "balance": money(file.balance)}


def _recharges(call: Call, card: Card) -> Iterable[dict[str, object]]:
    till = call.hospital.till
    ways = {paid.number: paid.way for paid in till.transactions if not paid.refund_number}
    for made in till.recharges:
        if made.card_number == card.number:
            yield _row(made.id, WAYS[ways[made.number]], made.amount) | {
                "recharge_date": day(made.paid_at),
                "recharge_time": clock(made.paid_at),
            }


def _deposits(file: StayFile) -> Iterable[dict[str, object]]:
    for made in file.deposits:
        yield _row(made.receipt, made.method, made.amount) | {
            "recharge_date": day(made.paid_at),
            "recharge_time": clock(made.paid_at),
        }


def _row(key: str, method: str, amount: Decimal) -> dict[str, object]:
    return {
        "id": key,
        "recharge_method": method,
        "bank_type": "",
        "total": money(amount),
        "discount": 0.0,
        "actual": money(amount),
    }
