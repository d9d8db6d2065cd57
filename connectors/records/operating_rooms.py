"""Operating rooms, and what is operated there."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum


class OperationStatus(DocumentedEnum):
    """How far an operation has come (手术状态)."""

    PLANNED = "PLANNED", "Planned (计划中)."
    PREPARING = "PREPARING", "Being prepared (手术准备中)."
    IN_PROGRESS = "IN_PROGRESS", "In progress (手术进行中)."
    RECOVERING = "RECOVERING", "Over; the person wakes from the anaesthesia (麻醉恢复中)."
    FINISHED = "FINISHED", "Over (手术结束)."
    UNKNOWN = "UNKNOWN", "A state this server does not know (未知)."


@dataclass(kw_only=True, slots=True)
class OperatingRoom:
    """An operating room of a campus (手术室, FHIR Location)."""

    id: Annotated[str, Doc("Global id (手术室标识).")]
    hospital_id: Annotated[str, INTERNAL]
    campus_id: Annotated[str, INTERNAL]
    name: Annotated[str, Doc("Name (手术室名称).")]
    address: Annotated[str | None, Doc("Where it is (手术室位置).")] = None


@dataclass(kw_only=True, slots=True)
class Operation:
    """Somebody's operation of the day, as the boards of the operating rooms show it (手术, FHIR Procedure)."""

    # Of the hospital alone: the boards name no card.
    card: Annotated[CardRef, INTERNAL]
    name: Annotated[str | None, INTERNAL] = None
    department_name: Annotated[str | None, Doc("Department that the person comes from (科室名称).")] = None
    bed_number: Annotated[str | None, Doc("Bed (床号).")] = None
    planned_time: Annotated[dt.time | None, Doc("Planned time of the day, in hospital time (预约时间).")] = None
    status: Annotated[OperationStatus, Doc("How far it has come (手术状态).")] = OperationStatus.UNKNOWN
    room_name: Annotated[str | None, Doc("Operating room (手术室名称).")] = None
