"""The mock upstream: compiled when it is needed, fed with what the sandbox answered."""

import subprocess
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import orjson

from bench.scene import Call

_SOURCE = Path(__file__).with_name("mock.c")
# What tells calls of one interface apart; card numbers and patient ids do not, since anybody may ask.
_KEYS = ("hospitalId", "prescriptionId", "recipe_id", "report_id", "id")


def build(folder: Path, calls: Sequence[Call]) -> tuple[Path, Path]:
    """Compile the server and write its answers; both paths are in `folder`."""
    program, routes = folder / "mock", folder / "routes"
    subprocess.run(  # noqa: S603 # our own source
        ["cc", "-O2", "-o", str(program), str(_SOURCE)],  # noqa: S607 # the machine's compiler
        check=True,
        timeout=60,
    )
    routes.write_bytes(b"".join(_route(call, keys) for call, keys in _keyed(calls)))
    return program, routes


def _route(call: Call, keys: list[str]) -> bytes:
    answer = call.answer.encode()
    return f"{call.path} {','.join(keys) or '-'} {len(answer)}\n".encode() + answer + b"\n"


def _keyed(calls: Sequence[Call]) -> list[tuple[Call, list[str]]]:
    by_path = defaultdict(list)
    for call in calls:
        by_path[call.path].append(call)
    return [(call, _keys(call) if len(same) > 1 else []) for same in by_path.values() for call in same]


def _keys(call: Call) -> list[str]:
    body = orjson.loads(call.body)
    return [f'"{key}":"{body[key]}"' for key in _KEYS if key in body] if isinstance(body, dict) else []
