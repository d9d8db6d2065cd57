"""Logs: JSON lines on stderr. Names, codes and times only; never a value that a patient or a hospital sent."""

import logging
import sys
import traceback
from typing import Any

import orjson
import stamina.instrumentation
import structlog

from connectors.core.request_id import REQUEST_ID

_QUIET = ("httpx", "httpcore", "asyncio", "hpack")


def configure() -> None:
    """Set up the process's logs: structlog's and, through the same form, those of libraries."""
    shared: list[structlog.types.Processor] = [
        _with_request_id,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(orjson.dumps)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, _without_values],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(_text),
            ],
        )
    )
    handler.addFilter(_is_discreet)
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)


def silence_libraries() -> None:
    """Keep libraries from logging what they do not own; needed by every process that runs operations."""
    # Strawberry logs every resolver's error with its message, which may hold a patient's data.
    logging.getLogger("strawberry.execution").setLevel(logging.CRITICAL + 1)
    # stamina's own hook logs the arguments of what is retried.
    stamina.instrumentation.set_on_retry_hooks([])


def describe(error: BaseException) -> dict[str, Any]:
    """Describe an unexpected exception by type and places; its message is left out."""
    chain: list[BaseException] = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None and cause not in chain:
        chain.append(cause)
    return {
        "faults": [f"{type(link).__module__}.{type(link).__qualname__}" for link in chain],
        "places": [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ],
    }


def _is_discreet(record: logging.LogRecord) -> bool:
    # httpx writes whole addresses at INFO, queries included. No level that somebody sets shall let them through.
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] not in _QUIET


def _text(event: structlog.types.EventDict, **options: Any) -> str:
    return orjson.dumps(event, **options).decode()


def _with_request_id(_: Any, __: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    request_id = REQUEST_ID.get()
    if request_id:
        event["request_id"] = request_id
    return event


def _without_values(_: Any, __: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    failure = event.pop("exc_info", None)
    if isinstance(failure, tuple) and failure[1] is not None:
        event.update(describe(failure[1]))
        # uvicorn's sentence for an application's failure has the traceback's text behind the first line.
        event["event"] = str(event.get("event", "")).split("\n", 1)[0]
    return event
