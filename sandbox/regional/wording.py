"""How the regional HIS writes the town's facts."""

import datetime as dt
from decimal import Decimal

from sandbox.regional.call import SECOND
from sandbox.town.model import Person

SEX = {"M": "男", "F": "女"}


def money(amount: Decimal) -> str:
    """Yuan with two places."""
    return f"{amount:.2f}"


def second(moment: dt.datetime | None) -> str:
    """A time to the second, empty for none."""
    return moment.strftime(SECOND) if moment else ""


def age(person: Person, day: dt.date) -> str:
    """The age on a day with its unit: months in the first year."""
    born = person.birth_date
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    return f"{months // 12}岁" if months >= 12 else f"{max(months, 0)}月"  # noqa: PLR2004 - months of a year
