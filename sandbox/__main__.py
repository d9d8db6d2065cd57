"""The sandbox as a program: `python -m sandbox --port 8100 --seed 20`."""

import argparse
import asyncio
import contextlib
import socket
import sys

import uvicorn

from sandbox.app import create_app
from sandbox.exchange import Sandbox


class _Announcing(uvicorn.Server):
    """A server that says where it listens, once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            sys.stdout.write(f"http://{host}:{port}\n")
            sys.stdout.flush()


def main(arguments: list[str] | None = None) -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="sandbox", description="Three simulated hospitals, for tests and trials.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on (default: a free one)")
    parser.add_argument("--seed", type=int, default=20, help="what the town is drawn from (default: %(default)s)")
    options = parser.parse_args(arguments)
    app = create_app(Sandbox(options.seed))
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    listener = socket.create_server((options.host, options.port))
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_Announcing(config).serve([listener]))


if __name__ == "__main__":
    main()
