"""The town, drawn from a seed around a day: the same seed and day give the same town."""

import datetime as dt
from random import Random
from zoneinfo import ZoneInfo

from sandbox.town import history, people, reports, schedule
from sandbox.town.cases import HOSPITALS
from sandbox.town.model import Hospital, Town


def build_town(seed: int = 20, today: dt.date | None = None) -> Town:
    """Twenty people, four accounts, three hospitals; without `today`, around the day that it is there."""
    day = today or dt.datetime.now(ZoneInfo("Asia/Shanghai")).date()
    town = Town(seed=seed, today=day, people=people.people(seed, day), accounts=people.accounts(), hospitals={})
    for id_, (name, campuses) in HOSPITALS.items():
        hospital = Hospital(id=id_, name=name, campuses=list(campuses), cards=people.cards(seed, day, id_))
        town.hospitals[id_] = hospital
        schedule.staff(hospital)
        schedule.sessions(hospital, seed, day)
        schedule.appointments(hospital, seed, day)
        schedule.examinations(hospital, day)
        for card in hospital.cards:
            rng = Random(f"{seed} life {id_} {card.person_id}")
            history.outpatient(hospital, card, rng, day)
            history.stays(hospital, card, rng, day)
            reports.reports(hospital, card, rng)
    return town
