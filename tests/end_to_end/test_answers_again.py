"""Answers that are given again, over real sockets: quick, but never to another, never stale, never off the record."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sandbox.faults import ANY, Fault
from tests.end_to_end.test_payment import card_at, order, pay
from tests.end_to_end.world import Answer, World, world

FILE = """{ viewer { patients { id name cards { number } visits { totalCount nodes { id } failures { code } }
    bills { totalCount failures { code } } } } }"""
LOG = "{ viewer { patients { accessLog(first: 50) { totalCount nodes { at } } } } }"


def kept(made: World, how: str = "kept") -> int:
    """How many answers were given again so far, by all servers of this process; `joined`: while they were made."""
    text = made.client.get("/metrics").text
    found = re.search(rf'patient_graph_operations_total\{{execution="{how}"\}} (\d+)', text)
    return int(found[1]) if found else 0


def at_once(*asks: Callable[[], Answer]) -> list[Answer]:
    """Ask side by side, one a little after the other."""
    with ThreadPoolExecutor(len(asks)) as pool:
        running = []
        for ask in asks:
            running.append(pool.submit(ask))
            time.sleep(0.1)
        return [one.result() for one in running]


def settled(made: World, query: str = FILE, token: str | None = "") -> Any:
    """Ask until all is cached: what one call gives for many is cached one by one."""
    chosen = made.token() if token == "" else token
    for _ in range(2):
        made.ask(query, token=chosen)
    return chosen


def test_the_same_question_is_answered_alike_and_no_hospital_is_asked(fresh: World) -> None:
    token = settled(fresh)
    first, before, calls = fresh.ask(FILE, token=token), kept(fresh), fresh.sandbox.counters.total()
    again = fresh.ask(FILE, token=token)
    assert again.body == first.body
    assert kept(fresh) == before + 1
    assert fresh.sandbox.counters.total() == calls


def test_nobody_is_answered_with_what_was_kept_for_another(fresh: World) -> None:
    token = settled(fresh)
    before = kept(fresh)
    mine = fresh.ask(FILE, token=token).data["viewer"]["patients"]
    theirs = fresh.ask(FILE, token=fresh.token("account-2")).data["viewer"]["patients"]
    assert kept(fresh) == before + 1
    assert {person["id"] for person in mine}.isdisjoint(person["id"] for person in theirs)
    by_id = "query ($id: ID!) { patient(by: {id: $id}) { name } }"
    for _ in range(3):
        assert fresh.ask(by_id, {"id": mine[0]["id"]}, token).data["patient"]
        assert fresh.ask(by_id, {"id": mine[0]["id"]}, fresh.token("account-2")).codes == ["FORBIDDEN"]
        assert fresh.ask(by_id, {"id": mine[0]["id"]}, None).codes == ["UNAUTHENTICATED"]


def test_a_payment_is_seen_at_once(fresh: World) -> None:
    token = settled(fresh)
    bills = fresh.ask(FILE, token=token).data["viewer"]["patients"][0]["bills"]["totalCount"]
    paid = pay(fresh, order(card_at(fresh, "253")["chargeSheet"]["charges"]), token)
    assert paid.data["payCharges"]["payment"]["status"] == "CONFIRMED"
    assert fresh.ask(FILE, token=token).data["viewer"]["patients"][0]["bills"]["totalCount"] > bills


def test_a_hospital_that_failed_is_asked_again(fresh: World) -> None:
    token = fresh.token()
    fresh.sandbox.faults.inject("253", ANY, Fault(kind="error"))
    for _ in range(3):
        failures = fresh.ask(FILE, token=token).data["viewer"]["patients"][0]["visits"]["failures"]
        assert failures
    fresh.sandbox.faults.clear()
    assert fresh.ask(FILE, token=token).data["viewer"]["patients"][0]["visits"]["failures"] == []


def test_what_is_given_again_is_on_record_again(fresh: World) -> None:
    token = settled(fresh)
    count = fresh.ask(LOG, token=token).data["viewer"]["patients"][0]["accessLog"]["totalCount"]
    before = kept(fresh)
    for _ in range(3):
        fresh.ask(FILE, token=token)
    assert kept(fresh) == before + 3
    after = fresh.ask(LOG, token=token).data["viewer"]["patients"][0]["accessLog"]["totalCount"]
    # The three, and the look at the log itself.
    assert after == count + 4


def test_without_caches_nothing_is_kept() -> None:
    with world(caches=False) as made:
        before, token = kept(made), made.token()
        for _ in range(3):
            made.ask(FILE, token=token)
        assert kept(made) == before


def test_the_same_question_at_the_same_time_is_answered_together_and_on_record_for_each(fresh: World) -> None:
    token = fresh.token()
    fresh.sandbox.faults.inject("501", ANY, Fault(kind="delay", seconds=1.0, times=1))
    before = kept(fresh, "joined")
    first, second = at_once(lambda: fresh.ask(FILE, token=token), lambda: fresh.ask(FILE, token=token))
    assert first.body == second.body
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    assert kept(fresh, "joined") == before + 1
    log = fresh.ask(LOG, token=token).data["viewer"]["patients"][0]["accessLog"]["totalCount"]
    assert log == 2


def test_the_same_question_of_another_is_not_answered_together(fresh: World) -> None:
    mine, theirs = fresh.token(), fresh.token("account-2")
    fresh.sandbox.faults.inject("501", ANY, Fault(kind="delay", seconds=1.0, times=1))
    before = kept(fresh, "joined")
    first, second = at_once(lambda: fresh.ask(FILE, token=mine), lambda: fresh.ask(FILE, token=theirs))
    assert kept(fresh, "joined") == before
    ids = [{person["id"] for person in one.data["viewer"]["patients"]} for one in (first, second)]
    assert ids[0].isdisjoint(ids[1])


def test_an_error_that_is_answered_together_names_each_ones_request(fresh: World) -> None:
    token, by_card = fresh.token(), "{ viewer { patients { cards { balance } } } }"
    before = kept(fresh, "joined")
    fresh.sandbox.faults.inject("501", ANY, Fault(kind="delay", seconds=1.0, times=1))
    fresh.sandbox.faults.inject("253", ANY, Fault(kind="error"))
    answers = at_once(lambda: fresh.ask(by_card, token=token), lambda: fresh.ask(by_card, token=token))
    assert kept(fresh, "joined") == before + 1
    for answer in answers:
        assert set(answer.codes) == {"UPSTREAM_UNAVAILABLE"}
        assert {error["extensions"]["requestId"] for error in answer.body["errors"]} == {answer.headers["x-request-id"]}
