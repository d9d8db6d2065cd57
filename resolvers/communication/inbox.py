"""Where messages for people are kept until they are read; the back ends live in `app`."""

from typing import Protocol

from connectors.core.kinds import KeyedHash

MOST_MESSAGES = 100
KEEP_SECONDS = 90 * 24 * 3600.0


class Inbox(Protocol):
    """A box for each person at each hospital. It keeps the newest `MOST_MESSAGES`, each for `KEEP_SECONDS`."""

    async def put(self, box: KeyedHash, message: bytes) -> None:
        """Keep a message; it is there when this returns. Raises Problem INTERNAL_ERROR where that cannot be."""
        ...

    async def read(self, box: KeyedHash) -> list[bytes]:
        """Return what is in the box, the newest first. Raises Problem INTERNAL_ERROR where it cannot be read."""
        ...
