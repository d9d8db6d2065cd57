import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.graphiql.build import Node
from tests.browser.conftest import Page

DRIVE = Path(__file__).with_name("drive.mjs")


@pytest.fixture
def seen(graphiql: Page, node_with_packages: Node, tmp_path: Path) -> dict[str, Any]:
    """What a browser saw while it used the page."""
    picture = str(tmp_path / "graphiql.png")
    command = [
        str(node_with_packages.node),
        str(DRIVE),
        graphiql.url,
        "--token",
        graphiql.staff,
        "--screenshot",
        picture,
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)  # noqa: S603 - own script
    if run.returncode != 0:
        pytest.fail(f"The browser could not use the page.\n{run.stderr}", pytrace=False)
    report: dict[str, Any] = json.loads(run.stdout)
    return report


# The first run installs npm packages, builds the page and unpacks a browser.
@pytest.mark.timeout(600)
def test_the_page_works_in_a_browser_and_keeps_no_token(graphiql: Page, seen: dict[str, Any], tmp_path: Path) -> None:
    assert seen["outside"] == []
    assert seen["violations"] == []
    # The schema is not shown before the staff's token is there; nothing else fails.
    assert set(seen["failed"]) == {f"400 {graphiql.url.removesuffix('/graphiql')}/graphql"}
    assert {line for line in seen["console"] if "status of 400" not in line} == set()

    assert (seen["title"], seen["heading"]) == ("Patient graph", "Patient graph")
    assert seen["tabs"] == ["HomeScreen", "FindSlot", "WhoAmI"]
    assert {"Variables", "Headers"} <= set(seen["editors"])
    assert '"relation": "SELF"' in seen["result"], "the first tab runs with its token"
    assert '"name": "县人民医院"' in seen["result"]
    assert "Who asks, and the people bound to them (当前用户)." in seen["docs"]
    assert "viewer" in seen["explorer"]

    patient, staff = f"Bearer {graphiql.patient}", f"Bearer {graphiql.staff}"
    by_operation = {sent["operation"]: sent["authorization"] for sent in seen["sent"]}
    assert by_operation["HomeScreen"] == patient, "a tab's own headers come first"
    assert by_operation["WhoAmI"] == by_operation["IntrospectionQuery"] == staff
    assert seen["whoAmI"] == {"data": {"viewer": {"role": "STAFF"}}}
    assert not any(graphiql.staff in sent["url"] for sent in seen["sent"])

    assert seen["stored"] == seen["cookies"] == [], "queries and tokens end with the page"
    after = seen["reloaded"]
    assert after["whoAmI"]["data"] == {"viewer": {"role": "ANONYMOUS"}}
    assert (after["field"], after["stored"]) == ("", [])
    assert staff not in {sent["authorization"] for sent in after["sent"]}
    assert (tmp_path / "graphiql.png").stat().st_size > 0
