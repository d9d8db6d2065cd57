"""Golden cases of the regional HIS."""

from pathlib import Path

import pytest

from tests.connectors.golden import cases, describe, run_case

CASES = pytest.mark.parametrize("path", cases("regional_wechat"), ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return describe("regional_wechat", tmp_path_factory.mktemp("service"))


@CASES
async def test_documented_exchange(path: Path) -> None:
    await run_case("regional_wechat", path)


@CASES
async def test_documented_exchange_with_a_web_service(path: Path, service: Path) -> None:
    await run_case("regional_wechat", path, service)
