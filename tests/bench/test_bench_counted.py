import gc
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from app import logs
from app.serving import _COLLECTIONS
from bench import counted
from bench.bed import WrongAnswer
from bench.counted import Question, questions, run
from bench.home_screen import work_of
from bench.processes import ServerError
from bench.scene import Scene, record
from bench.server import application
from tests.bench.mocked import Serving

QUESTIONS = [Question(b"1", "one", {"asked": 1}), Question(b"2", "two", {"asked": 2})]


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """The garbage collector of the tests stays as it is."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.fixture(scope="module")
def scene() -> Scene:
    return record()


def answering(answers: list[int], *, status: int = 200, **more: Any) -> ASGIApp:
    """Answer with the number that was asked, and note it; from the 61st on with what is told."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            for step in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{step}.complete"})
            return
        answers.append(int((await receive())["body"]))
        counting = len(answers) > 60
        body = orjson.dumps({"data": {"asked": answers[-1]}, **(more if counting else {})})
        await send({"type": "http.response.start", "status": status if counting else 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    return app


async def test_only_what_comes_after_the_warm_up_is_counted() -> None:
    answers: list[int] = []
    switched: list[tuple[str, int]] = []
    await run(answering(answers), QUESTIONS, 7, lambda state: switched.append((state, len(answers))))
    assert switched == [("on", 60), ("off", 67)]
    assert answers[60:] == [1, 2, 1, 2, 1, 2, 1]


async def test_it_is_counted_with_the_servers_garbage_collector() -> None:
    seen: list[tuple[int, ...]] = []
    await run(answering([]), QUESTIONS, 1, lambda _: seen.append((*gc.get_threshold(), gc.get_freeze_count() > 0)))
    assert seen[0] == (*_COLLECTIONS, True)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"status": 500}, "status 500"),
        ({"errors": []}, "not the expected data"),
        ({"data": {"asked": 3}}, "data.asked: '3' for '1'"),
    ],
)
async def test_a_wrong_answer_among_the_counted_ones_fails(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(WrongAnswer, match=told):
        await run(answering([], **wrong), QUESTIONS, 2, lambda _: None)


@pytest.mark.parametrize("kind", ["cold", "bare"])
async def test_the_real_application_and_the_bare_calls_answer_right(scene: Scene, kind: str, serving: Serving) -> None:
    switched: list[str] = []
    with serving(work_of(scene).routes) as upstream:
        await run(application(upstream, scene, kind), questions(scene, kind), 5, switched.append)
    assert switched == ["on", "off"]


def test_a_wrong_answer_is_told_and_the_exit_code_is_1(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "scene.json").write_text(scene.text())
    monkeypatch.setattr(logs, "configure", lambda: None)
    monkeypatch.setattr(counted, "application", lambda *_: answering([]))
    monkeypatch.setattr(counted, "questions", lambda *_: [Question(b"1", "one", {"asked": 2})])
    monkeypatch.setattr("sys.argv", ["counted", "http://127.0.0.1:1", str(tmp_path / "scene.json"), "cold", "1"])
    assert counted.main() == 1
    assert "data.asked: '1' for '2'" in capsys.readouterr().err


def test_only_few_people_ask(scene: Scene) -> None:
    assert [one.token for one in questions(scene, "cold")] == [person.token for person in scene.people[:4]]


@pytest.mark.parametrize(("said", "obeyed"), [("PID 1: python\n  OK.\n", True), ("Error: not detected.\n", False)])
def test_a_switch_that_valgrind_does_not_obey_is_an_error(
    said: str, obeyed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=said, stderr=""))
    if obeyed:
        counted.by_callgrind("on")
        return
    with pytest.raises(ServerError, match="not switched on: Error: not detected"):
        counted.by_callgrind("on")
