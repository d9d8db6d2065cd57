"""Golden cases of the regional HIS."""

from pathlib import Path

import pytest

from tests.connectors.golden import cases, run_case


@pytest.mark.parametrize("path", cases("regional_wechat"), ids=lambda path: path.stem)
async def test_documented_exchange(path: Path) -> None:
    await run_case("regional_wechat", path)
