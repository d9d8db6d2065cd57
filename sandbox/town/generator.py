"""The town, drawn from a seed around a day: the same seed and day give the same town."""

import datetime as dt
from random import Random
from zoneinfo import ZoneInfo

from sandbox.town import checkup_stock, history, people, reports, schedule, special_stock, stay_history, ward_stock
from sandbox.town.cases import HOSPITALS
from sandbox.town.checkup_deeds import register_first
from sandbox.town.claim_deeds import open_claims
from sandbox.town.desk_deeds import open_desk
from sandbox.town.examining_stock import open_rooms
from sandbox.town.model import Hospital, Town
from sandbox.town.numbers import PALM_HOSPITALS
from sandbox.town.till_deeds import first_recharges


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
        open_desk(hospital, day)
        if id_ not in PALM_HOSPITALS:
            open_rooms(hospital, day)
            hospital.checkups = checkup_stock.centre(id_)
            register_first(hospital, day)
        for card in hospital.cards:
            rng = Random(f"{seed} life {id_} {card.person_id}")
            history.outpatient(hospital, card, rng, day)
            history.stays(hospital, card, rng, day)
            reports.reports(hospital, card, rng)
        first_recharges(hospital, day)
        if id_ not in PALM_HOSPITALS:
            open_claims(hospital, day)
        stay_history.stay_files(hospital, seed, day)
        ward_stock.fill(hospital, town.people, day)
        special_stock.fill(hospital, town.people)
    return town
