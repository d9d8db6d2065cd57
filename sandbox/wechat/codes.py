"""Login codes as `wx.login` hands them out: one use, for a short while."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

CODE_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class _Code:
    openid: str
    until: float


class LoginCodes:
    """The codes that nobody has used yet."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._waiting: dict[str, _Code] = {}

    def issue(self, openid: str, *, seconds: float = CODE_SECONDS) -> str:
        """A new code of somebody."""
        code = secrets.token_urlsafe(24)
        with self._lock:
            self._waiting[code] = _Code(openid, self._clock() + seconds)
        return code

    def use(self, code: str) -> str | None:
        """Whose code it is; None for one that is wrong, used or too old."""
        with self._lock:
            found = self._waiting.pop(code, None)
        return found.openid if found and found.until > self._clock() else None


def openid_of(account_id: str) -> str:
    """What WeChat calls the owner of an account, in the form that it has: 28 characters."""
    return f"oTown{hashlib.sha256(account_id.encode()).hexdigest()[:23]}"
