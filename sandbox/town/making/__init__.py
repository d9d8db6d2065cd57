"""Makes the town from a seed: the same seed and day make the same town, to the last cent."""

from datetime import date
from random import Random

from sandbox.town import clock
from sandbox.town.making.history import live
from sandbox.town.making.numbering import Numbering
from sandbox.town.making.people import settle
from sandbox.town.making.places import found
from sandbox.town.making.timetable import book_ahead, schedule
from sandbox.town.making.wards import admit
from sandbox.town.town import Town


def build_town(seed: int = 20, today: date | None = None) -> Town:
    """A town with about nine months of history before `today` and a week of shifts from it on."""
    town = Town(seed=seed, today=today or clock.today())
    draw = Random(seed)
    numbering = Numbering()
    found(town, draw, numbering)
    settle(town, draw)
    live(town, draw, numbering)
    admit(town, draw, numbering)
    schedule(town, draw, numbering)
    book_ahead(town, numbering)
    return town
