import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from connectors.errors import Unavailable
from connectors.records.base import CardRef
from connectors.records.people import Gender, NewCard
from connectors.records.problems import ProblemCode
from resolvers.access_control.principal import ANONYMOUS, BoundPerson, Principal, Relation, Role
from resolvers.access_control.scopes import PATIENT_SCOPES
from resolvers.patients.card_creation import CreateCardInput, create_card
from resolvers.problems import Problem
from tests.resolvers.fakes import IDENTITY, MINE, MINE_TOO, PATIENT, STAFF, Hospital, Region

OTHERS_IDENTITY = "370102198001010011"
BARE = Principal(role=Role.PATIENT, people={"me": BoundPerson(id="me", relation=Relation.SELF)}, scopes=PATIENT_SCOPES)


def asking(region: Region, hospital: str = "third", person: str | None = "me", **more: Any) -> CreateCardInput:
    given = {
        "business_key": "card-00001",
        "patient_id": person and region.ids.write("Patient", "", None, person),
        "hospital_id": hospital,
        "name": "王小明",
        "gender": Gender.MALE,
        "birth_date": dt.date(1990, 1, 1),
        "identity_number": IDENTITY,
        "phone": "10012340001",
    }
    return CreateCardInput(**{**given, **more})


def created(hospital: Hospital) -> list[NewCard]:
    return [asked[1] for asked in hospital.asked if asked[0] == "create"]


async def codes(region: Region, given: CreateCardInput, principal: Principal = PATIENT) -> list[ProblemCode]:
    return [error.code for error in (await create_card(region.info(principal), given)).user_errors]


async def test_the_number_a_person_has_in_the_same_system_is_used_again(region: Region) -> None:
    outcome = await create_card(region.info(), asking(region))
    assert outcome.result is not None
    assert (outcome.result.card.hospital_id, outcome.result.number) == ("third", MINE.number)


async def test_a_new_number_is_derived_from_the_key_and_the_same_each_time(region: Region) -> None:
    first = await create_card(region.info(BARE), asking(region))
    again = await create_card(Region().info(BARE), asking(region))
    other = await create_card(region.info(BARE), asking(region, business_key="card-00002"))
    assert first.result is not None
    assert again.result is not None
    assert other.result is not None
    assert first.result.number == again.result.number != other.result.number
    assert first.result.number.isdigit()
    assert len(first.result.number) == 15


async def test_the_same_key_creates_one_card_and_with_other_content_is_a_conflict(region: Region) -> None:
    for _ in range(2):
        assert await codes(region, asking(region)) == []
    assert await codes(region, asking(region, phone="10012340002")) == [ProblemCode.IDEMPOTENCY_CONFLICT]
    assert len(created(region.shared)) == 1


@pytest.mark.parametrize("number", [OTHERS_IDENTITY, None])
async def test_a_card_in_another_persons_identity_is_refused(region: Region, number: str | None) -> None:
    assert await codes(region, asking(region, identity_number=number)) == [ProblemCode.IDENTITY_MISMATCH]
    assert created(region.shared) == []


@pytest.mark.parametrize("silent", [True, False])
async def test_where_one_hospital_cannot_tell_who_the_person_is_the_next_is_asked(region: Region, silent: bool) -> None:
    if silent:
        region.shared.identities[MINE.number] = None
    else:
        region.shared.failing[MINE.number] = Unavailable(system="town", interface="2")
    region.other.identities[MINE_TOO.number] = OTHERS_IDENTITY
    assert await codes(region, asking(region)) == [ProblemCode.IDENTITY_MISMATCH]
    assert created(region.shared) == []


async def test_a_small_x_in_the_hospitals_identity_number_is_the_same_person(region: Region) -> None:
    region.shared.identities[MINE.number] = "37010219900101523x"
    assert await codes(region, asking(region, identity_number="37010219900101523X")) == []


async def test_a_person_that_is_not_the_principals_is_refused_before_the_hospital_is_asked(region: Region) -> None:
    for principal, person in ((PATIENT, "you"), (PATIENT, None), (ANONYMOUS, "me")):
        with pytest.raises(Problem):
            await create_card(region.info(principal), asking(region, person=person))
    assert region.shared.asked == []


async def test_staff_create_cards_at_their_own_hospital_only(region: Region) -> None:
    assert await codes(region, asking(region, "first", None), STAFF) == []
    assert created(region.shared)[0].hospital_id == "first"
    with pytest.raises(Problem) as caught:
        await create_card(region.info(STAFF), asking(region, "second", None))
    assert caught.value.code is ProblemCode.FORBIDDEN


async def test_a_card_reference_made_up_by_the_client_is_no_person(region: Region) -> None:
    made_up = region.ids.write("Patient", "first", CardRef("first", "10009"), "")
    with pytest.raises(Problem) as caught:
        await create_card(region.info(), asking(region, patient_id=made_up))
    assert caught.value.code is ProblemCode.FORBIDDEN


@pytest.mark.parametrize(("born", "expected"), [(1990, []), (1991, [ProblemCode.IDENTITY_MISMATCH])])
async def test_an_identity_number_has_the_day_of_birth_that_the_token_tells(
    region: Region, born: int, expected: list[ProblemCode]
) -> None:
    me = BoundPerson(id="me", relation=Relation.SELF, birth_date=dt.date(born, 1, 1))

    assert await codes(region, asking(region), replace(BARE, people={"me": me})) == expected
    assert len(created(region.shared)) == (not expected)
