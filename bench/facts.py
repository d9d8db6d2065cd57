"""Where and with what was measured."""

import datetime as dt
import json
import os
import platform
import subprocess
import sysconfig
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.scene import Scene, leaves
from bench.servers import PEERS

_PACKAGES = (
    "strawberry-graphql",
    "graphql-core",
    "starlette",
    "uvicorn",
    "uvloop",
    "httptools",
    "httpx",
    "orjson",
    "ariadne",
    "aiohttp",
)


def facts(scene: Scene, load_average: float) -> dict[str, Any]:
    """Versions, machine and the size of the work; `load_average` is from before the run, as a sign of noise."""
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "operation": {
            "upstream_calls": len(scene.calls),
            "levels": scene.levels,
            "leaves": leaves(scene.expected),
            "answer_bytes": len(
                json.dumps({"data": scene.expected}, ensure_ascii=False, separators=(",", ":")).encode()
            ),
            "upstream_bytes": sum(len(call.answer.encode()) for call in scene.calls),
        },
        "machine": {"cpu": _cpu(), "cores": os.cpu_count(), "load_average_before": round(load_average, 2)},
        "versions": {"python": _interpreter(), "node": _node(), **_python(), **_npm()},
    }


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _node() -> str:
    shown = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True, timeout=10)  # noqa: S607 # the machine's node
    return shown.stdout.strip().removeprefix("v")


def _interpreter() -> str:
    """Name it, and say so where it was built without what makes it quicker, as images for production have it."""
    built = sysconfig.get_config_var("CONFIG_ARGS") or ""
    plain = "" if "--enable-optimizations" in built else " (configured without --enable-optimizations)"
    return platform.python_version() + plain


def _python() -> dict[str, str]:
    return {name: version(name) for name in _PACKAGES}


def _npm() -> dict[str, str]:
    packages: dict[str, str] = json.loads((PEERS / "package.json").read_text())["dependencies"]
    return packages
