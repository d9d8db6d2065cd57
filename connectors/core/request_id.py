"""The id of the request that is being served.

It stands in every log line written meanwhile, and goes with every call to a hospital that is made on its behalf.
"""

from contextvars import ContextVar

HEADER = "X-Request-Id"

# Letters, digits and dashes; empty when nobody waits, such as in background work.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
