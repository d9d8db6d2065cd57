import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.graphiql.build import Node

DRIVE = Path(__file__).with_name("drive.mjs")


@pytest.fixture
def seen(graphiql_url: str, node_with_packages: Node, tmp_path: Path) -> dict[str, Any]:
    """What a browser saw while it used the page."""
    command = [str(node_with_packages.node), str(DRIVE), graphiql_url, "--screenshot", str(tmp_path / "graphiql.png")]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)  # noqa: S603 - own script
    if run.returncode != 0:
        pytest.fail(f"The browser could not use the page.\n{run.stderr}", pytrace=False)
    report: dict[str, Any] = json.loads(run.stdout)
    return report


# The first run installs npm packages, builds the page and unpacks a browser.
@pytest.mark.timeout(600)
def test_the_page_works_in_a_browser_without_any_outside_address(seen: dict[str, Any], tmp_path: Path) -> None:
    assert seen["outside"] == []
    assert seen["violations"] == []
    assert seen["console"] == []
    assert seen["failed"] == []

    assert (seen["title"], seen["heading"]) == ("Patient graph", "Patient graph")
    assert seen["tabs"] == ["HomeScreen", "FindSlot"]
    assert {"Variables", "Headers"} <= set(seen["editors"])
    assert '"relation": "SELF"' in seen["result"], "the first tab runs with its token"
    assert '"name": "县人民医院"' in seen["result"]
    assert "Who asks, and the people bound to them (当前用户)." in seen["docs"]
    assert "viewer" in seen["explorer"]

    assert seen["stored"] == seen["cookies"] == [], "queries and tokens end with the page"
    assert (tmp_path / "graphiql.png").stat().st_size > 0
