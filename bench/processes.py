"""Processes of a measurement: pinned to a core, their CPU time read from the operating system, always ended."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

SERVER_CORE, LOAD_CORE = 0, 1
_TICKS = os.sysconf("SC_CLK_TCK")
_START_SECONDS = 30
_STOP_SECONDS = 5


class ServerError(Exception):
    """A server did not start; the message ends with what it said."""


def free_port() -> int:
    """Find a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def pinned(
    command: Sequence[str], *, core: int, port: int, log: Path, folder: Path | None = None, **environment: str
) -> Iterator[int]:
    """Run a server on one core until the end of the block; the value is its process id."""
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 # our own commands
            ["taskset", "--cpu-list", str(core), *command],  # noqa: S607 # util-linux
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=_environment(environment),
        )
        try:
            _await_port(process, port, log)
            yield process.pid
        finally:
            _stop(process)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its children, living ones and ended ones."""
    return sum(map(_own_seconds, _family(pid)))


def resident_bytes(pid: int) -> int:
    """Memory of a process that is in use now: its own and what it shares."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def idle_seconds(core: int) -> float:
    """How long a core has had nothing to do since the machine was started."""
    line = next(line for line in Path("/proc/stat").read_text().splitlines() if line.startswith(f"cpu{core} "))
    return int(line.split()[4]) / _TICKS


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "NODE_ENV": "production", **more}


def _await_port(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise ServerError(f"did not start: {log.read_text(errors='replace')[-800:]}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _family(pid: int) -> list[int]:
    found = [pid]
    for member in found:
        for task in Path(f"/proc/{member}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _own_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    # utime, stime, cutime and cstime: the 14th to 17th field, of which the first two stand before the bracket.
    return sum(map(int, fields[11:15])) / _TICKS
