"""Logs: JSON lines on stderr, with a request id, without anything of a patient."""

import logging
import sys

import stamina.instrumentation
import structlog


def configure() -> None:
    """Set up structured logs for the process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # The libraries' own lines hold addresses and arguments.
    for name in ("httpx", "httpcore", "uvicorn.access", "strawberry.execution"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    stamina.instrumentation.set_on_retry_hooks([])
