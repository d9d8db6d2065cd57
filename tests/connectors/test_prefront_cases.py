"""Golden cases of the platform."""

from pathlib import Path

import pytest

from tests.connectors.golden import cases, run_case


@pytest.mark.parametrize("path", cases("prefront"), ids=lambda path: path.stem)
async def test_documented_exchange(path: Path) -> None:
    await run_case("prefront", path)
