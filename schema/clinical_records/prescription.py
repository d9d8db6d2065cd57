"""Prescriptions."""

from connectors.records import prescriptions as records
from resolvers.access_control.scopes import Resource
from resolvers.clinical_records import drug_leaflets
from resolvers.clinical_records import prescriptions as resolvers
from schema.access_control.guards import PUBLIC, owned, part_of
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.node import Node, of_card
from schema.owner import hospital_of


@graph_type(records.LeafletSection, PUBLIC)
class LeafletSection(records.LeafletSection):
    """A section of a medicine's leaflet (药品说明书)."""


@graph_type(records.PrescribedDrug, part_of(Resource.MEDICATION_REQUEST))
class PrescribedDrug(records.PrescribedDrug):
    """One medicine of a prescription (处方药品)."""

    leaflet = relation(
        drug_leaflets.leaflet,
        list[LeafletSection] | None,
        "Its leaflet, section by section; null where the hospital has none (药品说明书).",
        cost=Cost(calls=1, size=30),
    )


@graph_type(records.PrescriptionDetail, owned(Resource.MEDICATION_REQUEST))
class PrescriptionDetail(records.PrescriptionDetail):
    """The content of a prescription (处方明细)."""


@graph_type(records.Prescription, owned(Resource.MEDICATION_REQUEST))
class Prescription(records.Prescription, Node):
    """A prescription (处方, FHIR MedicationRequest)."""

    id = of_card("Prescription")
    hospital = hospital_of()
    detail = relation(
        resolvers.detail, PrescriptionDetail | None, "The content (处方内容).", cost=Cost(calls=1, holder=True)
    )
