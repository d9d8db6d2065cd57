"""What the hospital tells by itself, messages and finished refunds: to nobody, unless it is said to whom."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from sandbox.counters import Counters
from sandbox.palm.envelopes import envelope_of
from sandbox.palm.facts import INTERFACES

_TRIES = 5
_PAUSE_SECONDS = 0.1
_ANSWER_SECONDS = 5.0
_MOST_UNDER_WAY = 20


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where calls go, the interfaces' paths being put behind it, and the secret that is shown there."""

    address: str
    secret: str


class Outbound:
    """Makes the calls, and counts those that were answered with yes."""

    def __init__(self, hospital_id: str, counters: Counters) -> None:
        self._hospital_id = hospital_id
        self._counters = counters
        self._under_way: set[asyncio.Task[bool]] = set()
        self.receiver: Receiver | None = None

    def tell_soon(self, path: str, body: Mapping[str, object]) -> asyncio.Task[bool] | None:
        """Call beside the work of an answer, again until somebody says yes; what is too much is not told.

        Returns what ends with whether it was told, None where nobody will be.
        """
        if self.receiver is None or len(self._under_way) >= _MOST_UNDER_WAY:
            return None
        task = asyncio.get_running_loop().create_task(asyncio.to_thread(self._tell_again, path, body))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    def tell(self, path: str, body: Mapping[str, object]) -> Mapping[str, Any]:
        """Call once; returns the answer. Raises Failure for a body that the document does not allow."""
        if self.receiver is None:
            raise RuntimeError("nobody takes what the hospital has to tell")
        interface = INTERFACES[path]
        interface.check(body)
        headers = {"Authorization": f"Bearer {self.receiver.secret}"}
        response = httpx.post(
            self.receiver.address + path, json=body, headers=headers, timeout=_ANSWER_SECONDS, trust_env=False
        )
        response.raise_for_status()
        answer: dict[str, Any] = response.json()
        if self._is_yes(path, answer):
            self._counters.add(self._hospital_id, path)
        return answer

    def _tell_again(self, path: str, body: Mapping[str, object]) -> bool:
        for _ in range(_TRIES):
            try:
                if self._is_yes(path, self.tell(path, body)):
                    return True
            except (httpx.HTTPError, ValueError):
                pass
            time.sleep(_PAUSE_SECONDS)
        return False

    @staticmethod
    def _is_yes(path: str, answer: Mapping[str, Any]) -> bool:
        envelope = envelope_of(INTERFACES[path].envelope)
        status = answer.get("head") if envelope.head else answer
        return isinstance(status, dict) and status.get(envelope.code) == envelope.success
