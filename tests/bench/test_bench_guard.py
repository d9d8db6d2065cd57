import json
import os
from pathlib import Path
from typing import Any

import pytest
import structlog
from figures import FACTS, MEMORY, measured

from bench import __main__ as program
from bench import guard, instructions, results
from bench.instructions import Instructions

COMMITTED: dict[str, Any] = {"instructions": {"ours": 13_000, "bare": 3_250, "vs_bare": 4.0}, "warm_cpu_us": 300}
SAME, LONGER, SHORTER = (Instructions(ours=ours, bare=1_000) for ours in (4_150, 4_280, 3_720))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the figures, as committed."""
    path = tmp_path / "results.json"
    monkeypatch.setattr(results, "RESULTS", path)
    results.write(COMMITTED)
    return path


def called(monkeypatch: pytest.MonkeyPatch, found: Instructions, *words: str) -> int:
    """What `python -m bench` answers when so many instructions are counted."""
    monkeypatch.setattr(structlog, "configure", lambda **_: None)  # the other tests' logs stay as they are
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(instructions, "measure", lambda *_: found)
    monkeypatch.setattr("sys.argv", ["bench", *words])
    return program.main()


def test_figures_of_the_committed_code_pass() -> None:
    assert guard.check(SAME, COMMITTED) == "As committed: within 5%."


def test_more_than_the_tolerance_fails() -> None:
    with pytest.raises(guard.LongerError, match=r"7\.0% more instructions .* 5% are allowed"):
        guard.check(LONGER, COMMITTED)


def test_fewer_pass_with_the_hint_to_keep_them() -> None:
    assert "7.0% fewer instructions than committed; keep the new figure" in guard.check(SHORTER, COMMITTED)


def test_the_ratio_is_checked_and_not_the_number() -> None:
    assert "within" in guard.check(Instructions(ours=26_000, bare=6_500), COMMITTED)


@pytest.mark.parametrize("content", [None, {"warm_cpu_us": 300}])
def test_without_committed_figures_nothing_passes(content: dict[str, Any] | None) -> None:
    with pytest.raises(guard.LongerError, match="Nothing is committed"):
        guard.check(SAME, content)
    assert "nothing committed" in guard.compared(SAME, content)


def test_the_figures_stand_beside_the_committed_ones() -> None:
    text = guard.compared(LONGER, COMMITTED)
    assert "ours 4,280, bare calls 1,000 instructions per operation: vs_bare 4.280" in text
    assert "ours 13,000, bare calls 3,250: vs_bare 4.0; now / committed: 1.070" in text


@pytest.mark.parametrize(("found", "code"), [(SAME, 0), (SHORTER, 0), (LONGER, 1)])
@pytest.mark.usefixtures("file")
def test_the_check_is_the_exit_code(monkeypatch: pytest.MonkeyPatch, found: Instructions, code: int) -> None:
    assert called(monkeypatch, found, "--instructions", "--check") == code


def test_only_keep_writes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (("--instructions",), ("--instructions", "--check")):
        called(monkeypatch, SAME, *words)
        assert json.loads(file.read_text()) == COMMITTED
    assert called(monkeypatch, SAME, "--instructions", "--keep") == 0
    kept = {"ours": 4_150, "bare": 1_000, "vs_bare": 4.15}
    assert json.loads(file.read_text()) == COMMITTED | {"instructions": kept}


def test_figures_are_not_kept_without_a_full_run(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.unlink()
    assert called(monkeypatch, SAME, "--instructions", "--keep") == 1
    assert not file.exists()


@pytest.mark.parametrize("words", [("--keep",), ("--quick", "--check"), ("--instructions", "--keep", "--check")])
def test_other_runs_neither_keep_nor_check(monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit):
        called(monkeypatch, SAME, *words)


def test_a_full_run_and_a_memory_run_keep_the_instructions() -> None:
    full = results.results(measured(), FACTS)
    assert "instructions" not in full
    again = results.with_kept(full, COMMITTED)
    assert again == full | {"instructions": COMMITTED["instructions"]}
    assert results.with_memory(again, MEMORY)["instructions"] == COMMITTED["instructions"]


@pytest.mark.parametrize("before", [None, {"warm_cpu_us": 300}])
def test_where_there_are_none_a_full_run_keeps_none(before: dict[str, Any] | None) -> None:
    full = results.results(measured(), FACTS)
    assert results.with_kept(full, before) == full
