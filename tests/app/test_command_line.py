"""The command line as a process: what it prints, how it ends, what it leaves behind."""

import json
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
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


class Started:
    """A process whose output goes to files: pipes would be kept open by what it leaves behind."""

    def __init__(self, folder: Path, arguments: tuple[str, ...]) -> None:
        self._out, self._err = folder / "stdout", folder / "stderr"
        with self._out.open("w") as out, self._err.open("w") as err:
            self.process = subprocess.Popen(  # noqa: S603 # our own command
                [*COMMAND, *arguments], cwd=ROOT, stdout=out, stderr=err
            )

    @property
    def errors(self) -> str:
        return self._err.read_text()

    def printed(self, pattern: str) -> str:
        """Wait for a line that matches."""
        until = time.monotonic() + 30
        while (found := re.search(pattern, self._out.read_text(), re.MULTILINE)) is None:
            assert self.process.poll() is None, f"the process ended: {self.errors}"
            assert time.monotonic() < until, f"{pattern} was not printed"
            time.sleep(0.02)
        return found[1]

    def ended(self, ending: signal.Signals | None = None) -> int:
        if ending is not None:
            self.process.send_signal(ending)
        return self.process.wait(20)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Started]]:
    running_: list[Started] = []

    def begin(*arguments: str) -> Started:
        running_.append(Started(tmp_path, arguments))
        return running_[-1]

    yield begin
    for started in running_:
        # Asked first: only then does the demonstration end what it has started.
        started.process.terminate()
        try:
            started.process.wait(15)
        except subprocess.TimeoutExpired:
            started.process.kill()
            started.process.wait()


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


def test_the_check_warns_of_a_redis_that_patients_data_could_be_read_in(tmp_path: Path) -> None:
    path = tmp_path / "hospitals.toml"
    path.write_text('redis_url = "redis://127.0.0.1"\n' + configuration(f"http://127.0.0.1:{free_port()}"))

    assert "caution: encryption_keys:" in CliRunner().invoke(main, ["check", "--config", str(path)]).stderr


def test_a_hospital_that_does_not_answer_fails_the_check(tmp_path: Path) -> None:
    path = tmp_path / "hospitals.toml"
    path.write_text(configuration(f"http://127.0.0.1:{free_port()}"))
    result = CliRunner().invoke(main, ["check", "--config", str(path)])

    assert result.exit_code == 1
    assert "no" in result.output


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_server_starts_logs_json_and_ends(
    tmp_path: Path, start: Callable[..., Started], ending: signal.Signals
) -> None:
    path, port = tmp_path / "hospitals.toml", free_port()
    path.write_text(configuration("http://127.0.0.1:9") + f'[audit]\npath = "{tmp_path}/audit.sqlite3"\n')
    server = start("serve", "--config", str(path), "--port", str(port))
    until = time.monotonic() + 20
    while not answers(f"http://127.0.0.1:{port}/healthz"):
        assert time.monotonic() < until
        time.sleep(0.05)
    httpx.get(f"http://127.0.0.1:{port}/graphql?query={{viewer{{role}}}}", trust_env=False)
    server.ended(ending)

    [line] = [line for line in server.errors.splitlines() if json.loads(line)["event"] == "request"]
    assert line.startswith("{")
    assert "viewer" not in line
    assert SECRET not in server.errors


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_demonstration_runs_and_leaves_nothing_behind(
    start: Callable[..., Started], ending: signal.Signals
) -> None:
    demonstration = start("demo", "--port", "0")
    page = demonstration.printed(r"^GraphiQL\s+(\S+)")
    sandbox = demonstration.printed(r"^Sandbox\s+(\S+)")
    demonstration.printed(r"(Ctrl-C)")
    until = time.monotonic() + 20
    while not answers(page.replace("graphiql/", "healthz")):
        assert time.monotonic() < until
        time.sleep(0.05)
    assert answers(f"{sandbox}/_sandbox/calls")

    assert demonstration.ended(ending) == 0
    assert not answers(f"{sandbox}/_sandbox/calls")


def test_the_demonstration_prints_a_login_and_a_hospitals_message_that_work(start: Callable[..., Started]) -> None:
    demonstration = start("demo", "--port", "0")
    page = demonstration.printed(r"^GraphiQL\s+(\S+)")
    login = json.loads(demonstration.printed(r"-d '(.*wechatLogin.*)'$"))
    send = shlex.split(demonstration.printed(r"^(curl .*/inbound/.*)$"))
    demonstration.printed(r"(Ctrl-C)")
    until = time.monotonic() + 20
    while not answers(page.replace("graphiql/", "healthz")):
        assert time.monotonic() < until
        time.sleep(0.05)
    graph = page.replace("graphiql/", "graphql")

    session = httpx.post(graph, json=login, timeout=10, trust_env=False).json()["data"]["wechatLogin"]["session"]
    url, message = send[2], json.loads(send[-1])
    headers = dict(one.split(": ", 1) for one in send if ": " in one and not one.startswith("{"))
    sent = httpx.post(url, json=message, headers=headers, timeout=10, trust_env=False).json()

    assert session["viewer"]["role"] == "PATIENT"
    assert sent["head"]["code"] == 1
    query = {"query": "{ viewer { patients { cards { messages { heading } } } } }"}
    mine = {"Authorization": f"Bearer {session['accessToken']}"}
    found = httpx.post(graph, json=query, headers=mine, timeout=10, trust_env=False).json()
    cards = found["data"]["viewer"]["patients"][0]["cards"]
    assert [{"heading": message["first_data"]}] in [card["messages"] for card in cards]


def test_a_port_in_use_is_said_in_a_sentence(start: Callable[..., Started]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demonstration = start("demo", "--port", str(port))

        assert demonstration.ended() == 1
    assert demonstration.errors.strip() == f"Port {port} is in use; choose another with --port"
