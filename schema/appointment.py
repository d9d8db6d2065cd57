"""Appointments."""

from connectors.records import scheduling as records
from resolvers.scopes import Resource
from schema.base import graph_type
from schema.guards import owned, part_of
from schema.node import Node, of_card
from schema.owner import hospital_of


@graph_type(records.Appointment, owned(Resource.APPOINTMENT))
class Appointment(records.Appointment, Node):
    """A person's appointment with a doctor or for an examination (预约, FHIR Appointment)."""

    id = of_card("Appointment")
    hospital = hospital_of()


@graph_type(records.Cancellation, part_of(Resource.APPOINTMENT))
class Cancellation(records.Cancellation):
    """What the hospital says of a cancelled appointment (取消结果)."""
