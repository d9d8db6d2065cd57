"""Registration with clinics of today."""

import strawberry

from connectors.records import same_day as records
from connectors.records import scheduling
from resolvers.access_control.scopes import Resource
from resolvers.outpatient import same_day as resolvers
from schema.access_control.guards import PUBLIC, owned
from schema.base import graph_type, list_in, relation
from schema.cost import Cost
from schema.node import of_hospital

_Slots = list_in("schema.facilities.hospital", "Slot")


@graph_type(scheduling.SameDaySession, PUBLIC)
class SameDaySession(scheduling.SameDaySession):
    """A session of today that people can register with at once (当日排班)."""

    id = of_hospital("SameDaySession")
    slots = relation(
        resolvers.slots,
        _Slots | None,
        "Slots that are still free; a hospital that does not limit them has none (当日号源).",
        cost=Cost(calls=1, size=30),
    )


@graph_type(records.RegistrationTerms, owned(Resource.APPOINTMENT))
class RegistrationTerms(records.RegistrationTerms):
    """What a session of today asks of one person, before they register (当日挂号条件)."""


@strawberry.type
class SameDayOfDepartment:
    """What a department offers today."""

    same_day_sessions = relation(
        resolvers.sessions,
        list[SameDaySession] | None,
        "Sessions of today that can be registered with at once (当日可挂号排班).",
        cost=Cost(calls=1, size=10),
    )


@strawberry.type
class SameDayOfCard:
    """What a person needs to know before registering."""

    registrations_today = relation(
        resolvers.count,
        int | None,
        "How many times the person registered today (当天挂号次数).",
        cost=Cost(calls=1, holder=True),
    )
    registration_terms = relation(
        resolvers.terms,
        RegistrationTerms | None,
        "Whether the person may register with a session of today, and at what fee (挂号限制与优惠).",
        cost=Cost(calls=2, holder=True),
    )
