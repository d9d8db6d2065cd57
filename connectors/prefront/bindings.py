"""Who is bound to an account. No document says how to ask (docs/adr/0012): an address of its own is asked.

`POST` with `{"openId": ...}`, answered in the platform's envelope. `data` has `accountId` and `people`, these have
`personId`, `relation` (self, child, parent, other), perhaps `birthDate`, and `cards`, these `hospitalId`,
`medicalCardNumber`, and `patientId` where the hospital has a key of its own. Code 10002 or no data: the platform does
not know the account.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from connectors.core.concurrency import together
from connectors.core.convert import text
from connectors.core.readers import single
from connectors.core.shape import Many, One, Row, Shape, Whole
from connectors.errors import Refused
from connectors.prefront.base import Prefront
from connectors.prefront.patients import Patients
from connectors.records.accounts import Account, Binding, RelationCode
from connectors.records.base import CardRef
from connectors.records.problems import ProblemCode

_RELATIONS: dict[str, RelationCode] = {"self": "self", "child": "child", "parent": "parent"}


class Bindings:
    """Implements `connectors.account_ports.Bindings`."""

    def __init__(self, prefront: Prefront, patients: Patients) -> None:
        """Take the platform, and its people."""
        self._prefront = prefront
        self._patients = patients
        self._account = One(_account(prefront.hospital_id), "data")

    async def account_of(self, owner: str) -> Account | None:
        """Look up the account of an openid, and when its people were born: guardians' rights end some day.

        What the bindings do not say of that, the platform tells of the first card that it knows (1.3.1).
        """
        account = await self._prefront.ask_bindings(
            {"openId": owner}, single(self._account), self._prefront.read(f"account:{owner}")
        )
        if account is None:
            return None
        return replace(account, people=await together(*(self._dated(person) for person in account.people)))

    async def close(self) -> None:
        """Close the connections."""
        await self._prefront.close()

    async def _dated(self, person: Binding) -> Binding:
        cards = iter(person.cards)
        while person.birth_date is None and (card := next(cards, None)) is not None:
            person = replace(person, birth_date=await self._birth_date(card))
        return person

    async def _birth_date(self, card: CardRef) -> dt.date | None:
        try:
            holder = await self._patients.holder(card)
        except Refused as refusal:
            # A card that a hospital gave out itself need not be known to the platform.
            if refusal.code is not ProblemCode.CARD_UNKNOWN:
                raise
            return None
        return None if holder is None else holder.birth_date


def _account(hospital_id: Callable[[str], str]) -> Shape[Account]:
    def card(row: Row) -> CardRef:
        hospital, number = text(row["hospitalId"]), text(row["medicalCardNumber"])
        if hospital is None or number is None:
            raise ValueError("a card without hospital or number")
        return CardRef(hospital_id(hospital), number, text(row.get("patientId")))

    def cards(row: Row) -> list[CardRef]:
        return [card(each) for each in row.get("cards") or []]

    binding = Shape(
        Binding, person_id="personId", relation=("relation", _relation), birth_date="birthDate", cards=Whole(cards)
    )
    return Shape(Account, id="accountId", people=Many(binding, "people"))


def _relation(value: Any) -> RelationCode:
    return _RELATIONS.get(text(value) or "", "other")
