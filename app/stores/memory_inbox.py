"""The messages of a single process. They do not outlive it."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable

from resolvers.communication.inbox import KEEP_SECONDS, MOST_MESSAGES


class MemoryInbox:
    """Implements `resolvers.communication.inbox.Inbox`, with a bound.

    The boxes that were longest without a message go first.
    """

    def __init__(self, most_boxes: int = 20_000, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the bound, and the clock that messages end by."""
        self._most_boxes = most_boxes
        self._clock = clock
        self._boxes: OrderedDict[str, deque[tuple[float, bytes]]] = OrderedDict()

    async def put(self, box: str, message: bytes) -> None:
        """Keep a message."""
        kept = self._boxes.setdefault(box, deque(maxlen=MOST_MESSAGES))
        kept.appendleft((self._clock() + KEEP_SECONDS, message))
        self._boxes.move_to_end(box)
        if len(self._boxes) > self._most_boxes:
            self._boxes.popitem(last=False)

    async def read(self, box: str) -> list[bytes]:
        """Return what is in the box."""
        now = self._clock()
        return [message for ends_at, message in self._boxes.get(box, ()) if ends_at > now]
