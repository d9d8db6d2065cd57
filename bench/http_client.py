"""CPU time per hospital call: LeanTransport against HttpxTransport, over loopback, 1 KB answers.

Run from the project's root: .venv/bin/python bench/http_client.py [--uvloop]
The hospital is a process of its own; what is measured is this process's user and system time.
"""

import asyncio
import os
import statistics
import subprocess  # starts this very file
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

sys.path.insert(0, str(Path(__file__).parent.parent))

from connectors.core.http import LeanTransport
from connectors.core.transport import HttpxTransport, Limits, Transport

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1024\r\n\r\n" + b"x" * 1024
BODY = b'{"hospitalId":"1","cardNo":"0000000001","patientId":"1"}'
HEADERS = {"Content-Type": "application/json"}


class Mock(asyncio.Protocol):
    """Takes every segment for a whole request, which these are."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:  # noqa: D102
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, _: bytes) -> None:  # noqa: D102
        self.transport.write(ANSWER)


async def serve() -> None:
    """Be the hospital; say the port."""
    server = await asyncio.get_running_loop().create_server(Mock, "127.0.0.1", 0)
    os.write(sys.stdout.fileno(), b"%d\n" % server.sockets[0].getsockname()[1])
    await server.serve_forever()


async def measure(make: Callable[[Limits], Transport], url: str, at_once: int, calls: int) -> tuple[float, float]:
    """Microseconds of CPU and of time per call; medians."""
    transport = make(Limits(connections=32))

    async def some(count: int) -> None:
        for _ in range(count):
            await transport.post(url, BODY, HEADERS)

    await asyncio.gather(*(some(20) for _ in range(at_once)))
    cpu, wall = [], []
    for _ in range(5):
        cpu_start, start = time.process_time(), time.perf_counter()
        await asyncio.gather(*(some(calls // at_once) for _ in range(at_once)))
        cpu.append((time.process_time() - cpu_start) / calls * 1e6)
        wall.append((time.perf_counter() - start) / calls * 1e6)
    await transport.close()
    return statistics.median(cpu), statistics.median(wall)


def main() -> None:
    """Measure and print."""
    with subprocess.Popen([sys.executable, __file__, "--serve"], stdout=subprocess.PIPE, text=True) as mock:  # noqa: S603
        url = f"http://127.0.0.1:{int(mock.stdout.readline() if mock.stdout else '')}/hospital"
        try:
            for make, calls in ((LeanTransport, 6400), (HttpxTransport, 640)):
                for at_once in (1, 32):
                    cpu, wall = run(measure(make, url, at_once, calls))
                    sys.stdout.write(f"{make.__name__:14} {at_once:2} at once: {cpu:6.1f} us CPU, {wall:6.1f} us\n")
        finally:
            mock.terminate()


if __name__ == "__main__":
    run = asyncio.run
    if "--uvloop" in sys.argv:
        from uvloop import run
    asyncio.run(serve()) if "--serve" in sys.argv else main()
