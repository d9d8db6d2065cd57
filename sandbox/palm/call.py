"""A call as the handlers see it: checked fields and the town."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sandbox.palm.failures import Failure
from sandbox.palm.memory import Memory
from sandbox.town.model import Hospital, Town

Payload = Mapping[str, object]


def _nobody(path: str, body: Payload) -> None:
    """Tell it to nobody."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request; the readers rely on the check against the facts that came before."""

    town: Town
    hospital: Hospital
    memory: Memory
    body: object
    address: str = ""
    """Where the system is reached: what it has files at."""
    tell: Callable[[str, Payload], object] = _nobody
    """Tells something by itself, under the path of an interface that others serve."""

    def text(self, name: str) -> str:
        """A string field, trimmed; blank when it is not given."""
        value = self._get(name)
        return value.strip() if isinstance(value, str) else ""

    def given(self, name: str) -> bool:
        """Whether the field is there at all, be it blank."""
        return self._get(name) is not None

    def number(self, name: str) -> int:
        """An integer field."""
        value = self._get(name)
        if not isinstance(value, int):
            raise Failure(f"缺少参数 {name}")
        return value

    def choice(self, name: str, *allowed: int | str) -> int | str:
        """A field with a closed list of values."""
        value = self._get(name)
        if isinstance(value, int | str) and value in allowed:
            return value
        raise Failure(f"参数错误 {name}")

    def amount(self, name: str) -> Decimal:
        """A number field as yuan."""
        return yuan(name, self._get(name))

    def day(self, name: str) -> dt.date:
        """A date field; of a date with a time only the date counts."""
        try:
            return dt.date.fromisoformat(self.text(name)[:10])
        except ValueError:
            raise Failure(f"日期格式错误 {name}") from None

    def rows(self, name: str = "") -> list[Mapping[str, object]]:
        """A list of objects; without a name the body itself."""
        value = self._get(name) if name else self.body
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []

    def _get(self, name: str) -> object:
        return self.body.get(name) if isinstance(self.body, dict) else None


def yuan(name: str, value: object) -> Decimal:
    """A JSON number, or a string of digits, as yuan with at most two places."""
    try:
        amount = Decimal(str(value))
        if amount.is_finite() and amount >= 0 and amount == amount.quantize(Decimal("0.01")):
            return amount.quantize(Decimal("0.01"))
    except ArithmeticError:
        pass
    raise Failure(f"金额格式错误 {name}")
