from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.core.config import HospitalConfig
from connectors.core.kinds import keyed_digest, scope_of
from connectors.core.local_id import pack, unpack
from connectors.core.outcomes import merged
from connectors.core.readers import done, listing, listing_by_hospital, single, value
from connectors.core.shape import GIVEN, Many, One, Shape, ShapeError
from connectors.errors import Unavailable
from connectors.records.base import CardRef
from connectors.records.scheduling import Cancellation, Department

SECRET = "370102199001015236"


@dataclass(kw_only=True)
class Holder:
    name: str
    card: CardRef


DEPARTMENT = Shape(Department, id="id", name="name", hospital_id=GIVEN)
CANCELLATION = Shape(Cancellation, refund_number="refundNo")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=6))
def test_parts_that_are_packed_are_unpacked_alike(parts: list[str]) -> None:
    assert unpack(pack(*parts), len(parts)) == tuple(parts)


def test_a_missing_part_comes_back_empty() -> None:
    assert unpack(pack("a", None, "c"), 3) == ("a", "", "c")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4), st.integers(1, 6))
def test_a_key_with_another_number_of_parts_is_refused_unquoted(parts: list[str], count: int) -> None:
    if count != len(parts):
        with pytest.raises(ValueError, match=r"^not a key of this kind$"):
            unpack(pack(*parts), count)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=3))
def test_a_digest_is_stable_keyed_and_tells_nothing(clear: str) -> None:
    digest, other = keyed_digest(b"a" * 32), keyed_digest(b"b" * 32)
    assert digest(clear) == keyed_digest(b"a" * 32)(clear) != other(clear)
    assert len(digest(clear)) == 48
    assert clear not in digest(clear) or len(clear) < 6
    assert digest(clear) != digest(clear + "\0")


def test_scopes_part_people_topics_and_systems() -> None:
    card = CardRef("first", "1")
    scopes = {scope_of("a", card), scope_of("b", card), scope_of("a", "1"), scope_of("a", "card:1")}
    assert len(scopes) == 4
    assert scope_of("a", card) == scope_of("a", CardRef("second", "1", "p"))


def test_a_card_reference_does_not_print_its_number() -> None:
    assert SECRET not in f"{CardRef('first', SECRET, SECRET)!r} {CardRef('first', SECRET)}"


def test_an_error_takes_the_place_of_its_list_and_lists_are_joined() -> None:
    error = Unavailable(system="a", interface="b")
    assert merged([[1], [2], error], [[3], error, [4]]) == [[1, 3], error, error]


def test_a_listing_reads_rows_and_says_nothing_as_an_empty_list() -> None:
    reader = listing(Many(DEPARTMENT, "rows"), hospital_id="first")
    assert [found.name for found in reader.read({"rows": [{"id": 1, "name": "n"}]})] == ["n"]
    assert reader.nothing() == []
    found = reader.read({"rows": [{"id": 1, "name": "n"}]})
    assert reader.adapter.validate_json(reader.adapter.dump_json(found)) == found


def test_readers_that_are_given_other_cards_tell_themselves_apart() -> None:
    rows = Many(DEPARTMENT, "rows")
    abouts = {listing(rows, hospital_id=name).about for name in ("a", "b")}
    cards = (CardRef("h", "1"), CardRef("h", "1", "p"), CardRef("g", "1"))
    abouts |= {single(One(DEPARTMENT), card, hospital_id="a").about for card in cards}
    assert len(abouts) == 5
    # As it is written for a cache key.
    assert len({repr(about) for about in abouts}) == 5


def test_readers_of_several_hospitals_tell_themselves_apart_by_their_cards() -> None:
    rows = Many(DEPARTMENT, "rows")
    cards = (CardRef("h", "1"), CardRef("h", "1", "p"), CardRef("g", "1"), CardRef("h", "2"))
    abouts = [listing_by_hospital(rows, {"1": card}, "hospitalId").about for card in cards]
    assert len({repr(about) for about in abouts}) == len(set(abouts)) == 4


def test_a_write_that_only_says_it_was_done_makes_its_record_of_what_is_given() -> None:
    reader = done(One(CANCELLATION, "data"))
    assert reader.read({"data": {"refundNo": "r"}}) == Cancellation(refund_number="r")
    assert reader.read({"data": None}) == reader.nothing() == Cancellation()


def test_a_bare_value_is_found_at_its_path_or_is_nothing() -> None:
    reader = value(int, int, "a", "b")
    assert reader.read({"a": {"b": "5"}}) == 5
    assert value(str, lambda found: found, "a", "b").read({"a": 5}) is None


def test_rows_of_several_hospitals_find_their_card_and_strangers_are_left_out() -> None:
    shape = Shape(Holder, name="name", card=GIVEN)
    cards = {"1": CardRef("first", "x"), "2": CardRef("second", "x")}
    reader = listing_by_hospital(Many(shape, "rows"), cards, "hospitalId")
    rows = [{"name": "a", "hospitalId": 2}, {"name": "b", "hospitalId": "9"}, {"name": "c", "hospitalId": "1 "}]
    rows += [{"name": "d", "hospitalId": ["1"]}, {"name": "e", "hospitalId": "2"}]
    assert [(row.name, row.card.hospital_id) for row in reader.read({"rows": rows})] == [
        ("a", "second"),
        ("c", "first"),
        ("e", "second"),
    ]
    with pytest.raises(ShapeError, match="missing in an answer for several hospitals"):
        reader.read({"rows": [{"name": SECRET}]})
    alone = listing_by_hospital(Many(shape, "rows"), {"1": cards["1"]}, "hospitalId")
    assert [row.card for row in alone.read({"rows": [{"name": "a"}]})] == [cards["1"]]


def test_a_hospitals_configuration_cannot_be_changed() -> None:
    config = HospitalConfig(id="a", name="b", upstream_id="c", base_url="http://h")
    with pytest.raises(AttributeError):
        config.id = "other"  # type: ignore[misc]
