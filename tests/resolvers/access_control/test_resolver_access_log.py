import dataclasses
import datetime as dt

import pytest

from connectors.records.base import CardRef
from connectors.records.problems import ProblemCode
from resolvers.access_control.access import Sight
from resolvers.access_control.access_log import RecordAccess, access_log, hospital
from resolvers.access_control.audit import AuditAction, AuditEvent, AuditOutcome, Touch
from resolvers.access_control.principal import (
    ANONYMOUS,
    BoundPerson,
    Emergency,
    Principal,
    PurposeOfUse,
    Relation,
    Role,
)
from resolvers.access_control.scopes import Resource, Scopes
from resolvers.merging import Merged
from resolvers.patients.people import Patient, of_person
from resolvers.problems import Problem
from tests.resolvers.fakes import CHILD, CHILDS, ME, MINE, MINE_TOO, NOW, PATIENT, STAFF, Region

OF_CARD = Patient(person_id=None, cards=(MINE,))


def event(*cards: CardRef, subject: str = "nurse", role: Role = Role.STAFF, at: str = "first") -> AuditEvent:
    return AuditEvent(
        at=NOW.astimezone(dt.UTC),
        request_id="r-1",
        operation="Ward",
        role=role,
        subject=subject,
        hospital_ids=(at,) if role is Role.STAFF else (),
        purpose=PurposeOfUse.TREATMENT,
        fields=("Patient.name",),
        touches=tuple(
            Touch(card, None, AuditAction.READ, AuditOutcome.SERVED, (Resource.PATIENT, Resource.ENCOUNTER))
            for card in cards
        ),
    )


async def log(region: Region, patient: Patient, principal: Principal = PATIENT) -> Merged[RecordAccess]:
    return await access_log(patient, region.info(principal))


async def test_a_person_sees_what_was_about_them_and_nobody_else(region: Region) -> None:
    region.audit.events = [event(MINE, CHILDS, MINE_TOO), event(CHILDS)]
    found = await log(region, of_person(ME))
    [node] = found.nodes

    assert found.total_count == 1
    assert [(part.hospital_id, part.resources) for part in node.parts] == [
        ("first", [Resource.ENCOUNTER, Resource.PATIENT]),
        ("second", [Resource.ENCOUNTER, Resource.PATIENT]),
    ]
    assert node.at == NOW


async def test_a_reader_is_told_from_others_without_being_named(region: Region) -> None:
    region.audit.events = [event(MINE), event(MINE), event(MINE, subject="doctor")]
    first, second, third = (await log(region, of_person(ME))).nodes

    assert first.reader_id == second.reader_id != third.reader_id
    assert "nurse" not in first.reader_id


async def test_ones_own_readings_are_marked(region: Region) -> None:
    region.audit.events = [event(MINE, subject="wx-1", role=Role.PATIENT), event(MINE, subject="wx-1")]
    nodes = (await log(region, of_person(ME))).nodes

    # The same name in another role is somebody else.
    assert [node.by_viewer for node in nodes] == [True, False]


@pytest.mark.parametrize(("at", "shown"), [("first", "first"), ("second", "second"), ("gone", None)])
async def test_the_readers_hospital_is_named_where_it_is_known(region: Region, at: str, shown: str | None) -> None:
    region.audit.events = [event(MINE, at=at)]
    info = region.info()
    [node] = (await access_log(of_person(ME), info)).nodes
    found = hospital(node, info)

    assert (found.code if found else None) == shown


async def test_pages_go_on_from_their_cursor(region: Region) -> None:
    region.audit.events = [event(MINE, subject=f"nurse-{number}") for number in range(5)]
    info = region.info()
    first = await access_log(of_person(ME), info, first=3)
    rest = await access_log(of_person(ME), info, first=3, after=first.page_info.end_cursor)

    assert (len(first.nodes), first.page_info.has_next_page, first.total_count) == (3, True, 5)
    assert (len(rest.nodes), rest.page_info.has_next_page) == (2, False)
    assert len({node.reader_id for node in first.nodes + rest.nodes}) == 5


async def test_looking_is_itself_seen_even_where_nothing_is_shown(region: Region) -> None:
    info = region.info()
    await access_log(of_person(ME), info)

    assert info.context.access.seen == {Sight(Resource.AUDIT_EVENT, MINE), Sight(Resource.AUDIT_EVENT, MINE_TOO)}


async def test_a_guardian_sees_it_for_the_child(region: Region) -> None:
    region.audit.events = [event(CHILDS)]

    assert (await log(region, of_person(CHILD))).total_count == 1


@pytest.mark.parametrize("relation", [Relation.PARENT, Relation.OTHER])
async def test_nobody_sees_it_for_another_grown_up(region: Region, relation: Relation) -> None:
    bound = BoundPerson(id="x", relation=relation, cards=(CHILDS,))
    principal = dataclasses.replace(PATIENT, people={"x": bound})
    info = region.info(principal)
    with pytest.raises(Problem) as caught:
        await access_log(of_person(bound), info)

    assert caught.value.code is ProblemCode.FORBIDDEN
    assert info.context.access.denied == {Sight(Resource.AUDIT_EVENT, CHILDS)}


@pytest.mark.parametrize(
    ("principal", "allowed"),
    [
        (STAFF, True),
        (dataclasses.replace(STAFF, scopes=Scopes.parse("user/AuditEvent.rs", "user")), True),
        (dataclasses.replace(STAFF, scopes=Scopes.parse("user/Patient.rs", "user")), False),
        (dataclasses.replace(STAFF, hospital_ids=frozenset({"second"})), False),
        (
            dataclasses.replace(
                STAFF,
                scopes=Scopes.parse("user/Patient.rs", "user"),
                emergency=Emergency(card=MINE, reason="患者昏迷，急诊抢救"),
            ),
            False,
        ),
        (ANONYMOUS, False),
    ],
    ids=["all", "audit", "other scope", "other hospital", "emergency", "nobody"],
)
async def test_staff_see_it_by_scope_and_hospital_alone(region: Region, principal: Principal, allowed: bool) -> None:
    region.audit.events = [event(MINE)]
    if allowed:
        assert (await log(region, OF_CARD, principal)).total_count == 1
    else:
        with pytest.raises(Problem):
            await log(region, OF_CARD, principal)
