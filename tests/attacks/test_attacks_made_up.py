"""Requests made up at random: none brings the server down, keeps it busy, or gets what is another's out of it."""

import json
import re
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st

from tests.attacks.attacked import Attacked
from tests.attacks.conftest import SEED
from tests.attacks.made_up import headers, messages, operations

# How long any of them may take; the sandbox answers at once.
SECONDS = 5.0
CALLERS = ["anonymous", "patient"]
IDS = """{ viewer { patients {
  id
  cards { id hospital { id } }
  charges(first: 3) { nodes { id } } bills(first: 3) { nodes { id } }
  visits(first: 3) { nodes { id } } reports(first: 3) { nodes { id } }
  appointments(first: 3) { nodes { id } } prescriptions(first: 3) { nodes { id } }
} } }"""


def budget(examples: int) -> settings:
    """So many requests, the same for the same seed."""
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[*HealthCheck],
    )


@pytest.fixture(scope="module")
def others(shared: Attacked) -> list[str]:
    """What nobody but its owner, and staff, may see: numbers of people who are not bound to the caller."""
    town = shared.sandbox.town
    bound = {person_id for person_id, _ in town.accounts["account-1"].people}
    return [
        number
        for person in town.people.values()
        if person.id not in bound
        for number in (person.identity_number, person.phone)
    ]


def look(response: httpx.Response, others: list[str]) -> None:
    note(f"FUZZ_SEED={SEED}")
    assert response.status_code < 500
    assert response.elapsed.total_seconds() < SECONDS
    assert "INTERNAL_ERROR" not in response.text
    assert "Traceback" not in response.text
    assert [number for number in others if number in response.text] == []


@pytest.fixture(scope="module")
def ids(shared: Attacked) -> tuple[str, ...]:
    """Ids that mean something: of the caller's people and cards, of hospitals, of what is in their lists."""
    answer = shared.ask("patient", IDS)
    found = set(re.findall(r'"id": "([^"]+)"', json.dumps(answer.data)))
    assert len(found) > 10
    return tuple(sorted(found | {"253", "254", "501"}))


@pytest.mark.parametrize("who", CALLERS)
@seed(SEED)
@budget(200)
@given(data=st.data())
def test_any_operation_is_answered(
    shared: Attacked, others: list[str], ids: tuple[str, ...], who: str, data: st.DataObject
) -> None:
    body = data.draw(operations(ids))
    response = shared.client.post("/graphql", content=json.dumps(body), headers=shared.headers(who))

    look(response, others)
    assert set(response.json()) <= {"data", "errors", "extensions"}


@seed(SEED)
@budget(200)
@given(body=operations(), given_headers=headers(), who=st.sampled_from(CALLERS))
def test_any_headers_are_answered(
    shared: Attacked, others: list[str], body: dict[str, Any], given_headers: list[tuple[bytes, bytes]], who: str
) -> None:
    token = shared.token(who)
    bearer = [(b"Authorization", f"Bearer {token}".encode())] if token else []
    # Over a bare socket: httpx would refuse to write what no honest client writes.
    content = json.dumps(body).encode()
    own = [(b"Connection", b"close"), (b"Content-Length", b"%d" % len(content)), *bearer]
    lines = [b"POST /graphql HTTP/1.1", b"Host: server", *(b": ".join(pair) for pair in [*own, *given_headers])]
    heard = shared.say(b"\r\n".join([*lines, b"", content]), seconds=SECONDS)

    assert heard.statuses
    assert all(status < 500 for status in heard.statuses)
    assert [number for number in others if number.encode() in heard.content] == []


@seed(SEED)
@budget(250)
@given(message=messages())
def test_any_bytes_are_survived(shared: Attacked, others: list[str], message: bytes) -> None:
    heard = shared.shout(message)

    assert all(status < 500 for status in heard.statuses)
    assert [number for number in others if number.encode() in heard.content] == []


def test_after_all_of_it_the_server_still_answers_and_has_noted_no_fault(shared: Attacked) -> None:
    assert shared.still_answers()
    events = {line["event"] for line in shared.lines()}
    assert not events & {"unexpected", "request_failed", "Exception in ASGI application"}
