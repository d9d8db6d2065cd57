"""What a person registered for, and registrations that are not paid yet."""

import strawberry

from connectors.records import card_funds as fund_records
from connectors.records import registrations as records
from connectors.records import same_day as same_day_records
from resolvers.access_control.scopes import Resource
from resolvers.outpatient import registrations as resolvers
from resolvers.outpatient import reserving
from resolvers.patients import card_funds
from schema.access_control.guards import owned
from schema.base import graph_input, graph_type, relation
from schema.cost import Cost
from schema.facilities.hospital import Department, Doctor
from schema.node import of_card
from schema.owner import hospital_of
from schema.payloads import mutation, payload, result


@graph_type(records.RegistrationDetail, owned(Resource.APPOINTMENT))
class RegistrationDetail(records.RegistrationDetail):
    """What else the hospital tells of a registration (挂号记录详情)."""


@graph_type(records.Registration, owned(Resource.APPOINTMENT))
class Registration(records.Registration):
    """A registration with a clinic, before or after the doctor saw the person (挂号记录)."""

    id = of_card("Registration")
    hospital = hospital_of()
    department = relation(
        resolvers.department, Department | None, "The department, where it can be booked (科室).", cost=Cost(calls=1)
    )
    doctor = relation(
        resolvers.doctor, Doctor | None, "The doctor, where one is named and can be booked (医生).", cost=Cost(calls=1)
    )
    detail = relation(
        resolvers.detail,
        RegistrationDetail | None,
        "What else the hospital tells of it (挂号记录详情).",
        cost=Cost(calls=1),
    )


@graph_type(fund_records.CardFunds, owned(Resource.ACCOUNT))
class CardFunds(fund_records.CardFunds):
    """The money of a card, overdraft included (卡可用余额)."""


@strawberry.type
class RegistrationsOfCard:
    """What the holder of a card registered for, and can spend."""

    registrations = relation(
        resolvers.registrations,
        list[Registration] | None,
        "What the person registered for (挂号记录).",
        cost=Cost(calls=1, holder=True, size=20),
    )
    funds = relation(
        card_funds.funds,
        CardFunds | None,
        "What can be spent of the card, overdraft included (卡可用余额).",
        cost=Cost(calls=2),
    )


@graph_type(same_day_records.RegistrationReservation, owned(Resource.APPOINTMENT))
class RegistrationReservation(same_day_records.RegistrationReservation):
    """A registration that the hospital expects to be paid and then told of (预挂号)."""

    hospital = hospital_of()


@graph_input(reserving.ReserveRegistrationInput)
class ReserveRegistrationInput(reserving.ReserveRegistrationInput):
    """What reserveRegistration takes (预挂号信息)."""


_RESERVE = payload(
    "ReserveRegistrationPayload",
    "What reserveRegistration came to (预挂号结果).",
    reservation=result(RegistrationReservation, "The reservation (预挂号)."),
)


@strawberry.type
class RegistrationMutations:
    """What is written before a registration is paid."""

    reserve_registration = mutation(
        reserving.reserve_registration,
        ReserveRegistrationInput,
        _RESERVE,
        "Tell a hospital that a registration with a clinic of today is going to be paid (预挂号).",
        cost=Cost(calls=1, holder=True),
    )
