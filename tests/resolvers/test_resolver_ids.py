import base64
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.records.base import CardRef
from connectors.records.problems import ProblemCode
from resolvers.global_id import GlobalIds, NodeKey
from resolvers.problems import Problem
from tests.resolvers.fakes import IDENTITY

IDS = GlobalIds(b"a" * 32)
PRINTED = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
CARDS = st.builds(CardRef, st.just("first"), PRINTED, st.none() | PRINTED)
CARD = CardRef("first", IDENTITY, f"p{IDENTITY}")
ALPHABET = string.ascii_letters + string.digits + "-_"


def refused(global_id: str, *kinds: str, ids: GlobalIds = IDS) -> None:
    with pytest.raises(Problem) as caught:
        ids.read(global_id, *kinds)
    assert caught.value.code is ProblemCode.BAD_INPUT
    assert IDENTITY not in str(caught.value)


@given(st.sampled_from(["Card", "LabReport"]), st.none() | CARDS, st.text(st.characters(exclude_categories=["Cs"])))
def test_an_id_that_is_written_is_read_back_and_is_stable(kind: str, card: CardRef | None, local_id: str) -> None:
    written = IDS.write(kind, "first", card, local_id)
    assert IDS.read(written, kind) == NodeKey(kind, "first", card, local_id)
    assert written == GlobalIds(b"a" * 32).write(kind, "first", card, local_id)
    assert set(written) <= set(ALPHABET)


def test_every_changed_byte_is_refused() -> None:
    raw = base64.urlsafe_b64decode(IDS.write("Bill", "first", CARD, "b-1") + "==")
    for place in range(len(raw)):
        changed = bytes([*raw[:place], raw[place] ^ 1, *raw[place + 1 :]])
        refused(base64.urlsafe_b64encode(changed).rstrip(b"=").decode())


@pytest.mark.parametrize("local_id", ["b", "b-", "b-1"])
def test_every_changed_character_is_refused_so_that_one_thing_has_one_id(local_id: str) -> None:
    written = IDS.write("Bill", "first", CARD, local_id)
    for place, character in enumerate(written):
        for other in (ALPHABET[(ALPHABET.index(character) + 1) % 64], "!", "="):
            refused(written[:place] + other + written[place + 1 :])
    for longer in ("=", "A", "!", " ", "\n"):
        refused(written + longer)


@given(st.text(max_size=60))
def test_what_this_server_did_not_write_is_refused(made_up: str) -> None:
    refused(made_up)


def test_another_secret_is_refused() -> None:
    refused(IDS.write("Card", "first", CARD, ""), ids=GlobalIds(b"b" * 32))


def test_nothing_of_a_card_can_be_read_in_an_id_decoded_or_not() -> None:
    written = IDS.write("Card", "first", CARD, "")
    decoded = base64.urlsafe_b64decode(written + "==")
    sealed = base64.urlsafe_b64decode(decoded.split(b"\x1f")[-2])
    for shown in (written.encode(), decoded, sealed):
        assert IDENTITY.encode() not in shown
        assert IDENTITY[:6].encode() not in shown


def test_the_card_of_one_id_cannot_be_put_into_another() -> None:
    mine = base64.urlsafe_b64decode(IDS.write("Bill", "first", CARD, "1") + "==")
    yours = base64.urlsafe_b64decode(IDS.write("Bill", "first", CardRef("first", "2"), "1") + "==")
    parts, other = mine[12:].split(b"\x1f"), yours[12:].split(b"\x1f")
    swapped = b"\x1f".join([*parts[:2], other[2], parts[3]])
    refused(base64.urlsafe_b64encode(mine[:12] + swapped).rstrip(b"=").decode())


def test_an_id_of_another_kind_is_refused_where_a_kind_is_asked_for() -> None:
    written = IDS.write("Bill", "first", CARD, "1")
    refused(written, "Card", "Charge")
    assert IDS.read(written).kind == IDS.read(written, "Card", "Bill").kind == "Bill"
