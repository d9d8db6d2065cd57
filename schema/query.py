"""The root of all reads."""

from typing import Annotated, Any

import strawberry

from connectors.records.problems import ProblemCode
from resolvers import nodes
from resolvers.context import GraphInfo
from resolvers.facilities import hospitals
from resolvers.patients import people
from resolvers.problems import Problem
from schema.base import relation
from schema.cost import BILLS_OF_A_CARD, Cost, Size
from schema.facilities.hospital import Hospital
from schema.facilities.statistics_of_all import StatisticsQuery
from schema.node import Node
from schema.patients.patient import Patient, Viewer


@strawberry.input(description="A card at a hospital (就诊卡定位).")
class CardKey:
    """Names a card."""

    hospital_id: strawberry.ID = strawberry.field(description="Hospital, by its code (医院编码).")
    number: str = strawberry.field(description="Number on the card (就诊卡号).")


@strawberry.input(description="What was scanned off a card (扫码定位).")
class ScannedCard:
    """Names a card by its code."""

    hospital_id: strawberry.ID = strawberry.field(description="Hospital, by its code (医院编码).")
    text: str = strawberry.field(description="What the code holds, as it was scanned (二维码内容).")


@strawberry.input(description="A person at a hospital, by identity; staff only (身份定位).")
class IdentityKey:
    """Names a person."""

    hospital_id: strawberry.ID = strawberry.field(description="Hospital, by its code (医院编码).")
    name: str = strawberry.field(description="Name (姓名).")
    identity_number: str = strawberry.field(description="Resident identity number (身份证号).")


@strawberry.input(one_of=True, description="How to find a person: exactly one of these (就诊人查询条件).")
class PatientBy:
    """One way to name a person."""

    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Global id (全局标识).")
    card: CardKey | None = strawberry.field(default=strawberry.UNSET, description="A card (就诊卡).")
    scanned: ScannedCard | None = strawberry.field(
        default=strawberry.UNSET, description="The code of a card (就诊卡二维码)."
    )
    identity: IdentityKey | None = strawberry.field(
        default=strawberry.UNSET, description="Name and identity number; staff only (姓名与身份证号)."
    )


GlobalId = Annotated[strawberry.ID, strawberry.argument(description="Global id (全局标识).")]
HospitalId = Annotated[strawberry.ID, strawberry.argument(description="Global id or code of the hospital (医院).")]
By = Annotated[PatientBy, strawberry.argument(description="How to find the person (查询条件).")]


async def _patient(info: GraphInfo, by: By) -> Any:
    if by.id:
        return await people.find_patient(info, by.id)
    if by.card:
        return await people.find_by_card(info, by.card.hospital_id, by.card.number)
    if by.scanned:
        return await people.find_by_code(info, by.scanned.hospital_id, by.scanned.text)
    if by.identity:
        key = by.identity
        return await people.find_by_identity(info, key.hospital_id, key.name, key.identity_number)
    raise Problem(ProblemCode.BAD_INPUT, "请指定一个查询条件", field="by")


async def _node(info: GraphInfo, id: GlobalId) -> Any:  # noqa: A002 # the argument's name in the graph
    return await nodes.node(info, id)


def _hospital(info: GraphInfo, id: HospitalId) -> Any:  # noqa: A002 # the argument's name in the graph
    return hospitals.find_hospital(info, id)


@strawberry.type(description="All reads (查询).")
class Query(StatisticsQuery):
    """The root of all reads."""

    viewer = relation(people.viewer, Viewer, "Who asks, and the people bound to them (当前用户).")
    patient = relation(
        _patient,
        Patient | None,
        "A person; patients reach the people bound to them, staff those of their hospitals (就诊人).",
        cost=Cost(calls=1, size=Size.PERSON),
    )
    hospital = relation(_hospital, Hospital | None, "A hospital (医院).")
    hospitals = relation(
        hospitals.hospitals, list[Hospital], "All hospitals (全部医院).", cost=Cost(size=Size.HOSPITALS)
    )
    node = relation(
        _node,
        Node | None,
        "Anything by its global id (按标识查询).",
        # The longest way is that of a bill: who holds the card, then all bills.
        cost=Cost(calls=1 + BILLS_OF_A_CARD, size=Size.PERSON),
    )
