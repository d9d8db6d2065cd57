import asyncio

import pytest

from connectors.errors import ConnectorError, Unavailable
from connectors.records.base import CardRef
from connectors.records.problems import ProblemCode
from resolvers.access_control.principal import ANONYMOUS, BoundPerson, Principal, Relation, Role
from resolvers.access_control.scopes import PATIENT_SCOPES
from resolvers.patients import cards
from resolvers.problems import Problem
from tests.resolvers.fakes import CHILDS, MINE, MINE_TOO, PATIENT, STRANGERS, Region

NOWHERE = CardRef("closed", "1")
DOWN = Unavailable(system="town", interface="2.1")


async def test_cards_of_one_system_are_asked_for_in_one_call_and_each_system_once(region: Region) -> None:
    loaders = region.context().loaders
    found = await asyncio.gather(*(loaders.holder(card) for card in (MINE, CHILDS, MINE_TOO, MINE)))
    assert [holder.card for holder in found] == [MINE, CHILDS, MINE_TOO, MINE]
    assert region.shared.asked == [("holders", MINE.number, CHILDS.number)]
    assert region.other.asked == [("holders", MINE_TOO.number)]


async def test_the_same_is_asked_for_once_per_request_and_again_in_the_next(region: Region) -> None:
    for _ in range(2):
        info = region.info()
        for _ in range(3):
            await cards.balance(cards.of_ref(MINE), info)
            await info.context.loaders.holder(MINE)
    assert region.shared.count("balance") == region.shared.count("holders") == 2


@pytest.mark.parametrize("principal", [ANONYMOUS, PATIENT])
async def test_access_is_checked_before_any_hospital_is_asked(region: Region, principal: Principal) -> None:
    info = region.info(principal)
    for refused in (info.context.loaders.holder(STRANGERS), cards.balance(cards.of_ref(STRANGERS), info)):
        with pytest.raises(Problem) as caught:
            await refused
        assert caught.value.code in {ProblemCode.UNAUTHENTICATED, ProblemCode.FORBIDDEN}
    assert region.shared.asked == []


async def test_what_was_loaded_for_one_principal_is_not_there_for_another(region: Region) -> None:
    await region.context().loaders.holder(MINE)
    with pytest.raises(Problem):
        await region.context(ANONYMOUS).loaders.holder(MINE)


async def test_the_failure_of_one_card_is_its_own_and_is_told_of_its_hospital(region: Region) -> None:
    region.shared.failing[MINE.number] = DOWN
    loaders = region.context().loaders
    failed, found = await asyncio.gather(loaders.holder(MINE), loaders.holder(CHILDS), return_exceptions=True)
    assert isinstance(failed, Unavailable)
    assert (failed.hospital_id, DOWN.hospital_id) == ("first", None)
    assert found.card == CHILDS


async def test_a_call_that_fails_as_a_whole_fails_for_each_card_with_its_hospital(region: Region) -> None:
    region.shared.broken = DOWN
    loaders = region.context().loaders
    outcomes = await asyncio.gather(*map(loaders.holder, (MINE, CHILDS, MINE_TOO)), return_exceptions=True)
    assert [getattr(outcome, "hospital_id", None) for outcome in outcomes] == ["first", "first", None]
    assert outcomes[2].card == MINE_TOO


async def test_the_failure_of_a_single_read_is_told_of_its_hospital(region: Region) -> None:
    region.shared.failing[MINE.number] = DOWN
    with pytest.raises(ConnectorError) as caught:
        await cards.balance(cards.of_ref(MINE), region.info())
    assert caught.value.hospital_id == "first"


async def test_a_card_of_a_hospital_that_is_gone_does_not_spoil_the_others(region: Region) -> None:
    person = BoundPerson(id="me", relation=Relation.SELF, cards=(NOWHERE, MINE))
    loaders = region.context(Principal(role=Role.PATIENT, people={"me": person}, scopes=PATIENT_SCOPES)).loaders
    gone, found = await asyncio.gather(loaders.holder(NOWHERE), loaders.holder(MINE), return_exceptions=True)
    assert isinstance(gone, Problem)
    assert gone.code is ProblemCode.HOSPITAL_UNKNOWN
    assert found.card == MINE
