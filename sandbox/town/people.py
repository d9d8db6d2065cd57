"""Who lives in the town, which accounts they have, and where they have cards."""

import datetime as dt
from decimal import Decimal
from random import Random

from sandbox.town.model import Account, Card, Person
from sandbox.town.numbers import card_numbers, phone_number, wrong_identity_number

HISTORY_DAYS = 270

_STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
_NOWHERE = "990000"
_CHILD = 2
_ALL = ("253", "254", "501")
_CARDS: dict[int, tuple[str, ...]] = {1: _ALL, 2: ("253", "501"), 3: _ALL, 20: ()}
_OTHER_CARDS: tuple[tuple[str, ...], ...] = (("253",), ("254",), ("501",), ("253", "254"), ("254", "501"), _ALL)

ACCOUNTS: dict[str, list[tuple[str, str]]] = {
    "account-1": [("p01", "self"), ("p02", "child")],
    "account-2": [("p03", "self")],
    "account-3": [("p04", "self"), ("p05", "parent"), ("p06", "other")],
    "account-4": [("p20", "self")],
}


def people(seed: int, today: dt.date) -> dict[str, Person]:
    """Twenty people; the second is a child whatever the day."""
    town = [_person(number, seed, today) for number in range(1, len(_STEMS) + 1)]
    return {person.id: person for person in town}


def accounts() -> dict[str, Account]:
    """The logins."""
    return {id_: Account(id=id_, people=list(bound)) for id_, bound in ACCOUNTS.items()}


def cards(seed: int, today: dt.date, hospital_id: str) -> list[Card]:
    """The cards of a hospital, a person's number in all of them."""
    rng = Random(f"{seed} cards {hospital_id}")
    created = dt.datetime.combine(today - dt.timedelta(days=HISTORY_DAYS - 1), dt.time(9))
    found = []
    for number in range(1, len(_STEMS) + 1):
        balance = Decimal(rng.randrange(0, 30000)) / 100
        if hospital_id not in _CARDS.get(number, _OTHER_CARDS[number % len(_OTHER_CARDS)]):
            continue
        printed, key = card_numbers(hospital_id, number)
        found.append(
            Card(
                hospital_id=hospital_id,
                number=printed,
                patient_id=key,
                person_id=f"p{number:02}",
                balance=Decimal("500.00") if number == 1 else balance.quantize(Decimal("0.01")),
                created_at=created + dt.timedelta(minutes=number),
            )
        )
    return found


def _person(number: int, seed: int, today: dt.date) -> Person:
    rng = Random(f"{seed} person {number}")
    year = today.year - 8 if number == _CHILD else rng.randint(1945, 2000)
    birth = dt.date(year, rng.randint(1, 12), rng.randint(1, 28))
    gender = rng.choice("MF")
    # The last of the three digits that count a day's births is odd for men.
    order = 2 * number + (gender == "M")
    return Person(
        id=f"p{number:02}",
        name=f"样例{_STEMS[number - 1]}",
        gender=gender,
        birth_date=birth,
        identity_number=wrong_identity_number(f"{_NOWHERE}{birth:%Y%m%d}{order:03}"),
        phone=phone_number(number),
        address=f"样例路{number}号",
    )
