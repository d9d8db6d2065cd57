"""What a hospital tells everybody of its sites, departments and people."""

from typing import Protocol

from connectors.records.all_hours import AllHoursDepartment, ClockRange
from connectors.records.directory import StaffMember
from connectors.records.hospitals import Campus
from connectors.records.scheduling import Department, Doctor


class Directory(Protocol):
    """Branches, the departments of each campus, everybody who works there."""

    async def branches(self, hospital_id: str) -> list[Campus]:
        """List the branches of the hospital."""
        ...

    async def departments(self, hospital_id: str, campus_id: str) -> list[Department]:
        """List the departments of a campus."""
        ...

    async def doctors(self, hospital_id: str) -> list[Doctor]:
        """List the doctors of all campuses."""
        ...

    async def staff(self, hospital_id: str, campus_id: str, department_id: str) -> list[StaffMember]:
        """List who works at a department."""
        ...


class AllHours(Protocol):
    """The clinic outside of the usual hours."""

    async def departments(self, hospital_id: str, campus_id: str) -> list[AllHoursDepartment]:
        """List its departments on a campus."""
        ...

    async def doctors(self, hospital_id: str, campus_id: str) -> list[Doctor]:
        """List its doctors on a campus, of all departments."""
        ...

    async def times(self, hospital_id: str) -> list[ClockRange]:
        """List the stretches of a day that can be booked, in the hospital's order."""
        ...
