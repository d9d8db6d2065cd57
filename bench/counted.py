"""The process whose instructions are counted: `python -m bench.counted UPSTREAM SCENE cold|bare OPERATIONS`.

It is run by valgrind, which counts nothing before it is told to.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Literal, TypeAlias

import orjson
import uvloop
from starlette.types import ASGIApp

from app import logs
from app.serving import settle
from bench.bed import WrongAnswer, difference
from bench.in_process import Answered, ask, started
from bench.processes import ServerError
from bench.scene import Scene
from bench.server import application

# Few, so that each has been seen in the warm-up, and the check of a token is not counted as a new one.
_PEOPLE = 4
_WARM_UP = 60
_SWITCH_SECONDS = 60
_OK = 200

Switch: TypeAlias = Callable[[Literal["on", "off"]], None]
"""Switches the counting."""


@dataclass(frozen=True, slots=True)
class Question:
    """A request, who sends it, and the right data."""

    body: bytes
    token: str
    right: Any


def questions(scene: Scene, kind: str) -> list[Question]:
    """What is asked in turn; the bare calls answer everybody with what was recorded."""
    return [
        Question(scene.request(person), person.token, scene.expected if kind == "bare" else scene.answer(person))
        for person in scene.people[:_PEOPLE]
    ]


async def run(app: ASGIApp, asked: Sequence[Question], operations: int, switch: Switch) -> None:
    """Warm up, then have so many operations counted, one after the other; raises WrongAnswer."""
    async with started(app):
        _check(asked, await _answers(app, asked, _WARM_UP))
        settle()
        switch("on")
        answers = await _answers(app, asked, operations)
        switch("off")
        _check(asked, answers)


def by_callgrind(state: Literal["on", "off"]) -> None:
    """Switch the counting of this very process; raises ServerError where valgrind does not obey."""
    done = subprocess.run(  # noqa: S603 # no input but our own
        ["callgrind_control", "-i", state, str(os.getpid())],  # noqa: S607 # valgrind's
        capture_output=True,
        text=True,
        check=False,
        timeout=_SWITCH_SECONDS,
    )
    # Its exit code is 0 in any case.
    if "OK." not in done.stdout:
        raise ServerError(f"the counting was not switched {state}: {done.stdout}{done.stderr}")


async def _answers(app: ASGIApp, asked: Sequence[Question], operations: int) -> list[Answered]:
    return [await ask(app, one.body, one.token) for one in islice(cycle(asked), operations)]


def _check(asked: Sequence[Question], answers: Sequence[Answered]) -> None:
    for one, answered in zip(cycle(asked), answers, strict=False):
        if answered.status != _OK:
            raise WrongAnswer(f"an answer with status {answered.status}")
        answer = orjson.loads(answered.body)
        if "errors" in answer or answer.get("data") != one.right:
            raise WrongAnswer(f"not the expected data: {difference(one.right, answer.get('data'))}")


def main() -> int:
    """Do what the command line asks for; 1 where an answer is wrong."""
    upstream, path, kind, operations = sys.argv[1:]
    logs.configure()
    scene = Scene.load(Path(path))
    try:
        uvloop.run(run(application(upstream, scene, kind), questions(scene, kind), int(operations), by_callgrind))
    except (ServerError, WrongAnswer) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
