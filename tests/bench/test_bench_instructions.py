import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench import instructions
from bench.instructions import OPERATIONS, CountError, Instructions, collected, measure
from bench.scene import Scene

OUTPUT = """{"event":"request"}
==7==
==7== Events    : Ir
==7== Collected : 520861
==7==
==7== I   refs:      520,861
"""


@pytest.fixture
def valgrind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Valgrind is there; what it is asked to run is not run."""
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    empty = Scene("s", "s", [], [], {}, "query { x }", {})
    monkeypatch.setattr(instructions, "record", lambda: empty)
    monkeypatch.setattr(instructions, "work_of", lambda _: SimpleNamespace(routes=[], facts="{}"))


def told(_line: str) -> None:
    """Nobody listens."""


def ending(monkeypatch: pytest.MonkeyPatch, *ends: tuple[int, str]) -> list[list[str]]:
    """Have the counted processes end like this, one after the other; the value is what is run."""
    commands: list[list[str]] = []
    real = subprocess.run

    def run(command: list[str], **more: Any) -> Any:
        if command[0] != "valgrind":
            return real(command, **more)  # the compiler of the mock
        commands.append(command)
        assert more["env"]["PYTHONHASHSEED"] == "0"
        code, output = ends[len(commands) - 1]
        return SimpleNamespace(returncode=code, stdout=output)

    monkeypatch.setattr(subprocess, "run", run)
    return commands


def test_the_figure_is_read_from_what_valgrind_says() -> None:
    assert collected(OUTPUT) == 520_861


@pytest.mark.parametrize("output", ["", "==7== Collected : 0\n", "Collected : 5, says the application\n"])
def test_nothing_counted_is_an_error(output: str) -> None:
    with pytest.raises(CountError, match="counted nothing"):
        collected(output)


def test_the_ratio_is_ours_over_the_bare_calls() -> None:
    assert Instructions(ours=900, bare=200).ratio == 4.5


def test_without_valgrind_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(CountError, match="Debian package: valgrind"):
        measure(tmp_path, told)


@pytest.mark.usefixtures("valgrind")
def test_the_figures_are_per_operation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, bare = (f"==7== Collected : {OPERATIONS * each}\n" for each in (13_000, 3_000))
    commands = ending(monkeypatch, (0, ours), (0, bare))
    assert measure(tmp_path, told) == Instructions(ours=13_000, bare=3_000)
    assert [command[-2:] for command in commands] == [["cold", str(OPERATIONS)], ["bare", str(OPERATIONS)]]
    assert all(f"--callgrind-out-file={tmp_path}/" in " ".join(command) for command in commands)


@pytest.mark.usefixtures("valgrind")
def test_a_run_that_fails_is_told_with_the_end_of_its_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ending(monkeypatch, (1, "begin" + "x" * 5000 + "not the expected data"))
    with pytest.raises(CountError, match=r"cold: the counted process failed: x+not the expected data$"):
        measure(tmp_path, told)


@pytest.mark.usefixtures("valgrind")
def test_a_run_that_does_not_end_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = subprocess.run

    def run(command: list[str], **more: Any) -> Any:
        if command[0] == "valgrind":
            raise subprocess.TimeoutExpired(command, more["timeout"])
        return real(command, **more)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(CountError, match="cold: not counted within"):
        measure(tmp_path, told)
