"""Where beds can be booked."""

import strawberry

from connectors.records import admission_bookings as records
from resolvers.inpatient import admission_bookings as resolvers
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.node import of_hospital


@graph_type(records.BedCategory, PUBLIC)
class BedCategory(records.BedCategory):
    """A kind of bed (床位类别)."""


@graph_type(records.AdmissionDepartment, PUBLIC)
class AdmissionDepartment(records.AdmissionDepartment):
    """A department whose beds can be booked (住院可预约科室)."""

    id = of_hospital("AdmissionDepartment")
    bed_categories = relation(
        resolvers.bed_categories,
        list[BedCategory] | None,
        "Its kinds of beds (床位类别).",
        cost=Cost(calls=1, size=5),
    )


@strawberry.type
class AdmissionBookingsOfHospital:
    """Where a hospital has beds to be booked."""

    admission_departments = relation(
        resolvers.admission_departments,
        list[AdmissionDepartment] | None,
        "Departments of a campus whose beds can be booked (住院可预约科室).",
        cost=Cost(calls=1, size=20),
    )
