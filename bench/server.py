"""Serves the real application for a measurement: `python -m bench.server PORT UPSTREAM SCENE cold|warm|bare`."""

import socket
import sys
from pathlib import Path

from starlette.types import ASGIApp

from app import logs
from app.application import create_app
from app.serving import server_of
from bench.bare import BareCalls
from bench.scene import Scene, settings


def application(upstream: str, scene: Scene, kind: str) -> ASGIApp:
    """Make what is measured: ours with caches (warm) or without (cold), or the bare calls."""
    if kind == "bare":
        return BareCalls(upstream, scene)
    return create_app(settings(upstream, scene.secret, scene.signing_secret, caches=kind == "warm"))


def main() -> None:
    """Serve until the end."""
    port, upstream, path, kind = sys.argv[1:]
    logs.configure()
    with socket.create_server(("127.0.0.1", int(port))) as listening:
        server_of(application(upstream, Scene.load(Path(path)), kind)).run(sockets=[listening])


if __name__ == "__main__":
    main()
