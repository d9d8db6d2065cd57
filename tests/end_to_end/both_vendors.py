"""What a front end does at a hospital, written once: each deed takes the hospital's id, and nothing else differs."""

import datetime as dt
import secrets
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.end_to_end.world import Answer, World

ACCOUNT = "account-1"
CAPABILITIES = "query($hospital: ID!) { hospital(id: $hospital) { capabilities } }"
CARDS = "{ viewer { patients { cards { id number hospital { code } } } } }"
CARD = """query($card: ID!) { node(id: $card) { ... on Card { balance registrationsToday
  chargeSheet { total charges { id item amount discount } } admissions { number }
  admission { number status account { depositBalance depositPayable } } } } }"""
LISTS = """query($hospital: ID!) { viewer { patients {
  appointments(hospitals: [$hospital], first: 50) { nodes { id kind status startsAt departmentName doctorName } }
  bills(hospitals: [$hospital], first: 50) { nodes { id } }
  deposits(hospitals: [$hospital], first: 50) { nodes { amount admissionNumber } } } } }"""
SLOTS = """query($hospital: ID!, $day: Date!) { hospital(id: $hospital) { departments { name schedules(day: $day) {
  doctorName fee slots { id startsAt endsAt dayPart remaining } } } } }"""
SESSIONS = """query($hospital: ID!) { hospital(id: $hospital) { departments { sameDaySessions {
  id doctorName fee remaining slots { id } } } } }"""
TERMS = """query($card: ID!, $session: ID!) { node(id: $card) { ... on Card {
  registrationTerms(sessionId: $session) { admitted refusal fee } } } }"""

SURCHARGE = "query($id: ID!) { node(id: $id) { ... on Appointment { surcharge } } }"

ERRORS = "userErrors { code field message }"
APPOINTMENT = "id kind status startsAt departmentName doctorName fee cancellable hospital { code }"
PAYMENT = "number status amount hospitalReference hospital { code }"
DEEDS: Mapping[str, str] = {
    "bookAppointment": f"appointment {{ {APPOINTMENT} }}",
    "cancelAppointment": "cancellation { refundNumber }",
    "payAppointment": f"payment {{ {PAYMENT} registrationNumber }}",
    "reserveRegistration": "reservation { fee hospital { code } }",
    "registerSameDay": f"appointment {{ {APPOINTMENT} registrationNumber }}",
    "payCharges": f"payment {{ {PAYMENT} }}",
    "rechargeCard": f"payment {{ {PAYMENT} }}",
    "payDeposit": f"payment {{ {PAYMENT} depositBalance }}",
    "orderCaseCopy": "caseCopy { number status amount admissionNumber hospital { code } }",
    "changeHolder": "card { holderName patient { phone } }",
}
"""Each mutation, with what is asked of its result."""


