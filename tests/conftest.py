"""What made-up requests are drawn from: one seed for a whole run, in as many processes as it has."""

import os
import secrets

import pytest


def pytest_configure() -> None:
    """Choose it before other processes begin; set FUZZ_SEED to have the same requests again."""
    os.environ["FUZZ_SEED"] = os.environ.get("FUZZ_SEED") or str(secrets.randbelow(2**32))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what it was."""
    terminalreporter.write_line(f"requests made up from FUZZ_SEED={os.environ['FUZZ_SEED']}")
