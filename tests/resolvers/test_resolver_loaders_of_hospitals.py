import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from connectors.errors import ConnectorError, Unavailable
from connectors.ports import Connection, Outcomes
from connectors.records.problems import ProblemCode
from resolvers.access_control.access import needs
from resolvers.access_control.principal import Principal
from resolvers.access_control.scopes import Action, Resource
from resolvers.problems import Problem
from tests.resolvers.fakes import PATIENT, STAFF, Region

EVERYWHERE = replace(STAFF, hospital_ids=frozenset({"first", "second", "third"}))
DOWN = Unavailable(system="town", interface="12.1.1")


class Wards:
    """A batch that remembers which hospitals it was asked about, and fails for those that are down."""

    def __init__(self, *down: str) -> None:
        self.asked: list[tuple[str, ...]] = []

        @needs(Resource.ENCOUNTER, Action.SEARCH)
        async def ask(connection: Connection, hospital_ids: Sequence[str], about: str) -> Outcomes[str]:
            assert set(hospital_ids) <= set(connection.hospitals)
            self.asked.append(tuple(hospital_ids))
            return [DOWN if each in down else f"{about} of {each}" for each in hospital_ids]

        self.ask = ask


async def test_hospitals_of_one_system_are_asked_about_in_one_call_and_each_system_once(region: Region) -> None:
    wards, loaders = Wards(), region.context(EVERYWHERE).loaders
    hospitals = ("first", "second", "third", "first")
    found = await asyncio.gather(*(loaders.of_hospitals(wards.ask, each, "beds") for each in hospitals))

    assert found == [f"beds of {each}" for each in hospitals]
    assert sorted(wards.asked) == [("first", "third"), ("second",)]


async def test_the_same_list_is_asked_for_once_and_another_apart(region: Region) -> None:
    wards, loaders = Wards(), region.context(EVERYWHERE).loaders
    for about in ("beds", "beds", "meals"):
        assert await loaders.of_hospitals(wards.ask, "first", about) == f"{about} of first"

    assert wards.asked == [("first",), ("first",)]


async def test_the_failure_of_one_hospitals_list_is_its_own(region: Region) -> None:
    wards, loaders = Wards("third"), region.context(EVERYWHERE).loaders
    found, failed = await asyncio.gather(
        loaders.of_hospitals(wards.ask, "first", "beds"),
        loaders.of_hospitals(wards.ask, "third", "beds"),
        return_exceptions=True,
    )

    assert found == "beds of first"
    assert isinstance(failed, ConnectorError)
    assert failed.hospital_id == "third"


@pytest.mark.parametrize(("principal", "hospital"), [(PATIENT, "first"), (STAFF, "third")])
async def test_who_does_not_work_at_a_hospital_gets_no_list_of_it(
    region: Region, principal: Principal, hospital: str
) -> None:
    wards = Wards()
    with pytest.raises(Problem) as caught:
        await region.context(principal).loaders.of_hospitals(wards.ask, hospital, "beds")

    assert caught.value.code is ProblemCode.FORBIDDEN
    assert wards.asked == []
