"""Invoices, corrections and numbers at the palm hospital: the documented answers, and requests that find something."""

from typing import TYPE_CHECKING

from sandbox.town.deeds import book
from sandbox.town.model import Appointment

if TYPE_CHECKING:
    from palm_desk import Desk

SHAPES: dict[str, dict[str, str]] = {
    "/getReceipt": {
        "fees[]": "id receipt_no total$ discount$ actual$ si_pay$ account_pay$ cash_pay$ receipt_date origin_url",
    },
    "/card/update": {},
    "/offerNumber": {
        "queue": (
            "id patient_name patient_id dept_id dept_name doctor_id doctor_name doctor_title hospital_id hospital_name "
            "queue_no#"
        ),
    },
}


def requests(desk: "Desk") -> dict[str, object]:
    """One request for each that succeeds and finds something."""
    return {"/getReceipt": of_card(desk), "/card/update": correction(desk), "/offerNumber": number(desk)}


def of_card(desk: "Desk", **changes: object) -> dict[str, object]:
    """A request of /getReceipt for what p01 paid outside of stays."""
    card = desk.card()
    return {"patient_id": card.patient_id, "visit_no": card.number, "op_flag": 1} | changes


def of_stay(desk: "Desk", **changes: object) -> dict[str, object]:
    """A request of /getReceipt for the stay there."""
    (stay,) = desk.hospital.admissions
    card = next(card for card in desk.hospital.cards if card.number == stay.card_number)
    return {"patient_id": card.patient_id, "visit_no": stay.number, "op_flag": 2} | changes


def correction(desk: "Desk", **changes: object) -> dict[str, object]:
    """A request of /card/update that changes nothing yet."""
    person = desk.sandbox.town.people["p01"]
    return {
        "patient_id": desk.card().patient_id,
        "sex": {"M": "男", "F": "女"}[person.gender],
        "id_no": person.identity_number,
        "phone_no": person.phone,
        "nation_name": "汉族",
        "birthday": f"{person.birth_date:%Y%m%d}",
    } | changes


def booked(desk: "Desk", days: int = 0, person_id: str = "p02") -> Appointment:
    """An appointment of somebody, in so many days."""
    town = desk.sandbox.town
    coming = (session for session in desk.hospital.sessions if (session.day - town.today).days == days)
    slot = next(slot for session in coming for slot in session.slots if slot.remaining)
    card = desk.card(person_id)
    return book(town, desk.hospital, card, slot.id, key=f"booked for {person_id} in {days} days")


def number(desk: "Desk", appointment: Appointment | None = None, **changes: object) -> dict[str, object]:
    """A request of /offerNumber."""
    wanted = appointment or booked(desk)
    card = next(card for card in desk.hospital.cards if card.number == wanted.card_number)
    return {"appointment_id": wanted.id, "patient_id": card.patient_id} | changes
