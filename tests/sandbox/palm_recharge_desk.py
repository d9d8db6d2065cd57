"""Recharges and payment orders of the palm hospital: the documented answers, and requests that find something."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sandbox.palm.signing import payment_sign
from sandbox.town.model import Admission

if TYPE_CHECKING:
    from palm_desk import Desk

SHAPES: dict[str, dict[str, str]] = {
    "/recharge": {
        "patient": (
            "id op_flag# name sex birthday age# card_no? id_no phone_no visit_no? admission_time? leave_hospital_time? "
            "dept_id? dept_name? bed_no? hospital_days#? total$ patient_type_id balance$ status# status_name"
        ),
    },
    "/getRecharge": {
        "fees[]": "id recharge_method bank_type total$ discount$ actual$ recharge_date recharge_time",
    },
    "/paymentUpdateStatus": {},
    "/requestSucess": {},
}


def requests(desk: "Desk") -> dict[str, object]:
    """One request for each that succeeds and finds something."""
    card, wanted, asked = desk.card(), recharging(desk), recharging(desk, business_no="R-ASKED")
    assert desk.status("/recharge", asked)[0] == 1
    return {
        "/recharge": wanted,
        "/getRecharge": {"patient_id": card.patient_id, "card_no": card.number, "visit_no": "", "op_flag": 1},
        "/paymentUpdateStatus": notice(asked, 2),
        "/requestSucess": question(asked),
    }


def recharging(desk: "Desk", business_no: str = "R-0001", **changes: object) -> dict[str, Any]:
    """A signed request of /recharge for p01, with a new order."""
    card = desk.card()
    order = desk.ask("/paymentNew", desk.order(Decimal("100.00")) | {"purpose": "1"})["order"]["order_no"]
    return signed(
        {
            "patient_id": card.patient_id,
            "card_no": card.number,
            "his_order_no": order,
            "business_no": business_no,
            "business_info": "{}",
            "op_flag": 1,
            "total": 100.0,
            "pay_mode": "wePay",
        }
        | changes
    )


def deposit(desk: "Desk", business_no: str = "D-0001", **changes: object) -> dict[str, Any]:
    """A signed request of /recharge for the one stay there, which lasts again, with a new order."""
    stay = lasting_stay(desk)
    card = next(card for card in desk.hospital.cards if card.number == stay.card_number)
    of_stay = {"patient_id": card.patient_id, "card_no": stay.number, "op_flag": 2}
    opened = desk.ask("/paymentNew", desk.order(Decimal("500.00")) | of_stay | {"purpose": "1"})["order"]["order_no"]
    return recharging(desk, business_no, **of_stay | {"his_order_no": opened, "total": 500.0} | changes)


def lasting_stay(desk: "Desk") -> Admission:
    """The one stay there, which takes deposits."""
    (stay,) = desk.hospital.admissions
    stay.discharged_at = None
    return stay


def signed(body: dict[str, Any]) -> dict[str, Any]:
    """The same with its signature."""
    names = ("patient_id", "his_order_no", "business_no")
    return body | {"sign": payment_sign(**{name: body[name] for name in names}, total=Decimal(str(body["total"])))}


def notice(paid: dict[str, Any], status: int, **changes: object) -> dict[str, Any]:
    """A request of /paymentUpdateStatus."""
    names = ("his_order_no", "business_no", "business_info")
    return {name: paid[name] for name in names} | {"status": status} | changes


def question(paid: dict[str, Any]) -> dict[str, str]:
    """A request of /requestSucess."""
    return {"bill_no": paid["his_order_no"], "bill_id": paid["business_no"], "check_reason": "确认交易结果"}
