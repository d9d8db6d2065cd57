"""Stays in hospital: what a person and a card tell of them."""

import strawberry

from connectors.records import inpatient as records
from resolvers.access_control.scopes import Personal, Resource
from resolvers.inpatient import admissions as resolvers
from schema.access_control.guards import owned, part_of
from schema.access_control.personal import personal
from schema.base import graph_type, relation
from schema.clinical_records.prescription import PrescriptionDetail
from schema.cost import Cost
from schema.inpatient.deposits import CaseFileOfAdmission
from schema.inpatient.stay_costs import CostsOfAdmission
from schema.lists import list_over_hospitals
from schema.node import Node, of_card
from schema.owner import hospital_of

_STAY = owned(Resource.ENCOUNTER)
_NAME = "Name as the hospital has it; masked by role (姓名)."
_IDENTITY_NUMBER = "Identity number; masked by role (身份证号)."


@graph_type(records.AdmissionAccount, part_of(Resource.ENCOUNTER))
class AdmissionAccount(records.AdmissionAccount):
    """The money of a stay: what it costs and what was deposited (住院账户, FHIR Account)."""


@graph_type(records.Admission, _STAY)
class Admission(CostsOfAdmission, CaseFileOfAdmission, records.Admission):
    """A stay in hospital (住院, FHIR Encounter)."""

    hospital = hospital_of()
    name = personal("patient_name", Personal.NAME, _NAME)
    identity_number = personal("identity_number", Personal.IDENTITY_NUMBER, _IDENTITY_NUMBER)
    phone = personal("phone", Personal.PHONE, "Phone given at the admission; masked by role (手机号).")


@graph_type(records.Discharge, _STAY)
class Discharge(records.Discharge, Node):
    """A stay that has ended, with the medicines to take home (出院记录)."""

    id = of_card("Discharge")
    hospital = hospital_of()
    medicines = relation(
        resolvers.medicines,
        PrescriptionDetail | None,
        "Medicines that were given along; null for none (出院带药).",
        cost=Cost(calls=1),
    )


@strawberry.type
class StaysOfCard:
    """What a card's hospital tells of stays."""

    admission = relation(
        resolvers.admission,
        Admission | None,
        "The stay that lasts, or the last one, with its money; null for none (住院信息).",
        cost=Cost(calls=1, holder=True),
    )
    admissions = relation(
        resolvers.admissions,
        list[Admission] | None,
        "All stays, without their money: what copies of case files are ordered by (历次住院记录).",
        cost=Cost(calls=1, holder=True, size=20),
    )


@strawberry.type
class StaysOfPatient:
    """What a person's hospitals tell of stays."""

    discharges = list_over_hospitals(
        resolvers.discharges, Discharge, "Stays that have ended, with medicines to take home (出院记录).", 1
    )
