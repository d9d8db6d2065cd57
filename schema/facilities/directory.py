"""Sites, departments and people of a hospital, and its clinic outside of the usual hours."""

import strawberry

from connectors.records import all_hours as all_hours_records
from connectors.records import directory as records
from connectors.records import scheduling
from resolvers.facilities import directory as resolvers
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, list_in, relation
from schema.cost import Cost
from schema.node import of_hospital

_Campuses = list_in("schema.facilities.hospital", "Campus")
_Departments = list_in("schema.facilities.hospital", "Department")
_Doctors = list_in("schema.facilities.hospital", "Doctor")


@graph_type(scheduling.BookableDay, PUBLIC)
class BookableDay(scheduling.BookableDay):
    """A day that a department can be booked for (可预约日期)."""


@graph_type(records.StaffMember, PUBLIC)
class StaffMember(records.StaffMember):
    """Somebody who works at a department (科室人员, FHIR PractitionerRole)."""


@graph_type(all_hours_records.ClockRange, PUBLIC)
class ClockRange(all_hours_records.ClockRange):
    """A stretch of any day that can be booked (预约时段)."""


@graph_type(all_hours_records.AllHoursDepartment, PUBLIC)
class AllHoursDepartment(all_hours_records.AllHoursDepartment):
    """A department of the clinic outside of the usual hours (全时空门诊科室)."""

    id = of_hospital("AllHoursDepartment")
    doctors = relation(resolvers.all_hours_doctors, _Doctors | None, "Its doctors (医生).", cost=Cost(calls=1, size=10))


@strawberry.type
class DirectoryOfHospital:
    """What a hospital tells everybody of itself."""

    departments_today = relation(
        resolvers.departments_today,
        _Departments | None,
        "Departments that can be registered with today (当日可挂号科室).",
        cost=Cost(calls=1, size=30),
    )
    branches = relation(resolvers.branches, _Campuses | None, "Its branches (分院).", cost=Cost(calls=1, size=10))
    doctors = relation(
        resolvers.doctors,
        _Doctors | None,
        "The doctors of all campuses (全部医生).",
        cost=Cost(calls=1, size=200),
    )
    all_hours_times = relation(
        resolvers.all_hours_times,
        list[ClockRange] | None,
        "When the clinic outside of the usual hours can be booked (全时空门诊预约时段).",
        cost=Cost(calls=1, size=24),
    )


@strawberry.type
class DirectoryOfCampus:
    """What there is on a campus."""

    departments = relation(
        resolvers.campus_departments,
        _Departments | None,
        "The departments of the campus (院区科室).",
        cost=Cost(calls=1, size=30),
    )
    all_hours_departments = relation(
        resolvers.all_hours_departments,
        list[AllHoursDepartment] | None,
        "Departments of the clinic outside of the usual hours (全时空门诊科室).",
        cost=Cost(calls=1, size=10),
    )


@strawberry.type
class DirectoryOfDepartment:
    """When a department can be booked, and who works there."""

    bookable_days = relation(
        resolvers.bookable_days,
        list[BookableDay] | None,
        "Days that can be booked (可预约日期).",
        cost=Cost(calls=1, size=14),
    )
    staff = relation(
        resolvers.staff,
        list[StaffMember] | None,
        "Who works there; null where nothing says which campus it is on (科室人员).",
        cost=Cost(calls=1, size=30),
    )
