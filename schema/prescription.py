"""Prescriptions."""

from connectors.records import prescriptions as records
from resolvers import prescriptions as resolvers
from schema.base import graph_type, relation
from schema.node import Node, of_card
from schema.owner import hospital_of


@graph_type(records.PrescribedDrug)
class PrescribedDrug(records.PrescribedDrug):
    """One medicine of a prescription (处方药品)."""


@graph_type(records.PrescriptionDetail)
class PrescriptionDetail(records.PrescriptionDetail):
    """The content of a prescription (处方明细)."""


@graph_type(records.Prescription)
class Prescription(records.Prescription, Node):
    """A prescription (处方, FHIR MedicationRequest)."""

    id = of_card("Prescription")
    hospital = hospital_of()
    detail = relation(resolvers.detail, PrescriptionDetail | None, "The content (处方内容).")
