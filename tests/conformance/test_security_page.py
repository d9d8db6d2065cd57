"""The threat model names tests that exist, and leaves out none of the attacks."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"tests/[\w/]+\.py", PAGE))


def test_every_test_that_the_threat_model_names_is_there() -> None:
    assert len(NAMED) > 20
    assert sorted(name for name in NAMED if not (ROOT / name).is_file()) == []


def test_every_file_of_attacks_is_named_in_the_threat_model() -> None:
    attacks = {str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "attacks").glob("test_*.py")}

    assert attacks <= NAMED
