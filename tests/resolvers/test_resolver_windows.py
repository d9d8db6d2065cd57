"""A client's page of a list that the hospital gives in pages of its own."""

import pytest

from resolvers.opaque import encoded
from resolvers.problems import Problem
from resolvers.windows import MOST_CALLS, SIZE, Part, Window, window


class Listed:
    """A hospital with so many things; remembers the pages it was asked for."""

    def __init__(self, total: int) -> None:
        self.nodes = list(range(total))
        self.asked: list[int] = []

    async def load(self, page: int) -> Part[int]:
        self.asked.append(page)
        return Part(self.nodes[(page - 1) * SIZE : page * SIZE], len(self.nodes))


async def every(listed: Listed, first: int) -> list[Window[int]]:
    pages, after = [], None
    while True:
        pages.append(await window(listed.load, first, after))
        if not pages[-1].page_info.has_next_page:
            return pages
        after = pages[-1].page_info.end_cursor


@pytest.mark.parametrize("first", [1, 7, SIZE - 1, SIZE, SIZE + 1, 200])
@pytest.mark.parametrize("total", [1, SIZE, SIZE + 1, 3 * SIZE])
async def test_pages_follow_each_other_without_gap_or_repeat(first: int, total: int) -> None:
    pages = await every(Listed(total), first)
    assert [node for page in pages for node in page.nodes] == list(range(total))
    assert {page.total_count for page in pages} == {total}


async def test_only_the_pages_are_asked_for_that_are_touched() -> None:
    listed = Listed(10 * SIZE)
    first = await window(listed.load, SIZE + 10, None)
    assert listed.asked == [1, 2]
    await window(listed.load, 10, first.page_info.end_cursor)
    assert listed.asked == [1, 2, 2]
    listed.asked.clear()
    await window(listed.load, 200, encoded(b"49"))
    assert len(listed.asked) == MOST_CALLS


async def test_an_empty_list_and_what_lies_behind_the_end_are_empty_pages() -> None:
    for total, after in ((0, None), (3, encoded(b"3")), (3, encoded(b"400"))):
        found = await window(Listed(total).load, 5, after)
        assert (found.nodes, found.page_info.has_next_page, found.page_info.end_cursor) == ([], False, None)
        assert found.total_count == total


@pytest.mark.parametrize("cursor", ["", "?", encoded(b"-1"), encoded(b"x"), encoded(b"99999999999"), encoded(b"\xff")])
async def test_a_cursor_of_another_kind_is_refused(cursor: str) -> None:
    with pytest.raises(Problem) as caught:
        await window(Listed(3).load, 5, cursor)
    assert caught.value.field == "after"


@pytest.mark.parametrize("first", [0, -1, 201])
async def test_a_page_has_its_limits(first: int) -> None:
    with pytest.raises(Problem):
        await window(Listed(3).load, first, None)
