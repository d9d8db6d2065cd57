"""How a vendor wraps its answers: where success stands, what it looks like, what the codes mean. Data, not branches."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from connectors.core.convert import text
from connectors.errors import ConnectorError, Denied, Malformed, NotFound, RateLimited, Refused, Unavailable
from connectors.records.problems import ProblemCode

# Codes of the documents have five digits and some letters; a hospital may put anything there.
_CODE = re.compile(r"(?!.*\d{7})[A-Za-z0-9_.-]{1,20}")
# Of identity, of a phone, of a card: sentences for patients now and then quote what was asked with.
_NUMBER_OF_A_PERSON = re.compile(r"\d{9,}[Xx]?")
_LONGEST_SENTENCE = 200


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one upstream code stands for.

    `told` says whether the hospital's own sentence may be shown to patients.
    """

    error: type[ConnectorError]
    code: ProblemCode
    told: bool = False


def refusal(code: ProblemCode) -> Meaning:
    """A documented business refusal: its sentence is meant for patients."""
    return Meaning(Refused, code, told=True)


def equals(*accepted: str) -> Callable[[object], bool]:
    """Success is one of these; a boolean counts as `true` or `false`."""

    def succeeded(status: object) -> bool:
        if status is True:
            return "true" in accepted
        if type(status) is str or type(status) is int:
            return str(status).strip() in accepted
        return _written(status) in accepted

    return succeeded


def _written(status: object) -> str | None:
    return str(status).lower() if isinstance(status, bool) else text(status)


def positive(status: object) -> bool:
    """Success is any number above zero."""
    if type(status) is int:
        return status > 0
    written = text(status)
    return written is not None and float(written) > 0


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where the status stands and what it says.

    `status`, `code` and `message` are paths; `code` names the reason, where the vendor tells one apart from the
    status. `absent` are codes for "nothing found", whatever the status says.
    """

    status: tuple[str, ...]
    succeeded: Callable[[object], bool]
    message: tuple[str, ...]
    code: tuple[str, ...] | None = None
    absent: frozenset[str] = frozenset()
    meanings: Mapping[str, Meaning] = field(default_factory=dict)

    def open(self, system: str, interface: str, body: Any) -> Mapping[str, Any]:
        """Return the body of a successful answer.

        Raises NotFound for the documented "nothing", Malformed when there is no status, and what the code table says
        for the rest; a refusal without a known code is Refused with a generic sentence.
        """
        status = code = body
        try:
            for name in self.status:
                status = status[name]
            for name in self.code or ():
                code = code[name]
            known = self.code is None or (type(code) is str and code.strip() not in self.absent)
            if known and self.succeeded(status):
                return body  # type: ignore[no-any-return]  # it has members
        except (LookupError, TypeError, ValueError):
            pass  # Care will find out what is the matter.
        return self._open_with_care(system, interface, body)

    def _open_with_care(self, system: str, interface: str, body: Any) -> Mapping[str, Any]:
        if not isinstance(body, Mapping):
            raise Malformed(system=system, interface=interface, detail="object expected")
        try:
            code = text(_at(body, self.code)) if self.code else None
        except ValueError:
            raise Malformed(system=system, interface=interface, detail="unreadable code") from None
        if code in self.absent:
            raise NotFound(system=system, interface=interface, upstream_code=code)
        status = _at(body, self.status)
        if status is None:
            raise Malformed(system=system, interface=interface, detail=f"{'.'.join(self.status)} is missing")
        try:
            if self.succeeded(status):
                return body
        except ValueError:
            raise Malformed(system=system, interface=interface, detail="unreadable status") from None
        raise self._failure(system, interface, body, code)

    def _failure(self, system: str, interface: str, body: Mapping[str, Any], code: str | None) -> ConnectorError:
        meaning = self.meanings.get(code or "", Meaning(Refused, ProblemCode.REFUSED_BY_HOSPITAL))
        return meaning.error(
            system=system,
            interface=interface,
            code=meaning.code,
            upstream_code=_plain_code(code if code is not None else _written(_at(body, self.status))),
            patient_message=_sentence(_at(body, self.message)) if meaning.told else None,
        )


def _plain_code(code: str | None) -> str | None:
    return code if code is not None and _CODE.fullmatch(code) else None


def _sentence(message: object) -> str | None:
    if not isinstance(message, str):
        return None
    return _NUMBER_OF_A_PERSON.sub("***", message)[:_LONGEST_SENTENCE] or None


def _at(body: Mapping[str, Any], path: tuple[str, ...] | None) -> Any:
    found: Any = body
    for name in path or ():
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return found


DENIED = Meaning(Denied, ProblemCode.UPSTREAM_DENIED)
BROKEN = Meaning(Unavailable, ProblemCode.UPSTREAM_UNAVAILABLE)
BUSY = Meaning(RateLimited, ProblemCode.RATE_LIMITED)
NOTHING = Meaning(NotFound, ProblemCode.NOT_FOUND)
