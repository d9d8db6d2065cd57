"""The command line as a process: what it prints, how it ends, what it leaves behind."""

import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from app.cli import main
from sandbox.app import create_app as create_sandbox
from sandbox.exchange import Sandbox
from sandbox.serving import running
from schema.build import sdl

COMMAND = [sys.executable, "-c", "from app.cli import main; main()"]
ROOT = Path(__file__).parents[2]
SECRET = "sentinel-of-thirty-two-characters-or-more"


def configuration(url: str) -> str:
    return f"""
        secret = "{SECRET}"
        [identity]
        issuer = "i"
        audience = "a"
        hs256_secret = "{SECRET}"
        [systems.county]
        vendor = "regional_wechat"
        base_url = "{url}"
        connect_seconds = 0.5
        [[hospitals]]
        id = "253"
        name = "县人民医院"
        system = "county"
    """


@contextmanager
def started(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def printed(process: "subprocess.Popen[str]", pattern: str) -> str:
    """Read the output up to a line that matches."""
    assert process.stdout is not None
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if select.select([process.stdout], [], [], 1)[0]:
            line = process.stdout.readline()
            found = re.search(pattern, line)
            if found:
                return found[1]
            assert line or process.poll() is None, "the process ended"
    pytest.fail(f"{pattern} was not printed")


def answers(url: str) -> bool:
    try:
        return httpx.get(url, trust_env=False).status_code < 500
    except httpx.HTTPError:
        return False


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_the_schema_is_printed() -> None:
    assert CliRunner().invoke(main, ["schema"]).output == sdl()


def test_a_bad_configuration_stops_the_start_with_every_problem(tmp_path: Path) -> None:
    path = tmp_path / "hospitals.toml"
    path.write_text('secret = "short"\nunknown = 1\n')
    result = CliRunner().invoke(main, ["serve", "--config", str(path)])

    assert result.exit_code == 2
    for place in ("secret:", "unknown:", "identity:", "systems:", "hospitals:"):
        assert place in result.stderr


def test_hospitals_that_answer_pass_the_check(tmp_path: Path) -> None:
    path = tmp_path / "hospitals.toml"
    with running(create_sandbox(Sandbox())) as url:
        path.write_text(configuration(f"{url}/regional"))
        result = CliRunner().invoke(main, ["check", "--config", str(path)])

    assert result.exit_code == 0, result.output
    assert "yes" in result.output


def test_a_hospital_that_does_not_answer_fails_the_check(tmp_path: Path) -> None:
    path = tmp_path / "hospitals.toml"
    path.write_text(configuration(f"http://127.0.0.1:{free_port()}"))
    result = CliRunner().invoke(main, ["check", "--config", str(path)])

    assert result.exit_code == 1
    assert "no" in result.output


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_server_starts_logs_json_and_ends(tmp_path: Path, ending: signal.Signals) -> None:
    path, port = tmp_path / "hospitals.toml", free_port()
    path.write_text(configuration("http://127.0.0.1:9"))
    with started("serve", "--config", str(path), "--port", str(port)) as process:
        until = time.monotonic() + 20
        while not answers(f"http://127.0.0.1:{port}/healthz"):
            assert time.monotonic() < until
            time.sleep(0.05)
        httpx.get(f"http://127.0.0.1:{port}/graphql?query={{viewer{{role}}}}", trust_env=False)
        process.send_signal(ending)
        _, log = process.communicate(timeout=20)

    [line] = [line for line in log.splitlines() if '"event": "request"' in line]
    assert line.startswith("{")
    assert "viewer" not in line
    assert SECRET not in log


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_demonstration_runs_and_leaves_nothing_behind(ending: signal.Signals) -> None:
    with started("demo", "--port", "0") as process:
        page = printed(process, r"^GraphiQL\s+(\S+)")
        sandbox = printed(process, r"^Sandbox\s+(\S+)")
        assert answers(page.replace("graphiql/", "healthz"))
        assert answers(f"{sandbox}/_sandbox/calls")
        process.send_signal(ending)
        process.communicate(timeout=20)

        assert process.returncode == 0
        assert not answers(f"{sandbox}/_sandbox/calls")


def test_a_port_in_use_is_said_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with started("demo", "--port", str(port)) as process:
            _, errors = process.communicate(timeout=20)

    assert process.returncode == 1
    assert errors.strip() == f"Port {port} is in use; choose another with --port"
