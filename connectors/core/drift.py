"""Looks whether answers still have the documented fields: what is not as documented is counted, and never an error.

Of each interface one answer is looked at, then one every so many seconds: enough to see that a hospital's system was
changed, and next to nothing beside the calls.
"""

import datetime as dt
import re
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from connectors.records.base import SHANGHAI
from connectors.records.drift import DriftKind, FieldDrift

Fields = Mapping[str, Any]
"""Documented fields: name to the fields below it, or None.

Spellings are parted by `|`; what must be there ends in `!`.
"""

SECONDS = 10.0
_ROWS = 20
_MOST = 500
# Names are a hospital's: only what looks like a name of a program is shown, and no number of a person.
_NAME = re.compile(r"(?!.*\d{6})[A-Za-z_][A-Za-z0-9_.]{0,39}")
_UNPRINTABLE = "(?)"
_Difference = tuple[str, DriftKind]


class _Documented:
    """The fields of one object, ready to be compared."""

    __slots__ = ("below", "required")

    def __init__(self, fields: Fields) -> None:
        self.below: dict[str, _Documented | None] = {}
        self.required: list[tuple[str, ...]] = []
        for written, children in fields.items():
            spellings = tuple(written.rstrip("!").split("|"))
            below = None if children is None else _Documented(children)
            self.below.update(dict.fromkeys(spellings, below))
            if written.endswith("!"):
                self.required.append(spellings)

    def compare(self, answer: object, place: str = "") -> Iterator[_Difference]:
        """Name what differs in an object, or in the first rows of a list."""
        if isinstance(answer, list):
            for row in answer[:_ROWS]:
                yield from self.compare(row, place)
        elif isinstance(answer, Mapping):
            yield from self._compare_object(answer, f"{place}." if place else "")

    def _compare_object(self, answer: Mapping[str, Any], place: str) -> Iterator[_Difference]:
        for spellings in self.required:
            if not any(name in answer for name in spellings):
                yield place + spellings[0], DriftKind.MISSING
        for name, value in answer.items():
            if name not in self.below:
                yield place + (name if _NAME.fullmatch(name) else _UNPRINTABLE), DriftKind.UNKNOWN
            elif (below := self.below[name]) is not None:
                yield from below.compare(value, place + name)


class Drift:
    """What one system's answers differ in."""

    def __init__(
        self,
        documented: Mapping[str, Fields],
        envelope: frozenset[str],
        noted: Callable[[str, DriftKind], None] = lambda interface, kind: None,  # noqa: ARG005 # by default for nobody
        *,
        seconds: float = SECONDS,
    ) -> None:
        """Take the documented fields by interface, those that wrap every answer, and who is told of each difference."""
        around: Fields = dict.fromkeys(envelope)
        self._documented = {interface: _Documented({**around, **fields}) for interface, fields in documented.items()}
        self._noted = noted
        self._seconds = seconds
        self._next: dict[str, float] = {}
        self._found: dict[tuple[str, str, DriftKind], FieldDrift] = {}

    def look(self, interface: str, answer: object) -> None:
        """Compare an answer, where it is time for one of this interface."""
        now = time.monotonic()
        if self._next.get(interface, 0.0) > now or interface not in self._documented:
            return
        self._next[interface] = now + self._seconds
        for field, kind in set(self._documented[interface].compare(answer)):
            self._noted(interface, kind)
            self._count(interface, field, kind)

    @property
    def found(self) -> list[FieldDrift]:
        """All that differed since the start, by interface and field."""
        return [self._found[key] for key in sorted(self._found, key=lambda key: (key[0], key[1], key[2].value))]

    def _count(self, interface: str, field: str, kind: DriftKind) -> None:
        key, now = (interface, field, kind), dt.datetime.now(SHANGHAI)
        known = self._found.get(key)
        if known is not None:
            known.count += 1
            known.last_seen_at = now
        elif len(self._found) < _MOST:
            self._found[key] = FieldDrift(interface=interface, field=field, kind=kind, count=1, last_seen_at=now)
