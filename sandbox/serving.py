"""An ASGI application on a real socket, for as long as a block lasts."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

START_SECONDS = 30.0
GRACE_SECONDS = 1


@contextmanager
def running(app: ASGIApp) -> Iterator[str]:
    """Serve `app` in a thread on a free port of this machine; the value is its address, without a slash at the end."""
    config = uvicorn.Config(
        app,
        lifespan="on",
        log_level="critical",
        access_log=False,
        # Where a request is from is the application's to say.
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = uvicorn.Server(config)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    thread = Thread(target=_serve, args=(server, listener), name=f"serving-{port}", daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + START_SECONDS
        while not server.started:
            if not thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the application did not start")
            time.sleep(0.005)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def _serve(server: uvicorn.Server, listener: socket.socket) -> None:
    # An application that does not start makes the server leave the program; here it only ends the thread.
    with suppress(SystemExit):
        server.run([listener])
