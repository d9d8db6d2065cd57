"""Hospitals, departments, doctors, schedules, slots."""

from connectors.records import hospitals as hospital_records
from connectors.records import scheduling as records
from resolvers import hospitals as resolvers
from schema.base import graph_enum, graph_type, relation
from schema.node import Node, node_id, of_hospital

_CAPABILITIES = list[graph_enum(hospital_records.Capability)]  # type: ignore[misc, valid-type]  # an enum made public at run time


@graph_type(hospital_records.Campus)
class Campus(hospital_records.Campus):
    """A site of a hospital (院区)."""


@graph_type(records.Slot)
class Slot(records.Slot):
    """A stretch of a session that can be booked (号源)."""

    id = of_hospital("Slot")


@graph_type(records.Schedule)
class Schedule(records.Schedule):
    """A doctor's session on a day, or a department's where no doctor is named (排班)."""

    id = of_hospital("Schedule")
    slots = relation(resolvers.slots, list[Slot] | None, "The slots of the session (号源).")


@graph_type(records.Doctor)
class Doctor(records.Doctor):
    """A doctor who can be booked (医生, FHIR Practitioner)."""

    id = of_hospital("Doctor")
    schedules = relation(resolvers.doctor_schedules, list[Schedule] | None, "The doctor's sessions on a day (排班).")


@graph_type(records.Department)
class Department(records.Department, Node):
    """A department that can be booked (科室)."""

    id = of_hospital("Department")
    doctors = relation(resolvers.doctors, list[Doctor] | None, "Doctors who can be booked (医生).")
    schedules = relation(
        resolvers.department_schedules, list[Schedule] | None, "The department's sessions on a day (排班)."
    )


@graph_type(resolvers.Hospital)
class Hospital(resolvers.Hospital, Node):
    """A hospital (医院)."""

    id = node_id(resolvers.hospital_id)
    capabilities = relation(
        resolvers.capabilities, _CAPABILITIES, "What the hospital offers; hide the rest (医院能力)."
    )
    campuses = relation(resolvers.campuses, list[Campus] | None, "The hospital's sites (院区).")
    departments = relation(resolvers.departments, list[Department] | None, "Departments that can be booked (科室).")
