"""A client's page of a list in numbered pages whose length the hospital does not tell."""

import pytest

from resolvers.opaque import encoded
from resolvers.problems import Problem
from resolvers.windows import MOST_CALLS, SIZE, OpenWindow, open_window


class Untold:
    """A hospital with so many things that it does not count; remembers the pages it was asked for."""

    def __init__(self, total: int) -> None:
        self.nodes = list(range(total))
        self.asked: list[int] = []

    async def load(self, page: int) -> list[int]:
        self.asked.append(page)
        return self.nodes[(page - 1) * SIZE : page * SIZE]


async def every(untold: Untold, first: int) -> list[OpenWindow[int]]:
    pages, after = [], None
    while True:
        pages.append(await open_window(untold.load, first, after))
        if not pages[-1].page_info.has_next_page:
            return pages
        after = pages[-1].page_info.end_cursor


@pytest.mark.parametrize("first", [1, 7, SIZE - 1, SIZE, SIZE + 1, 200])
@pytest.mark.parametrize("total", [1, SIZE - 1, SIZE, SIZE + 1, 3 * SIZE])
async def test_open_pages_follow_each_other_without_gap_or_repeat(first: int, total: int) -> None:
    pages = await every(Untold(total), first)

    assert [node for page in pages for node in page.nodes] == list(range(total))
    # Nobody is sent on to an empty page.
    assert all(page.nodes for page in pages)
    assert len(pages) == -(-total // first)


async def test_an_open_page_asks_for_what_it_touches_and_one_node_more() -> None:
    untold = Untold(10 * SIZE)

    first = await open_window(untold.load, SIZE - 1, None)
    assert untold.asked == [1]
    assert (len(first.nodes), first.page_info.has_next_page) == (SIZE - 1, True)

    untold.asked.clear()
    await open_window(untold.load, SIZE, None)
    assert untold.asked == [1, 2]

    untold.asked.clear()
    await open_window(untold.load, 200, encoded(b"49"))
    assert len(untold.asked) == MOST_CALLS


async def test_an_open_list_is_not_asked_behind_a_page_that_is_not_full() -> None:
    untold = Untold(3)

    found = await open_window(untold.load, 200, None)

    assert (found.nodes, found.page_info.has_next_page, untold.asked) == ([0, 1, 2], False, [1])


async def test_behind_the_end_of_an_open_list_is_nothing() -> None:
    for total, after in ((0, None), (3, encoded(b"3")), (3, encoded(b"400"))):
        found = await open_window(Untold(total).load, 5, after)
        assert (found.nodes, found.page_info.has_next_page, found.page_info.end_cursor) == ([], False, None)


@pytest.mark.parametrize(("first", "after"), [(0, None), (201, None), (5, encoded(b"-1")), (5, "?")])
async def test_an_open_page_has_its_limits(first: int, after: str | None) -> None:
    with pytest.raises(Problem):
        await open_window(Untold(3).load, first, after)
