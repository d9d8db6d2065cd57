"""What can go wrong between this server and a hospital, as one tree.

    ConnectorError(system, interface, code)
    ├─ Unavailable      time-out, network, 5xx, busy; a safe read may be tried again
    │  └─ RateLimited   the hospital, or our own limit for it, asks us to wait
    ├─ Denied           our credentials, token or signature were rejected, or the interface is closed to us
    ├─ NotFound         the documented "nothing found"; readers turn it into null or an empty list
    ├─ Refused          a business refusal, with its stable code
    └─ Malformed        an answer that is unreadable or of another shape than documented

No error text holds a value that a patient or a hospital sent: only names, codes and places.
"""

from typing import Self

from connectors.records.problems import ProblemCode


class ConnectorError(Exception):
    """A call to a hospital's system did not give what was asked for."""

    retryable = False
    default_code = ProblemCode.UPSTREAM_UNAVAILABLE

    def __init__(
        self,
        *,
        system: str,
        interface: str,
        code: ProblemCode | None = None,
        upstream_code: str | None = None,
        patient_message: str | None = None,
        detail: str = "",
    ) -> None:
        """Keep the facts apart.

        `detail` is for the log, `patient_message` a sentence that patients may read.
        """
        self.system = system
        self.interface = interface
        self.code = code or self.default_code
        self.upstream_code = upstream_code
        self.patient_message = patient_message
        self.detail = detail
        self.hospital_id: str | None = None
        super().__init__(f"{system} {interface}: {self.code.value}{f' ({detail})' if detail else ''}")

    def at(self, hospital_id: str) -> Self:
        """Return the same error, told of one hospital; a call for several hospitals fails once for each."""
        told = type(self)(
            system=self.system,
            interface=self.interface,
            code=self.code,
            upstream_code=self.upstream_code,
            patient_message=self.patient_message,
            detail=self.detail,
        )
        told.hospital_id = hospital_id
        return told


class Unavailable(ConnectorError):
    """The hospital could not be reached, was too slow, or said that it is busy or broken."""

    retryable = True


class RateLimited(Unavailable):
    """Too many calls at once."""

    default_code = ProblemCode.RATE_LIMITED


class Denied(ConnectorError):
    """The hospital rejects this server itself, whoever asks."""

    default_code = ProblemCode.UPSTREAM_DENIED


class NotFound(ConnectorError):
    """The documented answer for "no such thing"."""

    default_code = ProblemCode.NOT_FOUND


class Refused(ConnectorError):
    """The hospital understood the request and says no."""

    default_code = ProblemCode.REFUSED_BY_HOSPITAL


class Malformed(ConnectorError):
    """The answer cannot be read, or lacks what the document promises."""

    default_code = ProblemCode.UPSTREAM_MALFORMED
