"""`python -m tests.attacks.server <sandbox address> <changes as JSON>`: the server in a process of its own.

It runs as `patient-graph serve` runs it, over the suite's settings, and with every logger turned up to DEBUG: what is
not written then is never written.
"""

import json
import logging
import socket
import sys
from typing import Any

import structlog

from app import logs
from app.application import create_app
from app.serving import server_of
from tests.end_to_end.world import settings


def main(sandbox_url: str, changes: dict[str, Any]) -> None:
    """Print the address, then serve until SIGTERM."""
    logs.configure()
    _turn_up()
    server = server_of(create_app(settings(sandbox_url, **changes)))
    # Loggers that were made by the imports above are turned up too.
    _turn_up()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        server.run(sockets=[listening])


def _turn_up() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG))
    logging.getLogger().setLevel(logging.DEBUG)
    for name in list(logging.Logger.manager.loggerDict):
        # Left as it is: what is switched off for good, which is no matter of levels.
        if logging.getLogger(name).level <= logging.CRITICAL:
            logging.getLogger(name).setLevel(logging.DEBUG)


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
