"""Appointments."""

import schema.diagnostic_tests.examination  # noqa: F401 # an appointment shows what was ordered
from connectors.records import scheduling as records
from resolvers.access_control.scopes import Resource
from resolvers.outpatient import appointments as resolvers
from schema.access_control.guards import owned, part_of
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.facilities.hospital import Department, Doctor
from schema.node import Node, of_card
from schema.outpatient.arrival import ArrivalsOfAppointment
from schema.owner import hospital_of


@graph_type(records.Appointment, owned(Resource.APPOINTMENT))
class Appointment(ArrivalsOfAppointment, records.Appointment, Node):
    """A person's appointment with a doctor or for an examination (预约, FHIR Appointment)."""

    id = of_card("Appointment")
    hospital = hospital_of()
    department = relation(
        resolvers.department, Department | None, "The department, where it can be booked (科室).", cost=Cost(calls=1)
    )
    doctor = relation(
        resolvers.doctor, Doctor | None, "The doctor, where one is named and can be booked (医生).", cost=Cost(calls=1)
    )


@graph_type(records.Cancellation, part_of(Resource.APPOINTMENT))
class Cancellation(records.Cancellation):
    """What the hospital says of a cancelled appointment (取消结果)."""
