"""Interfaces that a hospital's system calls here: what it sends is read, and answered in its own envelope."""

from collections.abc import Callable
from dataclasses import dataclass

import orjson

from connectors.core.envelope import Envelope
from connectors.errors import Malformed, Refused
from connectors.records.notices import Notice

_SENT_ON = "forwarded"


class Unreadable(Exception):
    """What was sent is not as documented. The sentence may be answered: it names fields, never a value."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """Claims a documented interface whose caller is the hospital.

    `read` takes the body, parsed as JSON, and raises Unreadable. `answer` writes yes (None) or no with its reason.
    """

    interface: str
    envelope: Envelope
    read: Callable[[object], Notice]
    answer: Callable[[str | None], bytes]

    def accepted(self, answer: bytes) -> bool:
        """Read somebody else's answer in the same envelope. Raises Malformed."""
        try:
            body = orjson.loads(answer)
        except orjson.JSONDecodeError:
            raise Malformed(system=_SENT_ON, interface=self.interface, detail="not JSON") from None
        try:
            self.envelope.open(_SENT_ON, self.interface, body)
        except Refused:
            return False
        return True
