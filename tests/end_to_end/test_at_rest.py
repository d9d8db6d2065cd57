"""What Redis holds after people looked and paid: nothing of them in its keys, and sealed, nothing in its values."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import redis as sync_redis

from app.application import create_app
from sandbox.app import create_app as create_sandbox
from sandbox.exchange import Sandbox
from sandbox.serving import running
from sandbox.town.model import Town
from tests.app.redis_server import RedisServer, redis_server
from tests.end_to_end.test_booking import book, booked, free_slot
from tests.end_to_end.test_card_creation import bound, create, details
from tests.end_to_end.test_home_screen import HOME_SCREEN
from tests.end_to_end.test_payment import card_at, order, pay
from tests.end_to_end.world import World, settings

OLD, NEW, OTHER = (f"the-{name}-key-of-thirty-two-characters" for name in ("older", "newer", "other"))
PAYMENT = "payment-0001"
PAYING = "253 hospital.interface.clinicPayment"


class Place:
    """One town and one Redis; servers come and go in front of them."""

    def __init__(self, sandbox: Sandbox, sandbox_url: str, store: RedisServer) -> None:
        self.sandbox = sandbox
        self._sandbox_url = sandbox_url
        self._url = store.url

    @contextmanager
    def server(self, *keys: str) -> Iterator[World]:
        changed = settings(self._sandbox_url, redis_url=self._url, encryption_keys=list(keys))
        with running(create_app(changed)) as url:
            made = World(url, self.sandbox)
            yield made
            made.client.close()

    def kept(self) -> dict[bytes, bytes]:
        """All that Redis holds, by key."""
        client = sync_redis.Redis.from_url(self._url)
        kept = {name: flat(client, name) for name in client.scan_iter()}
        client.close()
        return kept


@pytest.fixture
def place() -> Iterator[Place]:
    sandbox = Sandbox()
    with running(create_sandbox(sandbox)) as sandbox_url, redis_server() as store:
        yield Place(sandbox, sandbox_url, store)


def flat(client: sync_redis.Redis, name: bytes) -> bytes:
    """Everything under a key, whatever its type."""
    read: dict[bytes, Any] = {
        b"string": client.get,
        b"hash": client.hgetall,
        b"list": lambda name: client.lrange(name, 0, -1),
        b"set": client.smembers,
        b"zset": lambda name: client.zrange(name, 0, -1, withscores=True),
        b"stream": client.xrange,
    }
    return b"\n".join(leaves(read[client.type(name)](name)))


def leaves(value: Any) -> Iterator[bytes]:
    if isinstance(value, bytes):
        yield value
    elif isinstance(value, dict):
        yield from leaves(list(value.items()))
    elif isinstance(value, list | tuple | set):
        for part in value:
            yield from leaves(part)


def personal(town: Town) -> set[str]:
    """Who people are, how they are reached, and by what numbers hospitals know them."""
    found = {text for one in town.people.values() for text in (one.name, one.phone, one.identity_number, one.address)}
    for hospital in town.hospitals.values():
        found |= {text for card in hospital.cards for text in (card.number, card.patient_id)}
    return found | set(town.accounts) | {PAYMENT}


def medical(town: Town) -> set[str]:
    """What people have and are given."""
    found = set()
    for hospital in town.hospitals.values():
        found |= {visit.complaint for visit in hospital.visits}
        found |= {drug.name for prescription in hospital.prescriptions for drug in prescription.drugs}
    assert found
    return found


def read_in(texts: set[str], kept: bytes) -> set[str]:
    """Those of the texts that stand there, as they are or as JSON may write them."""
    return {text for text in texts if text.encode() in kept or json.dumps(text).strip('"').encode() in kept}


def live(world: World) -> None:
    """Everything that leaves something behind."""
    assert "errors" not in world.ask(HOME_SCREEN).body
    paid = pay(world, order(card_at(world, "253")["chargeSheet"]["charges"], PAYMENT))
    assert paid.data["payCharges"]["payment"]["status"] == "CONFIRMED"
    assert book(world, "501", free_slot(world, "501"))["appointment"]
    new = details(world, "p20", "253", patientId=bound(world, "account-4"))
    assert create(world, new, world.token("account-4"))["card"]
    # What the writes dropped is kept again.
    assert "errors" not in world.ask(HOME_SCREEN).body


def test_with_a_key_nothing_of_a_person_can_be_read_in_redis(place: Place) -> None:
    with place.server(OLD) as world:
        live(world)
        tokens = {world.token(), world.token("account-4")}
    town = place.sandbox.town
    for name, value in place.kept().items():
        everything = name + b"\n" + value
        assert not read_in(personal(town) | medical(town) | tokens, everything), name


def test_also_without_a_key_the_names_of_keys_tell_nothing(place: Place) -> None:
    with place.server() as world:
        live(world)
    town, kept = place.sandbox.town, place.kept()

    assert not read_in(personal(town) | medical(town), b"\n".join(kept))
    # The same look finds what is there to be found.
    values = b"\n".join(kept.values())
    assert read_in(personal(town), values)
    assert read_in(medical(town), values)


def test_what_was_paid_and_booked_outlives_a_change_of_keys(place: Place) -> None:
    with place.server(OLD) as world:
        given = order(card_at(world, "253")["chargeSheet"]["charges"], PAYMENT)
        first = pay(world, given).data
        slot = free_slot(world, "253")
        book(world, "253", slot)
    with place.server(NEW, OLD) as world:
        assert pay(world, given).data == first
        assert next(node for node in booked(world, "253") if node["startsAt"] == slot["startsAt"])["cancellable"]

    assert place.sandbox.counters.snapshot()[PAYING] == 1


def test_a_payment_whose_key_was_lost_is_not_made_again_and_lists_are_still_shown(place: Place) -> None:
    with place.server(OLD) as world:
        given = order(card_at(world, "253")["chargeSheet"]["charges"], PAYMENT)
        pay(world, given)
        slot = free_slot(world, "253")
        book(world, "253", slot)
    with place.server(OTHER) as world:
        told = pay(world, given).data["payCharges"]
        listed = next(node for node in booked(world, "253") if node["startsAt"] == slot["startsAt"])

    assert told["payment"] is None
    assert [error["code"] for error in told["userErrors"]] == ["STATE_UNKNOWN"]
    assert place.sandbox.counters.snapshot()[PAYING] == 1
    assert listed["cancellable"] is False
