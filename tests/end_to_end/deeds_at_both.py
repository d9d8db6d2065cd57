"""Deeds of a front end that are compared at both vendors, and mistakes that are told with the same codes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.keys import Purpose, derive
from connectors.records.base import CardRef
from resolvers.global_id import GlobalIds
from tests.end_to_end.both_vendors import Desk
from tests.end_to_end.twin_hospitals import PALM, REGIONAL
from tests.end_to_end.world import settings

_IDS = GlobalIds(derive(settings("http://127.0.0.1:9").secret, Purpose.GLOBAL_IDS))


def book(desk: Desk) -> dict[str, Any]:
    slot = desk.slot()
    return {"cardId": desk.card, "slotId": slot["id"], "fee": slot["fee"]}


def cancel(desk: Desk) -> dict[str, Any]:
    return {"appointmentId": desk.booked()["id"]}


def pay_appointment(desk: Desk) -> dict[str, Any]:
    made = desk.booked()
    return {"appointmentId": made["id"], "fee": made["fee"], "surcharge": made["surcharge"], "method": "WECHAT_PAY"}


def register(desk: Desk) -> dict[str, Any]:
    session = desk.session()
    fee = desk.terms(session)["fee"] or session["fee"]
    if "REGISTRATION_RESERVATION" in desk.capabilities:
        desk.do("reserveRegistration", cardId=desk.card, sessionId=session["id"], fee=fee)
    return desk.registration(session, fee)


def pay(desk: Desk) -> dict[str, Any]:
    return desk.payment(desk.state["chargeSheet"]["charges"])


def recharge(desk: Desk) -> dict[str, Any]:
    return {"cardId": desk.card, "amount": "100.00", "method": "WECHAT_PAY"}


def deposit(desk: Desk) -> dict[str, Any]:
    return {"cardId": desk.card, "amount": "500.00", "method": "WECHAT_PAY"}


def change_phone(desk: Desk) -> dict[str, Any]:
    return {"cardId": desk.card, "phone": "10000008888"}


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A mutation: what it is given, which figures it changes, other content for its key, the interfaces behind it.

    A figure that is None changes by the same at both, whatever it is. `different` are places in the result, and
    `regional_alone` figures, where the two cannot be the same.
    """

    given: Callable[[Desk], dict[str, Any]]
    changes: Mapping[str, str | None]
    other: Mapping[str, Any]
    interfaces: tuple[str, str]
    different: frozenset[str] = frozenset()
    regional_alone: frozenset[str] = frozenset()


_HIS = "hospital.interface"
DEEDS: Mapping[str, Deed] = {
    "bookAppointment": Deed(
        given=book,
        changes={"standing appointments": "1"},
        other={"fee": "99.00"},
        interfaces=(f"{_HIS}.appointmentInfo", "/new"),
    ),
    "cancelAppointment": Deed(
        given=cancel,
        changes={"standing appointments": "-1"},
        other={},
        interfaces=(f"{_HIS}.cancelAppointment", "/cancel"),
    ),
    "payAppointment": Deed(
        given=pay_appointment,
        changes={},
        other={"method": "ALIPAY"},
        interfaces=(f"{_HIS}.yyghRegister", "/prepay"),
    ),
    "registerSameDay": Deed(
        given=register,
        changes={"registrations today": "1", "standing appointments": "1"},
        other={"method": "ALIPAY"},
        interfaces=(f"{_HIS}.todayRegisterToRegister", "/register"),
        # One registers with a slot here and with a session there; no interface of the palm hospital cancels it.
        different=frozenset({"registerSameDay.appointment.startsAt", "registerSameDay.appointment.cancellable"}),
        # The palm hospital does not list among the appointments what is for today.
        regional_alone=frozenset({"standing appointments"}),
    ),
    "payCharges": Deed(
        given=pay,
        changes={"bills": "1", "to be paid": None},
        other={"method": "ALIPAY"},
        interfaces=(f"{_HIS}.clinicPayment", "/recipeCharge"),
    ),
    "rechargeCard": Deed(
        given=recharge,
        changes={"balance of the card": "100"},
        other={"amount": "101.00"},
        interfaces=(f"{_HIS}.paySuccess", "/recharge"),
    ),
    "payDeposit": Deed(
        given=deposit,
        changes={"deposits": "1", "left of deposits": "500"},
        other={"amount": "501.00"},
        interfaces=(f"{_HIS}.paymentOfDeposit", "/recharge"),
    ),
    "orderCaseCopy": Deed(
        given=Desk.copies,
        changes={},
        other={"method": "ALIPAY"},
        interfaces=(f"{_HIS}.medicalRecordInsertOrder", "/recipeCharge"),
    ),
    "changeHolder": Deed(
        given=change_phone,
        changes={},
        other={"phone": "10000009999"},
        interfaces=(f"{_HIS}.updateHisPatientInfo", "/card/update"),
    ),
}


