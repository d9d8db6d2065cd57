"""One graph: what a person does at a hospital is done at two vendors' by the same operations, with the same outcome.

Every test does the same at both hospitals, where the same happened before, and compares what comes of it.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from sandbox.faults import Fault
from tests.end_to_end.both_vendors import Desk
from tests.end_to_end.deeds_at_both import DEEDS, MISTAKES, Deed, Mistake
from tests.end_to_end.twin_hospitals import PALM, REGIONAL, make_twins
from tests.end_to_end.whole_file import Told
from tests.end_to_end.world import Answer, World, world

BOTH = (REGIONAL, PALM)
EVERY_DEED = pytest.mark.parametrize("name", DEEDS)


@pytest.fixture
def twins() -> Iterator[World]:
    """A town in which the same happened at both hospitals; the person's stay lasts at both."""
    with world() as made:
        make_twins(made.sandbox.town)
        for hospital in BOTH:
            made.sandbox.town.hospitals[hospital].admissions[0].discharged_at = None
        yield made


@pytest.fixture(scope="module")
def shared_twins() -> Iterator[World]:
    """Such a town for what is refused; the person's stay has ended."""
    with world() as made:
        make_twins(made.sandbox.town)
        yield made


def done(desk: Desk, name: str, *, losing_an_answer: bool = False) -> tuple[Any, dict[str, Decimal]]:
    """Do it, and say what was answered and what it changed; an answer may be lost on the way, and asked for again."""
    deed = DEEDS[name]
    given, before = deed.given(desk), desk.figures()
    if losing_an_answer:
        interface = deed.interfaces[BOTH.index(desk.hospital)]
        desk.town.sandbox.faults.inject(desk.hospital, interface, Fault(kind="malformed", times=1))
        first = state(desk.tell(name, given))
        assert desk.town.sandbox.counters.count(interface), interface
    answer = desk.tell(name, given)
    if losing_an_answer:
        # Where the hospital can be asked what became of it, it is known at once.
        assert first in {"UNKNOWN", state(answer)}, desk.hospital
    assert answer.data[name]["userErrors"] == [], desk.hospital
    after = desk.figures()
    return answer.data[name], {name: after[name] - before[name] for name in after if after[name] != before[name]}


def changed(deed: Deed, hospital: str, found: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """What a deed is to change at a hospital; where that is not said, what it did."""
    figures = deed.changes.keys() - (frozenset() if hospital == REGIONAL else deed.regional_alone)
    return {name: found[name] if deed.changes[name] is None else Decimal(deed.changes[name] or 0) for name in figures}


@EVERY_DEED
def test_the_same_deed_has_the_same_outcome_at_both(twins: World, name: str) -> None:
    deed = DEEDS[name]
    (regional, here), (palm, there) = (done(Desk(twins, hospital), name) for hospital in BOTH)

    answered, also = Told.of(name, regional), Told.of(name, palm)
    assert answered.kinds == also.kinds
    assert answered.unlike(also, ()) == deed.different
    assert here == changed(deed, REGIONAL, here)
    assert there == changed(deed, PALM, there)
    assert all(here[figure] == change for figure, change in there.items())


@EVERY_DEED
def test_a_deed_whose_answer_is_lost_is_done_once_at_both_and_never_read_as_failed(twins: World, name: str) -> None:
    deed = DEEDS[name]
    (_, here), (_, there) = (done(Desk(twins, hospital), name, losing_an_answer=True) for hospital in BOTH)

    assert here == changed(deed, REGIONAL, here)
    assert there == changed(deed, PALM, there)


@EVERY_DEED
def test_a_key_is_one_deed_at_both(twins: World, name: str) -> None:
    deed = DEEDS[name]
    for desk in (Desk(twins, hospital) for hospital in BOTH):
        given = deed.given(desk)
        first = desk.tell(name, given).data
        assert desk.tell(name, given).data == first
        other = {**given, **(deed.other or {"appointmentId": desk.booked()["id"]})}
        assert told(desk.tell(name, other)) == [("IDEMPOTENCY_CONFLICT", "businessKey")], desk.hospital


@EVERY_DEED
def test_nobody_does_it_for_a_stranger_at_either(twins: World, name: str) -> None:
    for desk in (Desk(twins, hospital) for hospital in BOTH):
        given = DEEDS[name].given(desk)
        assert desk.tell(name, given, token=twins.token("account-2")).codes == ["FORBIDDEN"], desk.hospital


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_the_same_mistake_has_the_same_code_at_both(shared_twins: World, mistake: Mistake) -> None:
    for desk in (Desk(shared_twins, hospital) for hospital in BOTH):
        answer = desk.tell(mistake.deed, mistake.given(desk), key=f"mistake-{MISTAKES.index(mistake):04}")
        assert told(answer) == [(mistake.code, mistake.field)], desk.hospital


def told(answer: Answer) -> list[tuple[str, str | None]]:
    """Why something was not done."""
    (outcome,) = answer.data.values()
    return [(error["code"], error["field"]) for error in outcome["userErrors"]]


def state(answer: Answer) -> str:
    """What became of it: the status of what was made, or the codes of why not."""
    if answer.codes:
        return "UNKNOWN" if answer.codes == ["STATE_UNKNOWN"] else " ".join(answer.codes)
    (outcome,) = answer.data.values()
    made = outcome[result_of(outcome)]
    return " ".join(code for code, _ in told(answer)) if made is None else str(made.get("status", "DONE"))


def result_of(outcome: Mapping[str, Any]) -> str:
    """What the result is called beside the errors."""
    return next(name for name in outcome if name != "userErrors")
