"""No log line holds what a patient or a hospital sent."""

import json
import subprocess
import sys
from pathlib import Path

from app.logs import describe

ROOT = Path(__file__).parents[2]
SCRIPT = """
import asyncio, logging, stamina, structlog
from app import logs
logs.configure()
logs.silence_libraries()
structlog.get_logger().info("ours", number=1)
logging.getLogger("httpx").info("HTTP Request: POST http://x?secret=sentinel")
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


def test_lines_of_libraries_are_json_without_values() -> None:
    log = subprocess.run(  # noqa: S603 # our own script
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True
    ).stderr
    lines = [json.loads(line) for line in log.splitlines()]

    assert "sentinel" not in log
    assert [line["event"] for line in lines] == ["ours", "Exception in ASGI application"]
    assert lines[1]["exception"] == ["builtins.KeyError"]


def test_a_chain_of_exceptions_is_described_by_its_types() -> None:
    try:
        try:
            {}["sentinel"]
        except KeyError as error:
            raise ValueError("sentinel") from error
    except ValueError as error:
        described = describe(error)

    assert described["exception"] == ["builtins.ValueError", "builtins.KeyError"]
    assert "test_logs.py" in described["stack"][0]
    assert "sentinel" not in str(described)
