"""Sends on what came in, to the platform that hospitals would tell else."""

from connectors.core import deadline
from connectors.core.inbound import Inbound
from connectors.core.transport import Limits, Transport, TransportError
from connectors.errors import Malformed

LIMITS = Limits(response_bytes=64 * 1024)
_HEADERS = {"Content-Type": "application/json;charset=UTF-8"}


class NotSentOn(Exception):
    """The platform was not reached, or its answer cannot be read: it may have it, and has to be told again."""


class Declined(Exception):
    """The platform said no. `answer` is what it said, for the caller alone."""

    def __init__(self, answer: bytes) -> None:
        """Take the answer."""
        self.answer = answer
        super().__init__("declined")


class Forwarder:
    """Sends bodies on as they came."""

    def __init__(self, transport: Transport) -> None:
        """Take the way to the platforms."""
        self._transport = transport

    async def send_on(self, base: str, interface: Inbound, body: bytes) -> str:
        """Return what the platform answered to it, which was yes. Raises Declined and NotSentOn."""
        try:
            answer = await self._transport.post(base + interface.interface, body, _HEADERS)
            accepted = interface.accepted(answer)
        except (TransportError, deadline.Passed, Malformed):
            raise NotSentOn from None
        if not accepted:
            raise Declined(answer)
        return answer.decode()

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.close()
