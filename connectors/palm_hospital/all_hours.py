"""The clinic outside of the usual hours: /fulltime/getDeptList, getDeptDoctorList, getApptTimeRangeList."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from connectors.core.claims import endpoint
from connectors.core.readers import Reader, listing
from connectors.core.shape import GIVEN, Many, Shape, ShapeError
from connectors.palm_hospital.base import Palm
from connectors.records.all_hours import AllHoursDepartment, ClockRange
from connectors.records.scheduling import Doctor

_SECONDS = 300

ALL_HOURS_DEPARTMENT = Shape(AllHoursDepartment, hospital_id=GIVEN, campus_id=GIVEN, id="id", name="name")
ALL_HOURS_DOCTOR = Shape(
    Doctor, hospital_id=GIVEN, id="id", name="name", department_id="dept_id", department_name="dept_name"
)


class AllHours:
    """Implements `connectors.ports.AllHours`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    @endpoint("/fulltime/getDeptList")
    async def departments(self, hospital_id: str, campus_id: str) -> list[AllHoursDepartment]:
        """Departments on a campus (/fulltime/getDeptList)."""
        return await self.call(
            "/fulltime/getDeptList",
            hospital_id,
            {"hospital_id": campus_id},
            listing(Many(ALL_HOURS_DEPARTMENT, "data"), hospital_id=hospital_id, campus_id=campus_id),
            self._palm.read(f"departments {hospital_id}", _SECONDS),
        )

    @endpoint("/fulltime/getDeptDoctorList")
    async def doctors(self, hospital_id: str, campus_id: str) -> list[Doctor]:
        """Doctors of all departments on a campus (/fulltime/getDeptDoctorList): no department can be named."""
        return await self.call(
            "/fulltime/getDeptDoctorList",
            hospital_id,
            {"hospital_id": campus_id},
            listing(Many(ALL_HOURS_DOCTOR, "data"), hospital_id=hospital_id),
            self._palm.read(f"departments {hospital_id}", _SECONDS),
        )

    @endpoint("/fulltime/getApptTimeRangeList")
    async def times(self, hospital_id: str) -> list[ClockRange]:
        """Stretches of a day (/fulltime/getApptTimeRangeList): bare texts, though typed as objects."""
        return await self.call(
            "/fulltime/getApptTimeRangeList",
            hospital_id,
            {},
            _TIMES,
            self._palm.read(f"departments {hospital_id}", _SECONDS),
        )


def _times(body: Mapping[str, Any]) -> list[ClockRange]:
    rows = body.get("data") or []
    if not isinstance(rows, list):
        raise ShapeError("data: list expected")
    return [_range(row, f"data[{place}]") for place, row in enumerate(rows)]


def _range(row: object, place: str) -> ClockRange:
    try:
        if not isinstance(row, str):
            raise ValueError("text expected")  # noqa: TRY004, TRY301 # one error for all that cannot be read
        starts, _, ends = row.partition("-")
        return ClockRange(starts=_clock(starts), ends=_clock(ends))
    except ValueError:
        raise ShapeError(f"{place}: stretch of a day expected") from None


def _clock(written: str) -> dt.time:
    return dt.datetime.strptime(written.strip(), "%H:%M").time()  # noqa: DTZ007 # a time of any day has no zone


_TIMES: Reader[list[ClockRange]] = Reader(list[ClockRange], _times, list)
