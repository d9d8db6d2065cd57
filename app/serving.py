"""Runs the application on uvicorn."""

import gc
import socket
import sys

import uvicorn
from starlette.types import ASGIApp

from app.http_protocol import BoundedProtocol

_GRACE_SECONDS = 10
# uvloop has no build for Windows.
_LOOP = "asyncio" if sys.platform == "win32" else "uvloop"
_COLLECTIONS = (5_000, 10, 5)


def server_of(app: ASGIApp, host: str = "127.0.0.1", port: int = 8000) -> uvicorn.Server:
    """Make the server: no access log (the endpoint writes its own line), no headers about itself."""
    return _Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            loop=_LOOP,
            http=BoundedProtocol,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="on",
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
    )


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        settle()


def settle() -> None:
    """Have the garbage collector leave alone what the start has made, which stays to the end."""
    gc.collect()
    gc.freeze()
    # A request makes thousands of objects and leaves hardly one in a cycle: look for cycles more seldom. Not too
    # seldom, for what caches push out, compiled operations above all, is in cycles and would pile up.
    gc.set_threshold(*_COLLECTIONS)
