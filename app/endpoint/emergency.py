"""The header by which a member of staff shows a grant for an emergency."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import structlog

from app.endpoint.headers import Headers
from app.endpoint.requests import BadRequest
from resolvers.access_control.emergency import EmergencyGrants, InvalidGrant
from resolvers.access_control.principal import Emergency, Principal, PurposeOfUse, Role

_log = structlog.get_logger()

_HEADER = b"x-break-glass"


class Emergencies:
    """Gives principals what the grants that they show allow."""

    def __init__(self, grants: EmergencyGrants, clock: Callable[[], dt.datetime]) -> None:
        """Take what reads grants, and the clock that they expire by."""
        self._grants = grants
        self._clock = clock

    def of(self, principal: Principal, headers: Headers) -> Principal:
        """Return who asks, in an emergency where a grant says so. Raises BadRequest for one that is no good."""
        token = headers.get(_HEADER)
        if token is None:
            return principal
        try:
            emergency = self._read(principal, token)
        except InvalidGrant:
            # Tried again and again, somebody ought to look.
            _log.warning("emergency_grant_refused", role=principal.role.value)
            raise BadRequest(403, "EMERGENCY_GRANT_INVALID", "紧急访问授权无效或已过期") from None
        return replace(principal, emergency=emergency, purpose=PurposeOfUse.EMERGENCY)

    def _read(self, principal: Principal, token: bytes) -> Emergency:
        if principal.role is not Role.STAFF:
            raise InvalidGrant
        return self._grants.read(token.decode("latin-1"), principal.subject, self._clock())
