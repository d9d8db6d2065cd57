"""Good requests for cards and their money, and the answers as documented."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sandbox.town.till_deeds import refund

if TYPE_CHECKING:
    from regional_client import Caller

_ENVELOPE: dict[str, Any] = {"success": bool, "msg": str, "code": str}
_TRADE = {"tradeNo": str, "amount": str, "tradeTime": str, "payType": str, "body": str, "complete": bool}
SHAPES: dict[str, Any] = {
    f"hospital.interface.{short}": _ENVELOPE | more
    for short, more in {
        "newbornCreateCard": {},
        "createCardContacts": {},
        "updateHisPatientInfo": {},
        "bindCard": {"data": {"createDate": str}},
        "unRelateHisPatientCard": {},
        "paySuccess": {"data": {"outPrepayId": str}},
        "getRefundBlance": {
            "data": {"medicalCardNumber": str, "balance": str, "order": [{"rechargeNo": str, "balance": str}]}
        },
        "cardRefund": {"data": {"outRefundId": str, "balance": str}},
        "getRefundStatus": {"data": {"outRefundId": str, "status": str}},
        "refundQuery": {"data": str},
        "reconciliation.detail": {"data": [_TRADE | {"refundNo": str, "name": str, "hisCardCode": str}]},
        "reconciliation.queryByOutTradeNo": {"data": [_TRADE]},
        "reconciliation.queryByOutTradeNoAndRefundNo": {"data": _TRADE | {"refundNo": str}},
    }.items()
}
LINKED = "600000000000999"
REFUND = "RE-00000001"


def requests(caller: "Caller") -> dict[str, dict[str, Any]]:
    """By short name."""
    one = {"hospitalId": "253"}
    person, card = caller.person, caller.card
    holder = one | {"medicalCardNumber": card.number, "idCard": person.identity_number}
    recharge = caller.hospital().till.recharges[0].number
    order = {"orderNo": recharge, "refundNo": REFUND}
    pair = one | {"name": person.name, "oldMedicalCardNumber": card.number, "newMedicalCardNumber": LINKED}
    somebody = {"name": "样例新", "birthday": "2025-07-02", "idcard": "990000202507020001", "phone": "10000009999"}
    return {
        "newbornCreateCard": one
        | somebody
        | {
            "medicalCardNumber": "699999999999998",
            "sex": "女",
            "gender": "2",
            "address": "样例路1号",
            "cardNoType": "01",
        }
        | {"motherName": person.name, "motherIdcard": person.identity_number, "birthOrder": "02"},
        "createCardContacts": one
        | somebody
        | {"medicalCardNumber": card.number, "gender": "1", "address": "样例路1号", "nation": "01", "relation": "05"},
        "updateHisPatientInfo": one
        | {"medicalCardNumber": card.number, "phone": "10000009998", "address": {"cityName": "样例市"}, "nation": "56"},
        "bindCard": pair,
        "unRelateHisPatientCard": pair,
        "paySuccess": holder
        | {"outTradeNo": "JZKCZ-1", "payAmount": "10.00", "payType": "AliPay", "payTime": "2026-03-18 12:23:32"},
        "getRefundBlance": holder | {"startTime": "2020-01-01"},
        "cardRefund": holder | order | {"refunAmount": "1.50"},
        "getRefundStatus": holder | order,
        "refundQuery": holder | {"outTradeNo": recharge},
        "reconciliation.detail": one | {"startTime": "2020-01-01 00:00:00", "endTime": "2030-01-01 00:00:00"},
        "reconciliation.queryByOutTradeNo": one | {"tradeNo": recharge},
        "reconciliation.queryByOutTradeNoAndRefundNo": one | {"tradeNo": recharge, "refundNo": REFUND},
    }


def prepare(caller: "Caller") -> None:
    """Make what is there before it can be parted or looked up: a link, a refund."""
    hospital, card = caller.hospital(), caller.card
    hospital.relations.links[LINKED] = card.number
    number, amount = hospital.till.recharges[0].number, Decimal("1.50")
    refund(caller.sandbox.town, hospital, card, number=REFUND, recharge_number=number, amount=amount)
    # What is on the card stays as the town has it.
    card.balance += amount
