"""Synthetic numbers and names that look real: what must never be found again."""

import json
from typing import NamedTuple
from urllib.parse import quote, quote_plus

from sandbox.town.numbers import wrong_identity_number


class Personal(NamedTuple):
    """One made-up person, unlike anybody of the sandbox's town."""

    identity_number: str
    phone: str
    card: str
    name: str
    name_in_letters: str
    address: str
    secret: str

    def found_in(self, text: str) -> list[str]:
        """Which of them stand in a text, also escaped as JSON or in percents."""
        return [value for value in self if any(form in text for form in _forms(value))]


def _forms(value: str) -> set[str]:
    escaped = json.dumps(value)[1:-1]
    return {value, escaped, escaped.upper(), quote(value), quote_plus(value), value.encode().decode("latin-1")}


PERSON = Personal(
    identity_number=wrong_identity_number("13010419850629473"),
    phone="13987650412",
    card="687123450987654",
    name="欧阳澹泊",
    name_in_letters="OuyangDanbo",
    address="裕华路九十八号",
    secret="sk-Zx81QqPoverT",
)
