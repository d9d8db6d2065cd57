"""The mock upstream: compiled when it is needed, fed with ready answers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.processes import LOAD_CORE, free_port, pinned
from bench.programs import compiled

_SOURCE = Path(__file__).with_name("mock.c")


@dataclass(frozen=True, slots=True)
class Route:
    """An answer to all requests of a path whose body has all the keys in it; no white space or comma in a key."""

    path: str
    answer: bytes
    keys: tuple[str, ...] = ()

    def written(self) -> bytes:
        """Write it as the program reads it."""
        return f"{self.path} {','.join(self.keys) or '-'} {len(self.answer)}\n".encode() + self.answer + b"\n"


@contextmanager
def serving(routes: Sequence[Route], folder: Path) -> Iterator[str]:
    """Answer on the load's core until the end of the block; the value is the address."""
    program, written, port = compiled(_SOURCE, folder), folder / "routes", free_port()
    written.write_bytes(b"".join(route.written() for route in routes))
    with pinned([str(program), str(port), str(written)], core=LOAD_CORE, port=port, log=folder / "mock.log"):
        yield f"http://127.0.0.1:{port}"
