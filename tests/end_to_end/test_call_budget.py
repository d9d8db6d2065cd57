"""What an operation may cost is known before it is run, and it never costs more; over the budget nobody is called."""

import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import parse, validate

from app.demo_queries import BOOKING, STAFF
from app.demo_queries import HOME_SCREEN as EXAMPLE
from app.endpoint.budget import AllowedCalls
from app.endpoint.call_count import Calls
from app.endpoint.call_shape import shape_of
from app.endpoint.documents import Document
from connectors.records.base import CardRef
from resolvers.access_control.reach import ONE_CARD, Reach, reach_of
from schema.build import core_schema
from tests.end_to_end.inpatient import ADMISSION, COSTS, DEPOSITS, DISCHARGES
from tests.end_to_end.report_files import FILES_OF_REPORTS
from tests.end_to_end.test_every_interface import READ_ALL
from tests.end_to_end.test_home_screen import HOME_SCREEN
from tests.end_to_end.world import World, world
from tests.execution.operations import made_up

HOSPITALS = 3
CARDS = "{ viewer { patients { cards { number hospital { code } } } } }"
PAGES = """query($n: Int!) { viewer { patients { cards { patient { name } }
  a: visits(first: $n) { nodes { medicalRecord { complaint } hospital { departments { name } } } }
  b: prescriptions(first: $n) { nodes { detail { age } } } } } }"""


@pytest.fixture(scope="module")
def uncached() -> Iterator[World]:
    """A town that is asked anew each time."""
    with world(caches=False) as made:
        yield made


def reach(town: World, account: str) -> Reach:
    people = town.ask(CARDS, token=town.token(account)).data["viewer"]["patients"]
    cards = [person["cards"] for person in people]
    return reach_of([[CardRef(card["hospital"]["code"], card["number"]) for card in each] for each in cards])


def needed(text: str, name: str | None, reached: Reach, variables: dict[str, Any] | None) -> Calls:
    document = Document(text, parse(text))
    shape = shape_of(core_schema, document, document.operation(name))
    return shape.calls(reached, HOSPITALS, shape.sizes(variables))


def made(town: World) -> Calls:
    """Calls that the sandbox has counted; one for several hospitals at once is one in all, and one at each."""
    at: Counter[str] = Counter()
    for key, count in town.sandbox.counters.snapshot().items():
        for hospital in key.partition(" ")[0].split(","):
            at[hospital] += count
    return Calls(town.sandbox.counters.total(), max(at.values(), default=0))


def settled(town: World) -> Calls:
    """Wait for what goes on behind an answer that did not wait for it."""
    before = None
    while before != (now := town.sandbox.counters.total()):
        before = now
        time.sleep(0.02)
    return made(town)


def send(town: World, text: str, name: str | None, variables: dict[str, Any] | None, token: str) -> Any:
    body = {"query": text, "variables": variables, "operationName": name}
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/graphql-response+json"}
    return town.client.post("/graphql", json=body, headers=headers)


@pytest.mark.parametrize("account", ["account-1", "account-2", "account-4"])
@pytest.mark.parametrize(
    ("text", "name"),
    [
        (HOME_SCREEN, None),
        (EXAMPLE, None),
        (READ_ALL, None),
        (BOOKING, "FindSlot"),
        (PAGES, None),
        (FILES_OF_REPORTS, None),
    ]
    + [(stays, None) for stays in (ADMISSION, COSTS, DEPOSITS, DISCHARGES)],
    ids=[
        "home screen",
        "example",
        "everything",
        "booking",
        "pages",
        "files",
        "stays",
        "costs",
        "deposits",
        "discharges",
    ],
)
def test_an_operation_never_calls_more_than_it_was_said_to(
    uncached: World, account: str, text: str, name: str | None
) -> None:
    variables = {"day": uncached.sandbox.town.today.isoformat(), "n": 7}
    said = needed(text, name, reach(uncached, account), variables)
    uncached.sandbox.counters.clear()
    assert send(uncached, text, name, variables, uncached.token(account)).status_code == 200
    called = made(uncached)

    assert called.total <= said.total <= AllowedCalls().operation
    assert called.at_hospital <= said.at_hospital <= AllowedCalls().hospital
    if account == "account-1":
        assert called.total > 0


def test_what_staff_ask_never_calls_more_than_it_was_said_to(uncached: World) -> None:
    card = next(card for card in uncached.sandbox.town.hospitals["253"].cards if card.person_id == "p01")
    said = needed(STAFF, None, ONE_CARD, {"card": card.number})
    uncached.sandbox.counters.clear()
    assert send(uncached, STAFF, None, {"card": card.number}, uncached.staff()).json()["data"]["patient"]["name"]
    called = made(uncached)

    assert 0 < called.total <= said.total
    assert called.at_hospital <= said.at_hospital


def test_made_up_operations_never_call_more_than_they_were_said_to(uncached: World) -> None:
    reached, token, callers = reach(uncached, "account-1"), uncached.token(), 0
    for seed in range(120):
        text, variables = made_up(core_schema, seed)
        if ("viewer" not in text and "hospital" not in text) or validate(core_schema, parse(text)):
            continue
        said = needed(text, None, reached, variables)
        uncached.sandbox.counters.clear()
        response = send(uncached, text, None, variables, token)
        assert response.status_code in {200, 400}
        called = settled(uncached) if "errors" in response.json() else made(uncached)
        callers += called.total > 0
        assert called.total <= said.total, text
        assert called.at_hospital <= said.at_hospital, text
    assert callers > 10


@pytest.mark.parametrize(
    ("limits", "per", "allowed"),
    [({"calls_per_operation": 20}, "OPERATION", 20), ({"calls_per_hospital": 8}, "HOSPITAL", 8)],
)
def test_over_the_budget_nothing_is_called(limits: dict[str, int], per: str, allowed: int) -> None:
    with world(limits=limits) as town:
        refused = town.ask(HOME_SCREEN)
        calls = town.sandbox.counters.total()
        cheap = town.ask("{ viewer { patients { name } } }")

    assert (refused.status, refused.codes) == (400, ["QUERY_TOO_EXPENSIVE"])
    extensions = refused.body["errors"][0]["extensions"]
    assert (extensions["per"], extensions["allowed"]) == (per, allowed)
    assert extensions["needed"] > allowed
    assert "data" not in refused.body
    assert calls == 0
    assert cheap.data["viewer"]["patients"][0]["name"]


def test_a_page_that_is_too_large_calls_nobody(fresh: World) -> None:
    for query in ("{ viewer { patients { visits(first: 201) { totalCount } } } }", PAGES):
        answer = fresh.ask(query, {"n": 5000})
        assert (answer.status, answer.codes) == (400, ["PAGE_TOO_LARGE"])
    assert fresh.sandbox.counters.total() == 0


def test_by_default_no_document_asks_for_thousands_of_calls(fresh: World) -> None:
    pages = " ".join(f"a{i}: visits(first: 200) {{ nodes {{ medicalRecord {{ complaint }} }} }}" for i in range(15))
    circles = "cards { patient { " * 5 + "bills { totalCount }" + " } }" * 5
    slots = 'departments { doctors { schedules(day: "2026-01-01") { slots { id } } } }'
    for query in (
        f"{{ viewer {{ patients {{ {pages} }} }} }}",
        f"{{ viewer {{ patients {{ {circles} }} }} }}",
        f"{{ hospitals {{ {slots} }} }}",
    ):
        answer = fresh.ask(query)
        assert (answer.status, answer.codes) == (400, ["QUERY_TOO_EXPENSIVE"]), query
    assert fresh.sandbox.counters.total() == 0
