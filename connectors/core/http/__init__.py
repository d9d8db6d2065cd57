"""A lean HTTP/1.1 client for the hospitals' calls: one POST, one answer, kept connections."""

from connectors.core.http.pool import Counts
from connectors.core.http.transport import LeanTransport

__all__ = ["Counts", "LeanTransport"]
