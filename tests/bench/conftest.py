import os
from functools import partial
from pathlib import Path

import pytest

from bench import flat_out, mock
from tests.bench.mocked import Serving


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the programs are compiled, once for all tests."""
    return tmp_path_factory.mktemp("programs")


@pytest.fixture(autouse=True)
def any_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not measure: one core will do."""
    core = min(os.sched_getaffinity(0))
    monkeypatch.setattr(mock, "LOAD_CORE", core)
    monkeypatch.setattr(flat_out, "LOAD_CORE", core)


@pytest.fixture
def serving(programs: Path) -> Serving:
    """Start the mock on routes."""
    return partial(mock.serving, folder=programs)
