"""The ten documented envelopes, as data."""

from collections.abc import Mapping
from dataclasses import dataclass

SUCCESS = "成功"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Where the status stands, how it is named, and what its two values are."""

    success: int | str
    failure: int | str
    head: bool = False
    code: str = "code"
    message: str = "msg"

    def succeed(self, payload: Mapping[str, object]) -> dict[str, object]:
        """The answer with its payload containers beside the status."""
        return {**self._status(self.success, SUCCESS), **payload}

    def fail(self, reason: str) -> dict[str, object]:
        """The answer that says why not; it carries no containers."""
        return self._status(self.failure, reason)

    def _status(self, code: int | str, message: str) -> dict[str, object]:
        status: dict[str, object] = {self.code: code, self.message: message}
        return {"head": status} if self.head else status


ENVELOPES: Mapping[str, Envelope] = {
    "head-sign": Envelope(head=True, success=1, failure=-1),
    "head-sign-string": Envelope(head=True, success="1", failure="-1"),
    "head-one": Envelope(head=True, success=1, failure=-1),
    "head-one-string": Envelope(head=True, success="1", failure="-1"),
    "head-zero": Envelope(head=True, success=0, failure=1),
    "flat-one": Envelope(success=1, failure=0),
    "flat-zero": Envelope(success=0, failure=-1),
    "flat-zero-string": Envelope(success="0", failure="-1"),
    "flat-zero-string-fail-one": Envelope(success="0", failure="1"),
    "result-code": Envelope(code="ResultCode", message="ResultMsg", success=0, failure=-1),
}


def envelope_of(name: str) -> Envelope:
    """The envelope of this name; the usual one for the two interfaces whose answers are not documented."""
    return ENVELOPES["head-sign" if name == "undocumented" else name]
