"""How the server runs: its loop, and the garbage collector once it has started."""

import asyncio
import gc
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.serving import server_of


class Facts:
    """An application that tells of the process it runs in; it makes something at its start."""

    def __init__(self) -> None:
        self.kept: list[Any] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            self.kept.append(["made at the start"])
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        loop = type(asyncio.get_running_loop()).__module__.encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"loop", loop)]})
        await send({"type": "http.response.body"})


@pytest.fixture
def collector() -> Iterator[None]:
    """Leaves the test process's own collector as it was."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.fixture
def served(collector: None) -> Iterator[tuple[Facts, httpx.Response]]:  # noqa: ARG001 # a fixture that is used by its effect
    facts = Facts()
    server = server_of(facts)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not gc.get_freeze_count() and thread.is_alive():
            time.sleep(0.01)
        # An answer comes when all of the start is over.
        yield facts, httpx.get(f"http://127.0.0.1:{listening.getsockname()[1]}", trust_env=False)
        server.should_exit = True
        thread.join()


def test_what_the_start_has_made_is_left_alone_by_the_collector(served: tuple[Facts, httpx.Response]) -> None:
    facts, _ = served

    assert gc.isenabled()
    assert gc.get_threshold() == (5_000, 10, 5)
    assert not any(each is facts.kept[0] for each in gc.get_objects())


def test_the_loop_is_uvloop(served: tuple[Facts, httpx.Response]) -> None:
    assert served[1].headers["loop"] == "uvloop"
