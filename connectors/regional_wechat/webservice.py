"""A regional HIS that offers its interfaces as methods of a web service (document: 约定, "http 或 WebService")."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from connectors.core.upstream import Request
from connectors.errors import Refused
from connectors.records.problems import ProblemCode

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.core.config import SystemConfig
    from connectors.core.webservice import WebService

_BETWEEN_NAMES = re.compile(r"[/.]")
_LONGEST_REASON = 200


class Methods:
    """Turns calls into those of the service's methods."""

    def __init__(self, system: str, description: Path) -> None:
        """Read the description."""
        self._system = system
        self._service = described(description)

    def wrapped(self, request: Request, address: str) -> Request:
        """Wrap the call; raises Refused for an interface that the service does not describe."""
        method = _BETWEEN_NAMES.split(request.url)[-1]
        if not self._service.describes(method):
            raise Refused(
                system=self._system,
                interface=request.interface,
                code=ProblemCode.UNSUPPORTED_BY_HOSPITAL,
                detail="the web service does not describe it",
            )
        return Request(
            interface=request.interface,
            url=address,
            body=request.body,
            envelope=request.envelope,
            wrap=partial(self._service.message, method),
            unwrap=partial(self._service.text, method),
        )


@cache
def described(description: Path) -> WebService:
    """Read a description, once; raises ValueError for one that cannot be used, and where the library is missing."""
    try:
        # The library and what it needs are loaded, and have to be installed, where there is such a system alone.
        from connectors.core.webservice import WebService  # noqa: PLC0415
    except ImportError:
        raise ValueError("web services need more to be installed: pip install 'patient-graph[webservice]'") from None
    try:
        return WebService(description)
    except Exception as fault:  # noqa: BLE001 # whatever zeep raises; what is in the file is nothing of a person
        raise ValueError(f"wsdl cannot be used: {str(fault)[:_LONGEST_REASON]}") from None


def service_of(config: SystemConfig) -> Methods | None:
    """Return the service, where the system is reached by one."""
    options = config.options
    return None if options.transport == "http" else Methods(config.name, options.wsdl)