@dataclass(frozen=True)
class Mistake:
    """Something wrong in what a mutation is given, with the code and the field that both hospitals' answers have."""

    what: str
    deed: str
    given: Callable[[Desk], dict[str, Any]]
    code: str
    field: str | None = None

    def __str__(self) -> str:
        return f"{self.deed}: {self.what}"


def but(given: Callable[[Desk], dict[str, Any]], **wrong: Any) -> Callable[[Desk], dict[str, Any]]:
    """What a deed is given, but for what is wrong; a function is asked for that at the hospital."""

    def make(desk: Desk) -> dict[str, Any]:
        found = given(desk) | {name: value(desk) if callable(value) else value for name, value in wrong.items()}
        return {name: value for name, value in found.items() if value is not None}

    return make


def elsewhere(desk: Desk) -> str:
    """A slot of the other hospital."""
    slot: str = Desk(desk.town, PALM if desk.hospital == REGIONAL else REGIONAL).slot()["id"]
    return slot


def full(desk: Desk) -> str:
    """A slot that nothing is left of."""
    slot: str = next(slot["id"] for slot in desk.slots() if slot["remaining"] == 0)
    return slot


def no_slot(desk: Desk) -> str:
    """The id of a slot as this server writes them, that no hospital has."""
    return _IDS.write("Slot", desk.hospital, None, "none")


def no_charge(desk: Desk) -> list[str]:
    """The same of a charge of the person."""
    town = desk.town.sandbox.town.hospitals[desk.hospital]
    card = next(card for card in town.cards if card.person_id == "p01")
    patient_id = card.patient_id if desk.hospital == PALM else None
    return [_IDS.write("Charge", desk.hospital, CardRef(desk.hospital, card.number, patient_id), "none")]


MISTAKES = (
    Mistake("no key", "bookAppointment", but(book, businessKey="short"), "BAD_INPUT", "businessKey"),
    Mistake("no id", "bookAppointment", but(book, slotId="none"), "BAD_INPUT", "id"),
    Mistake("another hospital's slot", "bookAppointment", but(book, slotId=elsewhere), "BAD_INPUT", "cardId"),
    Mistake("a slot that never was", "bookAppointment", but(book, slotId=no_slot), "NOT_FOUND"),
    Mistake("a full slot", "bookAppointment", but(book, slotId=full), "SLOT_FULL"),
    Mistake("another fee", "payAppointment", but(pay_appointment, fee="0.01"), "AMOUNT_MISMATCH"),
    Mistake("another surcharge", "payAppointment", but(pay_appointment, surcharge="77.00"), "AMOUNT_MISMATCH"),
    Mistake("another fee", "registerSameDay", but(register, fee="0.01"), "AMOUNT_MISMATCH"),
    Mistake("no place", "registerSameDay", but(register, slotId=None, sessionId=None), "BAD_INPUT", "slotId"),
    Mistake("another amount", "payCharges", but(pay, amount="0.01"), "AMOUNT_MISMATCH", "amount"),
    Mistake("three places", "payCharges", but(pay, amount="1.001"), "BAD_INPUT", "amount"),
    Mistake("no known way", "payCharges", but(pay, method="UNKNOWN"), "BAD_INPUT", "method"),
    Mistake(
        "nothing from the card", "payCharges", but(pay, method="CARD_BALANCE"), "AMOUNT_MISMATCH", "cardBalanceAmount"
    ),
    Mistake("a charge that never was", "payCharges", but(pay, chargeIds=no_charge), "CHARGE_UNKNOWN", "chargeIds"),
    Mistake("nothing", "rechargeCard", but(recharge, amount="0"), "BAD_INPUT", "amount"),
    Mistake("from the card itself", "rechargeCard", but(recharge, method="CARD_BALANCE"), "BAD_INPUT", "method"),
    Mistake("nothing", "payDeposit", but(deposit, amount="0"), "BAD_INPUT", "amount"),
    Mistake("from a card", "payDeposit", but(deposit, method="CARD_BALANCE"), "BAD_INPUT", "method"),
    Mistake("after the stay", "payDeposit", deposit, "ALREADY_DISCHARGED", "cardId"),
    Mistake("another sum", "orderCaseCopy", but(Desk.copies, amount="12.51"), "AMOUNT_MISMATCH", "amount"),
    Mistake("no pages", "orderCaseCopy", but(Desk.copies, pageCount=0), "BAD_INPUT", "pageCount"),
    Mistake(
        "no stay of theirs", "orderCaseCopy", but(Desk.copies, admissionNumber="ZY9"), "BAD_INPUT", "admissionNumber"
    ),
    Mistake("no phone", "changeHolder", but(change_phone, phone="x"), "BAD_INPUT", "phone"),
)
