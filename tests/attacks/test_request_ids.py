"""One id from the edge to the hospital and back."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from sandbox.faults import Fault
from sandbox.tokens import patient_token
from tests.attacks.attacked import Attacked, attacked
from tests.end_to_end.world import HS256_SECRET

HOME = "{ viewer { patients { name charges(first: 2) { totalCount failures { code } } } } }"


@pytest.fixture(scope="module")
def server() -> Iterator[Attacked]:
    """One that has kept no answers for others."""
    with attacked(caches=False) as made:
        yield made


def asked(server: Attacked, account: str) -> str:
    request_id = str(uuid.uuid4())
    token = patient_token(server.sandbox.town, account, HS256_SECRET)
    more = {"X-Request-Id": request_id, "Authorization": f"Bearer {token}"}
    answer = server.send("patient", b'{"query": "%s"}' % HOME.encode(), more)
    assert answer.status == 200
    assert answer.headers["x-request-id"] == request_id
    return request_id


def test_a_request_of_a_client_names_its_id_at_every_hospital_it_calls(server: Attacked) -> None:
    server.sandbox.counters.clear()
    request_id = asked(server, "account-1")

    assert len(server.sandbox.counters.made_for(request_id)) == server.sandbox.counters.total() > 0


def test_an_id_that_the_server_makes_goes_the_same_way(server: Attacked) -> None:
    answer = server.ask("staff", "{ hospitals { departments { name } } }")

    assert server.sandbox.counters.made_for(answer.headers["x-request-id"])


@pytest.fixture
def failing(server: Attacked) -> Iterator[Attacked]:
    server.sandbox.faults.inject("*", "*", Fault(kind="error"))
    yield server
    server.sandbox.faults.clear()


def test_of_requests_at_the_same_time_each_line_about_a_hospital_names_its_own(failing: Attacked) -> None:
    failing.sandbox.counters.clear()
    accounts = list(failing.sandbox.town.accounts)
    with ThreadPoolExecutor(len(accounts)) as pool:
        request_ids = list(pool.map(lambda account: asked(failing, account), accounts))
    told = [(line["event"], line.get("request_id")) for line in failing.lines()]

    calls = {request_id: len(failing.sandbox.counters.made_for(request_id)) for request_id in request_ids}
    assert sum(calls.values()) == failing.sandbox.counters.total()
    assert len([each for each in calls.values() if each]) > 1
    for request_id in request_ids:
        # A call that failed at once is tried again, and leaves one line.
        assert told.count(("hospital_call_failed", request_id)) == calls[request_id] / 2
        assert told.count(("request", request_id)) == 1
