"""As many operations as fit: `flat_out.c`, which leaves the core to the mock as far as it can."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from bench.load import Loaded
from bench.processes import LOAD_CORE, ServerError
from bench.programs import compiled

Turns: TypeAlias = Literal["own", "turn"]
_SOURCE = Path(__file__).with_name("flat_out.c")
_ANSWER_SECONDS = 60


def write_requests(path: Path, requests: Sequence[bytes]) -> None:
    """Write the requests as the program reads them."""
    path.write_bytes(b"".join(b"%d\n%s" % (len(one), one) for one in requests))


def flat_out(port: int, requests: Path, *, connections: int, seconds: float, most: int, turns: Turns = "own") -> Loaded:
    """Ask on so many connections, each as soon as it has its answer.

    With `own`, each connection asks one request again and again; with `turn`, each takes the next of all. Raises
    ServerError where no answer comes.
    """
    words = (port, requests, connections, round(seconds * 1000), most, turns)
    program = compiled(_SOURCE, requests.parent)
    done = subprocess.run(  # noqa: S603 # our own program
        ["taskset", "--cpu-list", str(LOAD_CORE), str(program), *map(str, words)],  # noqa: S607 # util-linux
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + _ANSWER_SECONDS,
    )
    if done.returncode:
        raise ServerError(f"the load ended: {done.stderr.strip()}")
    operations, failed, microseconds = map(int, done.stdout.split())
    return Loaded(operations, failed, microseconds / 1e6)
