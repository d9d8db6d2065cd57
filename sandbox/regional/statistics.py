"""Figures of the hospitals (30.1.1, 30.1.2), counted from what happened."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import Answer, done, success
from sandbox.regional.wording import money
from sandbox.town.model import Hospital

NONE = Decimal("0.00")


def of_hospital(call: Call) -> Answer:
    """Figures of a hospital (30.1.1), beside the code instead of in a data node."""
    within = call.span()
    cards = _cards_used(call.hospital, within)
    return done(**_taken_in(call.hospital, within), regCardAmount=str(len(cards)), totalCardAmount=str(len(cards)))


def of_each(call: Call) -> Answer:
    """Figures of every hospital behind the address (30.1.2)."""
    within = call.span()
    return success(
        [
            {
                "hospitalId": hospital.id,
                "hospitalName": hospital.name,
                **_taken_in(hospital, within),
                "regCardTrans": str(len(_cards_used(hospital, within))),
                "appointmentNumber": str(sum(within(booked.created_at) for booked in hospital.appointments)),
            }
            for hospital in call.hospitals
        ]
    )


def _taken_in(hospital: Hospital, within: Callable[[dt.datetime], bool]) -> Answer:
    bills = [bill for bill in hospital.bills if within(bill.charged_at)]
    stays = [stay for stay in hospital.admissions if stay.discharged_at and within(stay.discharged_at)]
    return {
        "outpatientTotalAmount": money(sum((bill.paid for bill in bills), NONE)),
        "outpatientTotalTrans": str(len(bills)),
        "inpatientTotalAmount": money(sum((stay.cost for stay in stays), NONE)),
        "inpatientTotalTrans": str(len(stays)),
    }


def _cards_used(hospital: Hospital, within: Callable[[dt.datetime], bool]) -> set[str]:
    return {visit.card_number for visit in hospital.visits if within(visit.started_at)}


INTERFACES = (
    Interface("hospital.interface.dataStatistics", of_hospital),
    Interface("hospital.interface.hospitalStatistics", of_each, joined=True),
)
