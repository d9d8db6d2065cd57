from collections.abc import Iterator

import pytest

from tests.end_to_end.world import World, world


@pytest.fixture(scope="module")
def shared() -> Iterator[World]:
    """A town for tests that only read."""
    with world() as made:
        yield made


@pytest.fixture
def fresh() -> Iterator[World]:
    """A town of one's own, for tests that change it."""
    with world() as made:
        yield made
