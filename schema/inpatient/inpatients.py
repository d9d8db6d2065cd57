"""Who is in hospital: for those who work there."""

import strawberry

from connectors.records import inpatient as records
from resolvers.access_control.scopes import Personal, Resource
from resolvers.inpatient import admissions as resolvers
from schema.access_control.guards import owned
from schema.access_control.personal import personal
from schema.base import graph_type, relation, type_in
from schema.cost import Cost, Size

_Patient = type_in("schema.patients.patient", "Patient")

# Nothing limits the list: as many as a county hospital has beds.
_EVERYBODY = Cost(calls=1, size=200)


@graph_type(records.Inpatient, owned(Resource.ENCOUNTER))
class Inpatient(records.Inpatient):
    """Somebody who is in hospital, as its staff list them (在院患者)."""

    name = personal("name", Personal.NAME, "Name as the hospital has it; masked by role (姓名).")
    identity_number = personal(
        "identity_number", Personal.IDENTITY_NUMBER, "Identity number; masked by role (身份证号)."
    )
    patient = relation(
        resolvers.patient,
        _Patient | None,
        "The person; null for one without a card (就诊人).",
        cost=Cost(size=Size.PERSON),
    )


@strawberry.type
class StaysOfHospital:
    """What a hospital tells its staff of stays."""

    inpatients = relation(
        resolvers.inpatients,
        list[Inpatient] | None,
        "Everybody who is in the hospital; for those who work there (在院患者).",
        cost=_EVERYBODY,
    )
    deposit_arrears = relation(
        resolvers.in_arrears,
        list[Inpatient] | None,
        "Inpatients with too little deposit left; for those who work there (住院押金不足患者).",
        cost=_EVERYBODY,
    )
