"""When a day ends."""

import datetime as dt


def midnight_after(moment: dt.datetime) -> dt.datetime:
    """Return the first moment of the next day, in the zone of the given one."""
    return dt.datetime.combine(moment.date() + dt.timedelta(days=1), dt.time.min, moment.tzinfo)
