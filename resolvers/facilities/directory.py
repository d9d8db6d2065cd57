"""Sites, departments and people of a hospital, and its clinic outside of the usual hours: all of it public."""

from connectors.ports import Connection
from connectors.records.all_hours import AllHoursDepartment, ClockRange
from connectors.records.directory import StaffMember
from connectors.records.hospitals import Campus
from connectors.records.scheduling import BookableDay, Department, Doctor
from resolvers.context import GraphInfo
from resolvers.facilities.hospitals import Hospital
from resolvers.offers import offered


async def departments_today(root: Hospital, info: GraphInfo) -> list[Department]:
    """List the departments that can be registered with today."""
    return await info.context.loaders.public(_departments_today, root.hospital_id)


async def bookable_days(root: Department, info: GraphInfo) -> list[BookableDay]:
    """List the days that a department can be booked for."""
    return await info.context.loaders.public(_bookable_days, root.hospital_id, root.id)


async def branches(root: Hospital, info: GraphInfo) -> list[Campus]:
    """List the branches of a hospital."""
    return await info.context.loaders.public(_branches, root.hospital_id)


async def doctors(root: Hospital, info: GraphInfo) -> list[Doctor]:
    """List the doctors of all campuses."""
    return await info.context.loaders.public(_doctors, root.hospital_id)


async def campus_departments(root: Campus, info: GraphInfo) -> list[Department]:
    """List the departments of a campus."""
    return await info.context.loaders.public(_campus_departments, root.hospital_id, root.id)


async def staff(root: Department, info: GraphInfo) -> list[StaffMember] | None:
    """List who works at a department; None where nothing says which campus it is on."""
    if root.campus_id is None:
        return None
    return await info.context.loaders.public(_staff, root.hospital_id, root.campus_id, root.id)


async def all_hours_departments(root: Campus, info: GraphInfo) -> list[AllHoursDepartment]:
    """List the departments of a campus that are open outside of the usual hours."""
    return await info.context.loaders.public(_all_hours_departments, root.hospital_id, root.id)


async def all_hours_doctors(root: AllHoursDepartment, info: GraphInfo) -> list[Doctor]:
    """List the doctors of such a department: hospitals list those of the whole campus."""
    found = await info.context.loaders.public(_all_hours_doctors, root.hospital_id, root.campus_id)
    return [doctor for doctor in found if doctor.department_id == root.id]


async def all_hours_times(root: Hospital, info: GraphInfo) -> list[ClockRange]:
    """List the stretches of a day that can be booked there."""
    return await info.context.loaders.public(_all_hours_times, root.hospital_id)


async def _departments_today(connection: Connection, hospital_id: str) -> list[Department]:
    return await offered(connection.departments_today).departments(hospital_id)


async def _bookable_days(connection: Connection, hospital_id: str, department_id: str) -> list[BookableDay]:
    return await offered(connection.bookable_days).bookable_days(hospital_id, department_id)


async def _branches(connection: Connection, hospital_id: str) -> list[Campus]:
    return await offered(connection.directory).branches(hospital_id)


async def _doctors(connection: Connection, hospital_id: str) -> list[Doctor]:
    return await offered(connection.directory).doctors(hospital_id)


async def _campus_departments(connection: Connection, hospital_id: str, campus_id: str) -> list[Department]:
    return await offered(connection.directory).departments(hospital_id, campus_id)


async def _staff(connection: Connection, hospital_id: str, campus_id: str, department_id: str) -> list[StaffMember]:
    return await offered(connection.directory).staff(hospital_id, campus_id, department_id)


async def _all_hours_departments(connection: Connection, hospital_id: str, campus_id: str) -> list[AllHoursDepartment]:
    return await offered(connection.all_hours).departments(hospital_id, campus_id)


async def _all_hours_doctors(connection: Connection, hospital_id: str, campus_id: str) -> list[Doctor]:
    return await offered(connection.all_hours).doctors(hospital_id, campus_id)


async def _all_hours_times(connection: Connection, hospital_id: str) -> list[ClockRange]:
    return await offered(connection.all_hours).times(hospital_id)
