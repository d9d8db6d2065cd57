"""Faults to order: what goes wrong the next times that an interface is called."""

from dataclasses import dataclass
from threading import Lock
from typing import Literal

Kind = Literal["delay", "timeout", "error", "malformed", "refusal", "drop"]

ANY = "*"


@dataclass(slots=True, kw_only=True)
class Fault:
    """One fault, for `times` calls (None: until cleared).

    - `delay`: the answer is `seconds` late.
    - `timeout`: the work is done, the answer never comes; the connection closes when the caller leaves or, if `seconds`
      are given, after these.
    - `error`: HTTP 500, nothing done.
    - `malformed`: the work is done, the body is not JSON.
    - `refusal`: the vendor's own envelope with `code`, nothing done.
    - `drop`: nothing done, the connection closes in the middle of the answer.
    """

    kind: Kind
    seconds: float = 0.0
    code: str = ""
    times: int | None = None


class Faults:
    """The faults that lie in wait."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[tuple[str, str, Fault]] = []

    def inject(self, hospital: str, interface: str, fault: Fault) -> None:
        """Let calls of the interface at the hospital fail; `*` stands for any of them."""
        if fault.times is not None and fault.times < 1:
            raise ValueError("a fault hits at least once")
        with self._lock:
            self._waiting.append((hospital, interface, fault))

    def take(self, hospital_ids: list[str], interface: str) -> Fault | None:
        """The oldest fault for a call, used up by one; a joined call is hit by a fault of any of its hospitals."""
        with self._lock:
            for place, (hospital, name, fault) in enumerate(self._waiting):
                if hospital not in (ANY, *hospital_ids) or name not in (ANY, interface):
                    continue
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times == 0:
                        del self._waiting[place]
                return fault
        return None

    def waiting(self) -> list[tuple[str, str, Fault]]:
        """What lies in wait, oldest first: hospital, interface, fault."""
        with self._lock:
            return list(self._waiting)

    def clear(self) -> None:
        """Let everything work again."""
        with self._lock:
            self._waiting.clear()
