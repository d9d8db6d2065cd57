"""What is sealed opens at its place, under a known key, unchanged; and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import REGISTRY
from pydantic import SecretStr

from app.stores.sealing import Flaw, KeyRing, NoSealer, Sealer, Unsealable, sealer_of

OLD, NEW = SecretStr("the-older-key-of-thirty-two-characters"), SecretStr("the-newer-key-of-thirty-two-characters")
PLACE = b"store\0a"
VALUE = "样例甲 370102199001015236".encode()
RING = KeyRing([OLD])


def flaw(sealer: Sealer, sealed: bytes, place: bytes = PLACE) -> Flaw:
    with pytest.raises(Unsealable) as caught:
        sealer.open(sealed, place)
    assert "370102" not in str(caught.value)
    return caught.value.flaw


@given(st.binary(), st.binary())
def test_a_sealed_value_comes_back_at_its_place_and_adds_33_bytes(value: bytes, place: bytes) -> None:
    sealed = RING.seal(value, place)

    assert RING.open(sealed, place) == value
    assert len(sealed) == len(value) + 33


def test_nothing_of_the_value_and_of_the_key_is_in_the_sealed_form() -> None:
    sealed = RING.seal(VALUE * 50, PLACE)

    assert not any(VALUE[start : start + 4] in sealed for start in range(len(VALUE) - 3))
    assert OLD.get_secret_value().encode() not in sealed


def test_the_same_value_is_never_sealed_alike() -> None:
    assert len({RING.seal(VALUE, PLACE)[5:] for _ in range(1000)}) == 1000


def test_a_value_does_not_open_at_another_place() -> None:
    assert flaw(RING, RING.seal(VALUE, PLACE), b"store\0b") is Flaw.CHANGED


def test_a_change_of_any_bit_is_noticed() -> None:
    sealed = RING.seal(VALUE, PLACE)
    for bit in range(8 * len(sealed)):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Unsealable):
            RING.open(bytes(changed), PLACE)


def test_a_value_that_was_cut_short_is_noticed_at_any_length() -> None:
    sealed = RING.seal(b"", PLACE)
    flaws = [flaw(RING, sealed[:length]) for length in range(len(sealed))]

    assert flaws == [Flaw.NOT_SEALED] + [Flaw.UNKNOWN_KEY] * 4 + [Flaw.CHANGED] * 28


def test_keys_are_changed_without_losing_what_is_kept() -> None:
    kept = RING.seal(VALUE, PLACE)
    both = KeyRing([NEW, OLD])
    assert both.open(kept, PLACE) == VALUE
    kept_since = both.seal(VALUE, PLACE)
    # A replica that knows the new key but does not use it yet opens what the others seal.
    assert KeyRing([OLD, NEW]).open(kept_since, PLACE) == VALUE
    only_new = KeyRing([NEW])

    assert only_new.open(kept_since, PLACE) == VALUE
    assert flaw(only_new, kept) is Flaw.UNKNOWN_KEY


def test_a_value_from_before_there_were_keys_is_not_trusted() -> None:
    assert flaw(RING, NoSealer().seal(VALUE, PLACE)) is Flaw.NOT_SEALED


def test_without_keys_values_are_kept_as_they_are_and_sealed_ones_not_taken_for_values() -> None:
    sealer = sealer_of([])

    assert sealer.open(sealer.seal(VALUE, PLACE), PLACE) == VALUE
    assert sealer.seal(VALUE, PLACE) == VALUE
    assert flaw(sealer, RING.seal(VALUE, PLACE)) is Flaw.UNKNOWN_KEY


def test_sealed_values_are_counted_since_a_key_is_good_for_so_many() -> None:
    before = REGISTRY.get_sample_value("patient_graph_sealed_total") or 0.0
    RING.seal(VALUE, PLACE)
    NoSealer().seal(VALUE, PLACE)

    assert REGISTRY.get_sample_value("patient_graph_sealed_total") == before + 1
