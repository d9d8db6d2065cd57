import os
import secrets
from collections.abc import Iterator

import pytest

from tests.attacks.attacked import Attacked, attacked

# What the made-up requests are drawn from; set it to have the same ones again.
SEED = int(os.environ.get("FUZZ_SEED") or secrets.randbelow(2**32))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"requests made up from FUZZ_SEED={SEED}")


@pytest.fixture(scope="package")
def shared() -> Iterator[Attacked]:
    """One server for all attacks: each must leave it fit for the next."""
    with attacked() as made:
        yield made
