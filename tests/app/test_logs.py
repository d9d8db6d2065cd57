"""No log line holds what a patient or a hospital sent."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.logs import describe

ROOT = Path(__file__).parents[2]
SCRIPT = """
import asyncio, logging, stamina, structlog
from app import logs
from connectors.core.request_id import REQUEST_ID
logs.configure()
logs.silence_libraries()
served = REQUEST_ID.set("r-1")
structlog.get_logger().info("ours", number=1, name="张")
logging.getLogger("library").warning("theirs %s", "张")
REQUEST_ID.reset(served)
logging.getLogger("httpx").info("HTTP Request: POST http://x?secret=sentinel")
logging.getLogger("httpcore.http11").setLevel(logging.DEBUG)
logging.getLogger("httpcore.http11").debug("send_request_headers sentinel")
logging.getLogger("strawberry.execution").error("sentinel", exc_info=ValueError("sentinel"))
try:
    raise KeyError("sentinel")
except KeyError:
    logging.getLogger("uvicorn.error").exception("Exception in ASGI application\\nKeyError: sentinel")
try:
    for attempt in stamina.retry_context(on=ValueError, attempts=2, wait_initial=0, wait_max=0):
        with attempt:
            raise ValueError("sentinel")
except ValueError:
    pass
"""


@pytest.fixture(scope="module")
def output() -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 # our own script
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True
    )


def lines(output: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.stderr.splitlines()]


def test_lines_of_libraries_are_json_without_values(output: subprocess.CompletedProcess[str]) -> None:
    assert "sentinel" not in output.stderr
    assert [line["event"] for line in lines(output)] == ["ours", "theirs 张", "Exception in ASGI application"]
    assert lines(output)[2]["faults"] == ["builtins.KeyError"]


def test_lines_that_are_written_in_a_request_name_it(output: subprocess.CompletedProcess[str]) -> None:
    assert [line.get("request_id") for line in lines(output)] == ["r-1", "r-1", None]


def test_a_line_of_our_own(output: subprocess.CompletedProcess[str]) -> None:
    line = lines(output)[0]

    assert line.pop("timestamp").endswith("Z")
    assert line == {"number": 1, "name": "张", "event": "ours", "request_id": "r-1", "level": "info"}


def test_a_chain_of_exceptions_is_described_by_its_types() -> None:
    try:
        try:
            {}["sentinel"]
        except KeyError as error:
            raise ValueError("sentinel") from error
    except ValueError as error:
        described = describe(error)

    assert described["faults"] == ["builtins.ValueError", "builtins.KeyError"]
    assert "test_logs.py" in described["places"][0]
    assert "sentinel" not in str(described)