class Desk:
    """One person at one hospital."""

    def __init__(self, town: World, hospital: str, account: str = ACCOUNT) -> None:
        self.town, self.hospital = town, hospital
        self.token = town.token(account)
        found = self.ask(CARDS)["viewer"]["patients"][0]["cards"]
        self.card: str = next(card["id"] for card in found if card["hospital"]["code"] == hospital)

    def ask(self, query: str, **variables: Any) -> Any:
        return self.town.ask(query, variables, self.token).data

    def tell(self, deed: str, given: Mapping[str, Any], key: str = "", token: str = "") -> Answer:
        """Send a mutation; without a key, under one that is its own."""
        name = f"{deed[0].upper()}{deed[1:]}Input"
        document = f"mutation($input: {name}!) {{ {deed}(input: $input) {{ {DEEDS[deed]} {ERRORS} }} }}"
        named = {"businessKey": key or f"{deed}-0001", **given}
        return self.town.ask(document, {"input": named}, token or self.token)

    def do(self, deed: str, key: str = "", **given: Any) -> Any:
        """What became of it, which was not refused."""
        outcome = self.tell(deed, given, key).data[deed]
        assert outcome["userErrors"] == [], (self.hospital, outcome["userErrors"])
        (result,) = (value for name, value in outcome.items() if name != "userErrors")
        return result

    @property
    def capabilities(self) -> set[str]:
        return set(self.ask(CAPABILITIES, hospital=self.hospital)["hospital"]["capabilities"])

    @property
    def state(self) -> Any:
        """The card, as it is now."""
        return self.ask(CARD, card=self.card)["node"]

    def listed(self, name: str) -> list[Any]:
        """One of the person's lists, of this hospital alone."""
        found: list[Any] = self.ask(LISTS, hospital=self.hospital)["viewer"]["patients"][0][name]["nodes"]
        return found

    def slots(self) -> list[Any]:
        """All slots of tomorrow, each with its fee."""
        day = (self.town.sandbox.town.today + dt.timedelta(days=1)).isoformat()
        departments = self.ask(SLOTS, hospital=self.hospital, day=day)["hospital"]["departments"]
        return [
            slot | {"fee": schedule["fee"], "doctorName": schedule["doctorName"]}
            for department in departments
            for schedule in department["schedules"]
            for slot in schedule["slots"]
        ]

    def slot(self, remaining: int | None = None) -> Any:
        """A free slot, the last of the day: nobody has anything else then."""
        free = [slot for slot in self.slots() if slot["remaining"] and remaining in (None, slot["remaining"])]
        return max(free, key=lambda slot: (slot["startsAt"], slot["doctorName"]))

    def session(self) -> Any:
        """A session of today that takes people."""
        departments = self.ask(SESSIONS, hospital=self.hospital)["hospital"]["departments"]
        sessions = [session for department in departments for session in department["sameDaySessions"]]
        return next(session for session in sessions if session["remaining"])

    def terms(self, session: Any) -> Any:
        return self.ask(TERMS, card=self.card, session=session["id"])["node"]["registrationTerms"]

    def registration(self, session: Any, fee: str) -> dict[str, Any]:
        """What registers with a session: with its first slot, or with itself where it has none."""
        place = {"slotId": session["slots"][0]["id"]} if session["slots"] else {"sessionId": session["id"]}
        return {"cardId": self.card, "fee": fee, "method": "WECHAT_PAY", **place}

    def payment(self, charges: list[Any]) -> dict[str, Any]:
        """What pays all of the charges."""
        due = sum((Decimal(each["amount"]) - Decimal(each["discount"] or 0) for each in charges), Decimal(0))
        return {"chargeIds": [each["id"] for each in charges], "amount": str(due), "method": "WECHAT_PAY"}

    def copies(self) -> dict[str, Any]:
        """An order of copies that are collected."""
        return {
            "cardId": self.card,
            "admissionNumber": self.state["admissions"][0]["number"],
            "applicationId": "application-1",
            "pageCount": 25,
            "printFee": "12.50",
            "amount": "12.50",
            "method": "WECHAT_PAY",
        }

    def booked(self) -> Any:
        """An appointment of tomorrow that was not there before, with its fee and its surcharge."""
        slot = self.slot()
        made = self.do(
            "bookAppointment", f"booking-{secrets.token_hex(8)}", cardId=self.card, slotId=slot["id"], fee=slot["fee"]
        )
        surcharge = self.ask(SURCHARGE, id=made["id"])["node"]["surcharge"]
        return made | {"fee": slot["fee"], "surcharge": surcharge}

    def figures(self) -> dict[str, Decimal]:
        """What deeds change, in figures."""
        card = self.state
        account = (card["admission"] or {}).get("account") or {}
        standing = [row for row in self.listed("appointments") if row["status"] == "BOOKED"]
        return {
            "balance of the card": Decimal(card["balance"]),
            "to be paid": Decimal(card["chargeSheet"]["total"]),
            "bills": Decimal(len(self.listed("bills"))),
            "standing appointments": Decimal(len(standing)),
            "registrations today": Decimal(card["registrationsToday"]),
            "deposits": Decimal(len(self.listed("deposits"))),
            "left of deposits": Decimal(account.get("depositBalance") or 0),
        }
