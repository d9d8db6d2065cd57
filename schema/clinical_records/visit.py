"""Visits and medical records."""

from connectors.records import visits as records
from resolvers.access_control.scopes import Resource
from resolvers.clinical_records import visits as resolvers
from schema.access_control.guards import owned, part_of
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.inpatient.stay_costs import CostsOfStay
from schema.node import Node, of_card
from schema.owner import hospital_of


@graph_type(records.PhysicalExamination, part_of(Resource.COMPOSITION))
class PhysicalExamination(records.PhysicalExamination):
    """What the doctor found on examining (体格检查)."""


@graph_type(records.SupportingExamination, part_of(Resource.COMPOSITION))
class SupportingExamination(records.SupportingExamination):
    """A test quoted in a medical record (辅助检查)."""


@graph_type(records.MedicalRecord, owned(Resource.COMPOSITION))
class MedicalRecord(records.MedicalRecord):
    """What a doctor wrote down about a visit (病历)."""

    id = of_card("MedicalRecord")
    hospital = hospital_of()


@graph_type(records.Visit, owned(Resource.ENCOUNTER))
class Visit(CostsOfStay, records.Visit, Node):
    """A person's contact with a hospital (就诊, FHIR Encounter)."""

    id = of_card("Visit")
    hospital = hospital_of()
    medical_record = relation(
        resolvers.medical_record,
        MedicalRecord | None,
        "What was written down about it; null where the hospital shows none (病历).",
        cost=Cost(calls=1, holder=True),
    )
