"""Money on cards, what can be given back, and what was booked (7.1.2, 8.1.1-8.1.3, 13.1.1, 14.2.1-14.2.3)."""

import datetime as dt
from decimal import Decimal

from sandbox.regional.billing import PAY_TYPES
from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import NOTHING_FOUND, Answer, Refused, success
from sandbox.regional.wording import money, second
from sandbox.town import till_deeds
from sandbox.town.deeds import now
from sandbox.town.till import Transaction

_LOOK_BACK = dt.timedelta(days=92)
_DONE, _FAILED = "1", "3"
# As the examples of chapter 8 have it beside a success.
_MESSAGE = "失败原因"


def recharge(call: Call) -> Answer:
    """Money was paid in to a card (7.1.2)."""
    made = till_deeds.recharge(
        call.hospital,
        call.card(),
        number=call.text("outTradeNo"),
        amount=call.amount("payAmount"),
        way=call.choice("payType", *PAY_TYPES),
        when=call.moment("payTime"),
    )
    return success({"outPrepayId": made.id})


def refundable(call: Call) -> Answer:
    """What of a card's balance can be given back (8.1.1); the day limits the orders, not the amount."""
    card, since = call.card(), now(call.town) - _LOOK_BACK
    if call.text("startTime"):
        since = dt.datetime.combine(call.day("startTime"), dt.time.min)
    found = till_deeds.refundable(call.hospital, card)
    return success(
        {
            "medicalCardNumber": card.number,
            "balance": money(sum((amount for _, amount in found), Decimal("0.00"))),
            "order": [
                {"rechargeNo": made.number, "balance": money(amount)} for made, amount in found if made.paid_at >= since
            ],
        },
        message=_MESSAGE,
    )


def refund(call: Call) -> Answer:
    """Give back a part of a recharge (8.1.2)."""
    card = call.card()
    given = till_deeds.refund(
        call.town,
        call.hospital,
        card,
        number=call.text("refundNo"),
        recharge_number=call.text("orderNo"),
        amount=call.amount("refunAmount"),
    )
    return success({"outRefundId": given.id, "balance": money(card.balance)}, message=_MESSAGE)


def refund_status(call: Call) -> Answer:
    """What became of a refund (8.1.3); one that was never heard of has failed."""
    card, wanted = call.card(), (call.text("orderNo"), call.text("refundNo"))
    for given in call.hospital.till.refunds:
        if given.card_number == card.number and (given.recharge_number, given.number) == wanted:
            return success({"outRefundId": given.id, "status": _DONE}, message=_MESSAGE)
    return success({"outRefundId": "", "status": _FAILED}, message=_MESSAGE)


def refund_query(call: Call) -> Answer:
    """Whether a payment may be given back (13.1.1): one that was booked may not."""
    call.card()
    number = call.text("outTradeNo")
    booked = (call.hospital.id, number) in call.town.payments or any(
        known.number == number for known in call.hospital.till.transactions
    )
    return success("nonrefundable" if booked else "refundable")


def detail(call: Call) -> Answer:
    """What was booked in a stretch of time (14.2.1); refunds are negative."""
    within = call.span()
    rows = []
    for known in call.hospital.till.transactions:
        if within(known.at):
            refunded = {"refundNo": known.refund_number, "amount": money(_signed(known))}
            name = call.holder(call.hospital, known.card_number).name
            rows.append(_row(known) | refunded | {"name": name, "hisCardCode": known.card_number})
    return success(rows, message="")


def by_order(call: Call) -> Answer:
    """The payment of an order (14.2.2), in a list."""
    number = call.text("tradeNo")
    found = [known for known in call.hospital.till.transactions if known.number == number and not known.refund_number]
    return success([_row(known) for known in found], message="")


def by_refund(call: Call) -> Answer:
    """A refund of an order (14.2.3); its amount is positive."""
    wanted = (call.text("tradeNo"), call.text("refundNo"))
    for known in call.hospital.till.transactions:
        if (known.number, known.refund_number) == wanted:
            return success(_row(known) | {"refundNo": known.refund_number}, message="")
    raise Refused(NOTHING_FOUND)


def _signed(known: Transaction) -> Decimal:
    return -known.amount if known.refund_number else known.amount


def _row(known: Transaction) -> Answer:
    return {
        "tradeNo": known.number,
        "amount": money(known.amount),
        "tradeTime": second(known.at),
        "payType": known.way,
        "body": known.subject,
        "complete": True,
    }


INTERFACES = (
    Interface("hospital.interface.paySuccess", recharge),
    Interface("hospital.interface.getRefundBlance", refundable),
    Interface("hospital.interface.cardRefund", refund),
    Interface("hospital.interface.getRefundStatus", refund_status),
    Interface("hospital.interface.refundQuery", refund_query),
    Interface("hospital.interface.reconciliation.detail", detail),
    Interface("hospital.interface.reconciliation.queryByOutTradeNo", by_order),
    Interface("hospital.interface.reconciliation.queryByOutTradeNoAndRefundNo", by_refund),
)
