"""The people of the town, their cards and accounts."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sandbox.town.clock import at, days_before
from sandbox.town.making.names import address_of, identity_of, name_of, phone_of
from sandbox.town.money import money
from sandbox.town.people import Account, Binding, Card, Person, Relation, Sex, StaffMember
from sandbox.town.town import Town

_REGIONAL = ("253", "254")

# age in years, sex, hospitals where the person has a card, guardian
_PEOPLE: dict[int, tuple[int, Sex, tuple[str, ...], int | None]] = {
    1: (41, Sex.MALE, ("253", "254", "501"), None),
    2: (7, Sex.FEMALE, ("253", "501"), 1),
    3: (36, Sex.FEMALE, ("253", "254", "501"), None),
    4: (67, Sex.FEMALE, ("253",), None),
    5: (29, Sex.MALE, (), None),
    6: (5, Sex.MALE, ("254",), 5),
    7: (52, Sex.MALE, ("501",), None),
    8: (74, Sex.MALE, ("253", "254"), None),
    9: (33, Sex.FEMALE, ("254", "501"), None),
    10: (45, Sex.FEMALE, ("253",), None),
    11: (22, Sex.MALE, (), None),
    12: (58, Sex.FEMALE, ("501",), None),
    13: (39, Sex.MALE, ("253", "254"), None),
    14: (61, Sex.FEMALE, ("254",), None),
    15: (27, Sex.FEMALE, ("253", "501"), None),
    16: (0, Sex.MALE, ("253",), 15),
    17: (48, Sex.MALE, (), None),
    18: (19, Sex.MALE, ("253",), None),
    19: (55, Sex.FEMALE, ("254", "501"), None),
    20: (31, Sex.FEMALE, (), None),
}
_WITHOUT_PAPERS = 16
_ACCOUNTS = {
    "account-1": ((1, Relation.SELF), (2, Relation.CHILD)),
    "account-2": ((3, Relation.SELF),),
    "account-3": ((4, Relation.PARENT), (18, Relation.OTHER)),
    "account-4": ((5, Relation.SELF), (6, Relation.CHILD)),
    "account-5": ((15, Relation.SELF), (16, Relation.CHILD)),
}


def person_id(number: int) -> str:
    """The id of the person with this number: p01, p02, …"""
    return f"p{number:02d}"


def settle(town: Town, draw: Random) -> None:
    """Brings the people into the town, with their cards and accounts."""
    for number, (years, sex, hospitals, guardian) in _PEOPLE.items():
        person = _person(town.today, draw, number, years, sex)
        person.guardian = person_id(guardian) if guardian else None
        town.people[person.id] = person
        for hospital in hospitals:
            _issue(town, draw, hospital, number)
    for account, people in _ACCOUNTS.items():
        bindings = tuple(Binding(person_id(number), relation) for number, relation in people)
        town.accounts[account] = Account(account, bindings)
    town.staff["staff-1"] = StaffMember("staff-1", tuple(town.hospitals))


def _person(today: date, draw: Random, number: int, years: int, sex: Sex) -> Person:
    # at least half a year past the last birthday, so that ages hold on any anchor day
    born_before = timedelta(days=years * 365 + years // 4 + 182 + draw.randrange(60))
    birthday = today - born_before
    adult = years >= 22
    return Person(
        id=person_id(number),
        name=name_of(number),
        sex=sex,
        birthday=birthday,
        identity="" if number == _WITHOUT_PAPERS else identity_of(number, birthday, male=sex is Sex.MALE),
        phone=phone_of(number),
        address=address_of(number),
        marital="已婚" if adult else "未婚",
        impoverished=number % 9 == 0,
        insured=number % 5 != 0,
    )


def _issue(town: Town, draw: Random, hospital: str, number: int) -> None:
    regional = hospital in _REGIONAL
    card = Card(
        hospital=hospital,
        number=f"00100000{number:07d}" if regional else f"PC{number:06d}",
        person=person_id(number),
        patient=f"{hospital}P{number:05d}" if regional else f"PID{number:06d}",
        balance=money(Decimal(draw.randrange(5000, 40000)) / 100),
        created_at=at(days_before(town.today, 280 + draw.randrange(400)), 9, draw.randrange(60)),
    )
    town.cards[hospital, card.number] = card
