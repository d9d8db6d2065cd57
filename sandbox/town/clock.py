"""The town's time: everything happens in Asia/Shanghai."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, in the town's zone."""
    return datetime.now(SHANGHAI)


def today() -> date:
    """The present day, in the town's zone."""
    return now().date()


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of a day."""
    return datetime.combine(day, time(hour, minute, second), tzinfo=SHANGHAI)


def days_before(day: date, days: int) -> date:
    """The day so many days earlier."""
    return day - timedelta(days=days)
