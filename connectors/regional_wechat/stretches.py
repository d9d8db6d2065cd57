"""Stretches of a session, as keys of slots name them: by the clock, on the session's day."""

import datetime as dt
from typing import Protocol

from connectors.core import convert


class _OnADay(Protocol):
    @property
    def day(self) -> dt.date:
        """The day."""
        ...


class Stretch:
    """What keys of slots share; raises ValueError for times that are none. An empty `end` is not told."""

    __slots__ = ()

    session: _OnADay
    start: str
    end: str

    def __post_init__(self) -> None:
        """Read the times, so that a key without times is refused."""
        convert.clock_on(self.session.day, self.start)
        if self.end:
            convert.clock_on(self.session.day, self.end)

    @property
    def starts_at(self) -> dt.datetime:
        """When it begins."""
        return convert.clock_on(self.session.day, self.start)

    @property
    def ends_at(self) -> dt.datetime | None:
        """When it ends, where the hospital says."""
        return convert.clock_on(self.session.day, self.end) if self.end else None
