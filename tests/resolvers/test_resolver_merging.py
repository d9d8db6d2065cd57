import datetime as dt
from typing import Any

import pytest

from connectors.errors import Refused, Unavailable
from connectors.records.base import SHANGHAI, CardRef
from connectors.records.hospitals import Capability
from connectors.records.problems import ProblemCode
from resolvers.merging import Merged, hospital_key, merge, period, side_by_side
from resolvers.pages import position
from resolvers.patients.people import of_person
from resolvers.problems import Problem
from tests.resolvers.fakes import ME, MINE, MINE_TOO, STRANGERS, Region


async def merged(region: Region, outcomes: dict[CardRef, Any], **more: Any) -> Merged[str]:
    async def load(card: CardRef) -> list[str]:
        outcome = outcomes[card]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    asked = {"first": 20, "after": None, "hospitals": None, "capability": Capability.BILLS, **more}
    capability = asked.pop("capability")
    return await merge(
        region.info(), of_person(ME), capability, side_by_side(load), lambda name: position(None, "h", name), **asked
    )


async def test_lists_of_all_hospitals_become_one(region: Region) -> None:
    found = await merged(region, {MINE: ["a", "c"], MINE_TOO: ["b"]}, first=2)
    assert (found.nodes, found.total_count, found.failures) == (["c", "b"], 3, [])
    rest = await merged(region, {MINE: ["a", "c"], MINE_TOO: ["b"]}, after=found.page_info.end_cursor)
    assert rest.nodes == ["a"]


async def test_a_hospital_that_fails_is_named_and_the_others_still_answer(region: Region) -> None:
    down = Unavailable(system="town", interface="7", detail="connection to 10.0.0.1", patient_message=None)
    found = await merged(region, {MINE: down, MINE_TOO: ["b"]})
    assert found.nodes == ["b"]
    (failure,) = found.failures
    assert (failure.hospital_id, failure.code, failure.retryable) == ("first", ProblemCode.UPSTREAM_UNAVAILABLE, True)
    assert "10.0.0.1" not in failure.message


async def test_a_refusal_lends_its_sentence_and_our_own_problem_its_message(region: Region) -> None:
    refused = Refused(system="t", interface="7", code=ProblemCode.CARD_LOST, patient_message="卡已挂失")
    found = await merged(region, {MINE: refused, MINE_TOO: Problem(ProblemCode.CARD_UNKNOWN, "卡号信息不存在")})
    assert [(failure.message, failure.retryable) for failure in found.failures] == [
        ("卡已挂失", False),
        ("卡号信息不存在", False),
    ]


@pytest.mark.parametrize("code", [ProblemCode.FORBIDDEN, ProblemCode.UNAUTHENTICATED])
async def test_what_is_forbidden_is_raised_and_never_only_told(region: Region, code: ProblemCode) -> None:
    with pytest.raises(Problem):
        await merged(region, {MINE: Problem(code, "无权访问"), MINE_TOO: ["b"]})


async def test_a_fault_of_this_server_is_raised(region: Region) -> None:
    with pytest.raises(LookupError):
        await merged(region, {MINE: LookupError(), MINE_TOO: ["b"]})


async def test_only_hospitals_that_offer_it_and_are_wanted_are_asked(region: Region) -> None:
    everything: dict[CardRef, Any] = {MINE: ["a"], MINE_TOO: ["b"]}
    assert (await merged(region, everything, capability=Capability.CAMPUSES)).nodes == []
    assert (await merged(region, everything, hospitals=["second"])).nodes == ["b"]
    global_id = region.ids.write("Hospital", "first", None, "")
    assert (await merged(region, everything, hospitals=[global_id])).nodes == ["a"]
    assert (await merged(region, everything, hospitals=[])).nodes == []


@pytest.mark.parametrize("given", ["", "nowhere", "王"])
async def test_an_unknown_hospital_is_refused(region: Region, given: str) -> None:
    ids = [given, region.ids.write("Card", "first", STRANGERS, ""), region.ids.write("Hospital", "gone", None, "")]
    for one in ids:
        with pytest.raises(Problem) as caught:
            hospital_key(region.context(), one)
        assert caught.value.code is ProblemCode.HOSPITAL_UNKNOWN


async def test_a_period_is_whole_days_in_hospital_time(region: Region) -> None:
    found = period(region.context(), dt.date(2026, 1, 1), dt.date(2026, 1, 2))
    assert found.since == dt.datetime(2026, 1, 1, tzinfo=SHANGHAI)
    assert found.until == dt.datetime(2026, 1, 2, 23, 59, 59, tzinfo=SHANGHAI)
    assert found.holds(None)
    assert found.holds(found.until)
    assert not found.holds(dt.datetime(2026, 1, 3, tzinfo=SHANGHAI))


async def test_a_period_left_out_is_the_last_year_and_what_is_ahead(region: Region) -> None:
    found = period(region.context(), None, None, ahead_days=90)
    assert (found.since.date(), found.until.date()) == (dt.date(2025, 3, 4), dt.date(2026, 6, 2))


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (dt.date(2026, 1, 2), dt.date(2026, 1, 1)),
        (dt.date(2027, 1, 1), None),
        (dt.date(2000, 1, 1), None),
        (dt.date.min, dt.date.max),
        (None, dt.date.min),
        (None, dt.date.max),
    ],
)
async def test_a_period_that_is_none_or_too_long_is_refused(
    region: Region, since: dt.date | None, until: dt.date | None
) -> None:
    with pytest.raises(Problem) as caught:
        period(region.context(), since, until)
    assert caught.value.code is ProblemCode.BAD_INPUT
    assert caught.value.field in {"since", "until"}
