"""How the regional HIS writes departments, sessions and slots (document chapters 20 and 21)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from connectors.core import convert
from connectors.core.readers import Reader, listing_each
from connectors.core.shape import GIVEN, Many, Row, Shape, ShapeError, Whole
from connectors.records.base import SHANGHAI, CardRef
from connectors.records.scheduling import Department, Doctor, Roster, SameDaySession, Schedule, Slot
from connectors.regional_wechat.same_day_keys import TodayKey
from connectors.regional_wechat.session_keys import DAY_PARTS, SessionKey, SlotKey, compact

UNDIVIDED_DEPARTMENT = Shape(Department, hospital_id=GIVEN, id="deptTypeId", name="deptTypeName", address="deptAddr")
DEPARTMENT = Shape(
    Department,
    hospital_id=GIVEN,
    category_id=GIVEN,
    category_name=GIVEN,
    id="departmentId",
    name="departmentName",
    address="deptAddr",
)


def _specialty(row: Row) -> str | None:
    """`introduce` is the specialty by the table, but the biography where the row also has `expertIn`."""
    return convert.text(row.get("expertIn")) or convert.text(row.get("introduce"))


def _introduction(row: Row) -> str | None:
    return convert.text(row.get("introduce")) if convert.text(row.get("expertIn")) else None


DOCTOR = Shape(
    Doctor,
    hospital_id=GIVEN,
    id="doctorId",
    department_id="departmentId",
    name="doctorName",
    title="professional",
    specialty=Whole(_specialty),
    introduction=Whole(_introduction),
    photo_address="doctorPic",
)
SCHEDULE = Shape(
    Schedule,
    id=GIVEN,
    hospital_id=GIVEN,
    day=GIVEN,
    department_id="departmentId",
    department_name="departmentName",
    doctor_id="doctorId",
    doctor_name="doctorName",
    doctor_title="professional",
    clinic="regClassName",
    fee="registrationFee",
    remaining="freePatCount",
)
SAME_DAY_SESSION = Shape(
    SameDaySession,
    id=GIVEN,
    hospital_id=GIVEN,
    day=GIVEN,
    department_id="departmentId",
    department_name="departmentName",
    department_address="deptAddr",
    doctor_id="doctorId",
    doctor_name="doctorName",
    doctor_title="professional",
    specialty=Whole(_specialty),
    clinic="regClassName",
    fee="registrationFee",
    remaining="freePatCount",
)


def _has(row: Row, *names: str) -> bool:
    """Both key and name of doctors and second-level departments are optional in the document."""
    return all(convert.text(row.get(name)) for name in names)


def _free(row: Row) -> int | None:
    capacity, booked = convert.integer(row.get("upLimit")), convert.integer(row.get("appNum"))
    return None if capacity is None or booked is None else max(capacity - booked, 0)


SLOT = Shape(
    Slot,
    id=GIVEN,
    hospital_id=GIVEN,
    starts_at=GIVEN,
    ends_at=GIVEN,
    day_part=GIVEN,
    number="serialNumber",
    capacity="upLimit",
    booked="appNum",
    remaining=Whole(_free),
)

_DEPARTMENT_TYPES = Many(UNDIVIDED_DEPARTMENT, "data")
_DEPARTMENTS = Many(DEPARTMENT, "dept")
_SCHEDULES = Many(SCHEDULE, "data")
_DOCTORS = Many(DOCTOR, "data")
_SAME_DAY = Many(SAME_DAY_SESSION, "data")
_SLOTS = Many(SLOT, "data")


def departments(hospital_id: str) -> Reader[list[Department]]:
    """Both levels as one list; a first-level row without a second level is a department itself."""

    def read(body: Mapping[str, Any]) -> list[Department]:
        return [found for row in _DEPARTMENT_TYPES.rows(body) for found in _departments_of(row, hospital_id)]

    return Reader(list[Department], read, list, about=hospital_id)


def _departments_of(row: object, hospital_id: str) -> list[Department]:
    if not isinstance(row, Mapping):
        raise ShapeError("data: objects expected")
    above = {
        "hospital_id": hospital_id,
        "category_id": convert.text(row.get("deptTypeId")),
        "category_name": convert.text(row.get("deptTypeName")),
    }
    found = _DEPARTMENTS.read_each(row, lambda below: above if _has(below, "departmentId", "departmentName") else None)
    return found or [UNDIVIDED_DEPARTMENT.read(row, {"hospital_id": hospital_id})]


def roster(hospital_id: str, day: dt.date) -> Reader[Roster]:
    """The rows as sessions, as doctors where they name one, and as sessions that can be registered with at once."""
    date = compact(day)

    def session(row: Row) -> Mapping[str, object]:
        key = SessionKey(
            department_id=convert.text(row.get("departmentId")) or "",
            doctor_id=convert.text(row.get("doctorId")) or "",
            date=date,
        )
        return {"id": str(key), "hospital_id": hospital_id, "day": day}

    def doctor(row: Row) -> Mapping[str, object] | None:
        return {"hospital_id": hospital_id} if _has(row, "doctorId", "doctorName") else None

    def at_once(row: Row) -> Mapping[str, object]:
        return {"id": str(_today_key(row, date)), "hospital_id": hospital_id, "day": day}

    def read(body: Mapping[str, Any]) -> Roster:
        return Roster(
            schedules=_SCHEDULES.read_each(body, session),
            doctors=_DOCTORS.read_each(body, doctor),
            same_day=_SAME_DAY.read_each(body, at_once),
        )

    return Reader(Roster, read, Roster, about=f"{hospital_id} {date}")


def _today_key(row: Row, date: str) -> TodayKey:
    def written(name: str) -> str:
        return convert.text(row.get(name)) or ""

    return TodayKey(
        department_id=written("departmentId"),
        department_name=written("departmentName"),
        doctor_id=written("doctorId"),
        doctor_name=written("doctorName"),
        clinic_id=written("regClassId"),
        clinic=written("regClassName"),
        timing=written("scheduleType"),
        date=date,
    )


def moved(session: Schedule, day: dt.date) -> Schedule:
    """The session on another day; how many are free then is not known."""
    key = SessionKey(department_id=session.department_id, doctor_id=session.doctor_id or "", date=compact(day))
    return replace(session, id=str(key), day=day, remaining=None)


def slots(hospital_id: str, session: SessionKey, half: str) -> Reader[list[Slot]]:
    """The slots of half a day."""

    def given(row: Row) -> Mapping[str, object]:
        key = SlotKey(
            session=session,
            half=half,
            start=convert.text(row.get("startTime")) or "",
            end=convert.text(row.get("endTime")) or "",
            time_id=convert.text(row.get("hisTimeId")) or "",
        )
        return {
            "id": str(key),
            "hospital_id": hospital_id,
            "starts_at": key.starts_at,
            "ends_at": key.ends_at,
            "day_part": DAY_PARTS[half],
        }

    return listing_each(_SLOTS, given, f"{hospital_id} {session} {half}")


def today() -> dt.date:
    """The day at the hospitals."""
    return dt.datetime.now(SHANGHAI).date()


def topics_of_slots(card: CardRef) -> tuple[str, str]:
    """What a booking at the card's hospital makes stale beside the person's own."""
    return f"slots {card.hospital_id}", f"schedules {card.hospital_id}"
