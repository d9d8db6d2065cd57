"""The way in for hospitals' systems: without a secret nothing is said, and what is said is in no log."""

import json
import time
from collections.abc import Iterator

import pytest

from tests.attacks.attacked import Attacked, attacked
from tests.attacks.personal import PERSON
from tests.end_to_end.world import INBOUND_SECRET

MESSAGE, REFUND = "/inbound/501/template/hisSendMessage", "/inbound/501/refund/callback"
OTHER_SECRET = "a-secret-that-somebody-guessed-of-32-characters"
MARK = "sentinel-of-what-was-sent"
BODIES = {
    MESSAGE: {"category": MARK, "patient_id": MARK, "first_data": MARK, "data1": MARK},
    REFUND: {"his_order_no": MARK, "business_no": MARK, "refund_time": "2026-03-04 09:30:00"},
}


@pytest.fixture(scope="module")
def server() -> Iterator[Attacked]:
    with attacked() as made:
        yield made


@pytest.fixture(autouse=True)
def nothing_is_left(server: Attacked) -> Iterator[None]:
    """Log and figures have neither secrets nor contents, and nothing was a fault of the server's."""
    before = len(server.log())
    yield
    written = server.log()[before:] + server.client.get("/metrics").text
    for hidden in (INBOUND_SECRET, OTHER_SECRET, MARK):
        assert hidden not in written
    assert PERSON.found_in(written) == []
    assert "inbound_failed" not in written
    assert server.still_answers()


def headers(secret: str | None, **more: str) -> dict[str, str]:
    bearer = {} if secret is None else {"Authorization": f"Bearer {secret}"}
    return {"Content-Type": "application/json", **bearer, **more}


@pytest.mark.parametrize("path", BODIES)
@pytest.mark.parametrize("secret", [None, OTHER_SECRET, INBOUND_SECRET])
def test_neither_secret_nor_content_is_in_logs(server: Attacked, path: str, secret: str | None) -> None:
    response = server.client.post(path, json=BODIES[path], headers=headers(secret))
    assert response.status_code == (200 if secret == INBOUND_SECRET else 401)
    assert INBOUND_SECRET not in response.text
    assert MARK not in response.text


@pytest.mark.parametrize("path", BODIES)
def test_a_persons_data_in_every_field_is_answered_with_none_of_it(server: Attacked, path: str) -> None:
    for value in PERSON:
        for name in BODIES[path]:
            for wrong in (value, [value], {value: value}, value * 100, f"{value}\x00"):
                body = BODIES[path] | {name: wrong}
                response = server.client.post(path, json=body, headers=headers(INBOUND_SECRET))
                assert response.status_code == 200
                assert PERSON.found_in(response.text) == []


@pytest.mark.parametrize(
    "given",
    [
        {"Authorization": f"Basic {INBOUND_SECRET}"},
        {"Authorization": INBOUND_SECRET},
        {"Authorization": f"Bearer  {INBOUND_SECRET}"},
        {"X-Authorization": f"Bearer {INBOUND_SECRET}"},
        {"Cookie": f"Authorization=Bearer {INBOUND_SECRET}"},
        {},
    ],
)
def test_a_secret_counts_in_its_place_alone(server: Attacked, given: dict[str, str]) -> None:
    sent = {"Content-Type": "application/json"} | given
    assert server.client.post(REFUND, json=BODIES[REFUND], headers=sent).status_code == 401
    query = {"secret": INBOUND_SECRET, "authorization": f"Bearer {INBOUND_SECRET}"}
    plain = server.client.post(REFUND, params=query, json=BODIES[REFUND])
    assert plain.status_code == 401


def test_a_secret_opens_nothing_else(server: Attacked) -> None:
    answer = server.client.post(
        "/graphql", json={"query": "{ viewer { patients { name } } }"}, headers=headers(INBOUND_SECRET)
    )
    assert answer.status_code == 401
    for path in (
        "/inbound/253/refund/callback",
        "/inbound/501/../253/refund/callback",
        "/inbound/501//refund/callback",
    ):
        assert server.client.post(path, json=BODIES[REFUND], headers=headers(INBOUND_SECRET)).status_code == 404


def test_bodies_without_a_secret_are_not_waited_for(server: Attacked) -> None:
    head = (
        f"POST {REFUND} HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n".encode()
    )
    started = time.monotonic()
    assert server.say(head, seconds=5.0).statuses == [401]
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("content", [b"[" * 200_000, b'{"a":' * 50_000, b"\x00" * 1000, b"\xff" * 1000, b"1e999"])
def test_what_is_no_json_of_theirs_is_answered(server: Attacked, content: bytes) -> None:
    for path in BODIES:
        response = server.client.post(path, content=content, headers=headers(INBOUND_SECRET))
        assert response.status_code == 200
        body = json.loads(response.content)
        assert body.get("head", body)["code"] == -1
