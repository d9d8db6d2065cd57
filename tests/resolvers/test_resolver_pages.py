import base64
import datetime as dt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.records.base import SHANGHAI
from connectors.records.problems import ProblemCode
from resolvers.pages import Position, cut, position
from resolvers.problems import Problem

NODES = st.lists(
    st.tuples(
        st.none() | st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 1, 3)),  # noqa: DTZ001 # see `place`
        st.sampled_from(["first", "second"]),
        st.text("ab\x1f王", max_size=2),
    ),
    max_size=30,
)
Node = tuple[dt.datetime | None, str, str]


def place(node: Node) -> Position:
    moment = node[0] and node[0].replace(microsecond=0, tzinfo=SHANGHAI)
    return position(moment, node[1], node[2])


@given(NODES, st.integers(1, 10))
def test_following_the_cursor_gives_every_node_exactly_once_for_any_page_size(nodes: list[Node], size: int) -> None:
    walked: list[Node] = []
    after = None
    for _ in range(len(nodes) + 1):
        page = cut(nodes, place, size, after)
        assert page.total == len(nodes)
        assert len(page.nodes) <= size
        walked += page.nodes
        after = page.info.end_cursor
        if not page.info.has_next_page:
            break
    assert sorted(map(place, walked)) == sorted(map(place, nodes))
    assert [place(node) for node in walked] == sorted(map(place, nodes), reverse=True)


@given(NODES, st.randoms())
def test_the_order_does_not_depend_on_who_answered_first(nodes: list[Node], random: Random) -> None:
    shuffled = list(nodes)
    random.shuffle(shuffled)
    one, other = (cut(order, place, 200, None).nodes for order in (nodes, shuffled))
    assert list(map(place, one)) == list(map(place, other))


def test_the_newest_is_first_and_what_has_no_time_is_last() -> None:
    older, newer = ((dt.datetime(2026, 1, day), "h", "1") for day in (1, 2))  # noqa: DTZ001
    assert cut([older, (None, "h", "1"), newer], place, 3, None).nodes == [newer, older, (None, "h", "1")]


def test_a_node_that_comes_between_two_pages_is_neither_repeated_nor_does_it_shift_the_rest() -> None:
    nodes: list[Node] = [(dt.datetime(2026, 1, day), "h", "1") for day in range(1, 6)]  # noqa: DTZ001
    page = cut(nodes, place, 2, None)
    rest = cut([(dt.datetime(2026, 1, 9), "h", "1"), *nodes], place, 9, page.info.end_cursor)  # noqa: DTZ001
    assert page.nodes + rest.nodes == nodes[::-1]


def test_an_empty_list_has_no_cursor_and_no_next_page() -> None:
    page = cut([], place, 5, None)
    assert (page.nodes, page.total, page.info.has_next_page, page.info.end_cursor) == ([], 0, False, None)


@pytest.mark.parametrize("first", [0, -1, 201, 10**9])
def test_a_page_size_out_of_bounds_is_refused(first: int) -> None:
    with pytest.raises(Problem) as caught:
        cut([], place, first, None)
    assert (caught.value.code, caught.value.field) == (ProblemCode.BAD_INPUT, "first")


@pytest.mark.parametrize(
    "after", ["", "x", "王", "====", base64.b64encode(b"a").decode(), base64.b64encode(b"\xff").decode()]
)
def test_a_cursor_that_is_none_is_refused(after: str) -> None:
    with pytest.raises(Problem) as caught:
        cut([], place, 1, after)
    assert (caught.value.code, caught.value.field) == (ProblemCode.BAD_INPUT, "after")


@given(st.text(max_size=40))
def test_no_cursor_makes_it_fail_otherwise(after: str) -> None:
    try:
        cut([(None, "h", "1")], place, 1, after)
    except Problem as problem:
        assert problem.field == "after"  # noqa: PT017 # any other exception fails the test
