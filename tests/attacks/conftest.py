import os
from collections.abc import Iterator

import pytest

from tests.attacks.attacked import Attacked, attacked

SEED = int(os.environ["FUZZ_SEED"])


@pytest.fixture(scope="package")
def shared() -> Iterator[Attacked]:
    """One server for all attacks: each must leave it fit for the next."""
    with attacked() as made:
        yield made
