"""Golden cases of the palm hospital."""

from pathlib import Path

import pytest

from tests.connectors.golden import cases, run_case


@pytest.mark.parametrize("path", cases("palm_hospital"), ids=lambda path: path.stem)
async def test_documented_exchange(path: Path) -> None:
    await run_case("palm_hospital", path)
