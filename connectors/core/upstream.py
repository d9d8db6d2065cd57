"""The way every call takes: cache, calls under way, the wire, the envelope, the record."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, TypeVar

import orjson
import stamina
import structlog
from pydantic import TypeAdapter

from connectors.core import deadline, origins
from connectors.core.cache import Found, NoCache
from connectors.core.concurrency import in_task
from connectors.core.config import Machinery, SystemConfig
from connectors.core.drift import Drift
from connectors.core.envelope import Envelope
from connectors.core.in_flight import InFlight
from connectors.core.kinds import CallKind, Idempotent, KeyedHash, Once, Read, Scope
from connectors.core.readers import Reader
from connectors.core.shape import ShapeError
from connectors.core.transport import TransportError
from connectors.errors import ConnectorError, Denied, Malformed, NotFound, RateLimited, Unavailable
from connectors.records.problems import ProblemCode

T = TypeVar("T")

_log = structlog.get_logger()

_SCOPES = 1024
_HTTP_DENIED = frozenset({401, 403})
_HTTP_TOO_MANY = 429
_HTTP_BROKEN = 500


@dataclass(kw_only=True, slots=True)
class Request:
    """One call, ready for the wire. `interface` is the document's number or path, for errors and figures.

    Where JSON travels inside of something else, `wrap` makes that of the body, and the headers that belong to it;
    `unwrap` takes it out of what comes: it raises TransportError for a fault that is told so, ValueError for what it
    cannot read.
    """

    interface: str
    url: str
    body: bytes
    envelope: Envelope
    headers: Mapping[str, str] = field(default_factory=dict)
    wrap: Callable[[bytes], tuple[bytes, Mapping[str, str]]] | None = None
    unwrap: Callable[[bytes], bytes] | None = None

    def sent(self) -> tuple[bytes, Mapping[str, str]]:
        """The body and the headers that go out."""
        return (self.body, self.headers) if self.wrap is None else self.wrap(self.body)


@dataclass(slots=True)
class Seen:
    """What was last seen of a system: for the readiness page. Times are of the monotonic clock."""

    answered_at: float | None = None
    failed_at: float | None = None
    failures: int = 0

    def answered(self) -> None:
        """An answer came, whatever it said."""
        self.answered_at = time.monotonic()
        self.failures = 0

    def failed(self) -> None:
        """No answer came."""
        self.failed_at = time.monotonic()
        self.failures += 1


class _Again(Exception):
    """A failed attempt that may be repeated at once."""

    def __init__(self, error: ConnectorError) -> None:
        self.error = error
        super().__init__(error.code.value)


class Upstream:
    """One vendor system: every call to it goes through here. `keeps` says whether there is a cache."""

    def __init__(self, config: SystemConfig, machinery: Machinery, drift: Drift | None = None) -> None:
        """Take the system's configuration, what the process lends, and what compares answers with the document."""
        self.config = config
        self._drift = drift
        self.seen = Seen()
        self._cache = machinery.cache
        # Where nothing is kept, keys would be made for nobody.
        self.keeps = not isinstance(machinery.cache, NoCache)
        self._digest = machinery.digest
        self._transport = machinery.transport(config.limits)
        self._in_flight = InFlight()
        # The same person's scope is asked for by each of the calls.
        self._scope_key = lru_cache(maxsize=_SCOPES)(self._digest_scope)

    async def send(self, request: Request, reader: Reader[T], kind: CallKind) -> T:
        """Make the call as its kind says, within the request's deadline; raises ConnectorError."""
        try:
            if isinstance(kind, Read):
                return await self._read(request, reader, kind)
            return await self._write(request, reader, kind)
        except deadline.Passed:
            error: ConnectorError = self._too_late(request)
        except ConnectorError as failure:
            error = failure
        _log.warning(
            "hospital_call_failed",
            system=error.system,
            interface=error.interface,
            code=error.code.value,
            upstream_code=error.upstream_code,
            detail=error.detail,
        )
        raise error from None

    async def _write(self, request: Request, reader: Reader[T], kind: Idempotent | Once) -> T:
        try:
            return await self._answer(request, reader, kind)
        finally:
            # Also after a failure: whether the hospital did it is then unknown. Shielded: nor may a caller that
            # leaves keep what is stale alive.
            await asyncio.shield(self.drop(*kind.stale))

    async def recall(self, scope: Scope, what: str, adapter: TypeAdapter[Any]) -> Found:
        """Look up what `keep` kept."""
        if not self.keeps:
            return Found(hit=False, value=None, generation=0)
        place = self._scope_key(scope)
        found = await self._cache.get(place, self._digest(what), adapter)
        if found.hit:
            origins.found(scope, place, found.generation, found.ends_at)
        return found

    async def keep(
        self, scope: Scope, what: str, value: Any, generation: int, seconds: float, adapter: TypeAdapter[Any]
    ) -> None:
        """Keep something of a scope, unless that was dropped since `generation`, which `recall` tells."""
        if not self.keeps:
            return
        place = self._scope_key(scope)
        await self._cache.put(place, self._digest(what), value, generation, seconds, adapter)
        origins.put(place, generation, seconds)

    async def drop(self, *scopes: Scope) -> None:
        """Forget what is kept about these scopes."""
        for scope in scopes:
            # Also where nothing is kept: who asks after a write must not join a read from before it.
            self._in_flight.part(scope)
            await self._cache.drop(self._scope_key(scope))

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.close()

    def _read(self, request: Request, reader: Reader[T], kind: Read) -> Coroutine[Any, Any, T]:
        if kind.seconds and self.keeps:
            return self._read_kept(request, reader, kind)
        origins.asked(kind.scope)
        return self._in_flight.share(_flight(request, reader, kind), partial(self._answer, request, reader, kind))

    async def _read_kept(self, request: Request, reader: Reader[T], kind: Read) -> T:
        scope, adapter = self._scope_key(kind.scope), reader.adapter
        key = self._digest(f"{request.interface}\0{request.url}\0{request.body.decode()}\0{reader.about!r}")
        hit, value, generation, ends_at = await self._cache.get(scope, key, adapter)
        if hit:
            origins.found(kind.scope, scope, generation, ends_at)
            known: T = value
            return known
        origins.asked(kind.scope)

        async def call() -> T:
            result = await self._answer(request, reader, kind)
            await self._cache.put(scope, key, result, generation, kind.seconds, adapter)
            return result

        # The generation is part of the key: who asks after a write never joins a call from before it.
        result = await self._in_flight.share(_flight(request, reader, kind, generation), call)
        origins.put(scope, generation, kind.seconds)
        return result

    async def _answer(self, request: Request, reader: Reader[T], kind: CallKind) -> T:
        repeat_sent = not isinstance(kind, Once)
        try:
            raw = await self._transport.post(request.url, *request.sent())
        except (deadline.Passed, TransportError) as fault:
            failed = self._failed(request, fault, repeat_sent=repeat_sent)
        else:
            return self._read_answer(request, reader, kind, raw)
        raw = await in_task(self._again(failed, request, repeat_sent=repeat_sent))
        return self._read_answer(request, reader, kind, raw)

    async def _again(self, failed: _Again, request: Request, *, repeat_sent: bool) -> bytes:
        """Repeat, after a moment, what failed at once."""
        try:
            async for attempt in stamina.retry_context(on=_Again, attempts=2, wait_initial=0.02, wait_max=0.1):
                with attempt:
                    if attempt.num == 1:
                        raise failed
                    return await self._repeated(request, repeat_sent=repeat_sent)
        except _Again as last:
            raise last.error from None
        raise AssertionError("unreachable: an attempt returns or raises")

    async def _repeated(self, request: Request, *, repeat_sent: bool) -> bytes:
        try:
            return await self._transport.post(request.url, *request.sent())
        except (deadline.Passed, TransportError) as fault:
            raise self._failed(request, fault, repeat_sent=repeat_sent) from None

    def _failed(self, request: Request, fault: deadline.Passed | TransportError, *, repeat_sent: bool) -> _Again:
        """Note that no answer came; raises the error unless the attempt may be repeated at once."""
        self.seen.failed()
        if isinstance(fault, deadline.Passed):
            raise fault
        error = unavailable(self.config.name, request.interface, fault)
        # A time-out has used up its time: only what failed at once is tried again.
        at_once = not fault.timeout and (fault.status is None or fault.status >= _HTTP_BROKEN)
        if at_once and (repeat_sent or not fault.sent):
            return _Again(error)
        raise error from None

    def _too_late(self, request: Request) -> Unavailable:
        return Unavailable(
            system=self.config.name,
            interface=request.interface,
            code=ProblemCode.UPSTREAM_TIMEOUT,
            detail="the request's deadline passed",
        )

    def _read_answer(self, request: Request, reader: Reader[T], kind: CallKind, raw: bytes) -> T:
        self.seen.answered()
        system, interface = self.config.name, request.interface
        if request.unwrap is not None:
            raw = self._unwrapped(request, raw, request.unwrap)
        try:
            body: Any = orjson.loads(raw)
        except orjson.JSONDecodeError:
            raise Malformed(system=system, interface=interface, detail="not JSON") from None
        try:
            opened = request.envelope.open(system, interface, body)
        except NotFound:
            if isinstance(kind, Read):
                return reader.nothing()
            raise
        if self._drift is not None:
            self._drift.look(interface, body)
        try:
            return reader.read(opened)
        except ShapeError as fault:
            raise Malformed(system=system, interface=interface, detail=str(fault)) from None

    def _unwrapped(self, request: Request, raw: bytes, unwrap: Callable[[bytes], bytes]) -> bytes:
        try:
            return unwrap(raw)
        except TransportError as fault:
            raise unavailable(self.config.name, request.interface, fault) from None
        except ValueError as fault:
            raise Malformed(system=self.config.name, interface=request.interface, detail=str(fault)) from None

    def _digest_scope(self, scope: Scope) -> KeyedHash:
        return self._digest(f"{scope.system}\0{scope.subject}")


def unavailable(system: str, interface: str, fault: TransportError) -> ConnectorError:
    """Say what a fault on the way to a system stands for."""
    if fault.status in _HTTP_DENIED:
        return Denied(system=system, interface=interface, detail=str(fault))
    if fault.status == _HTTP_TOO_MANY:
        return RateLimited(system=system, interface=interface, detail=str(fault))
    code = ProblemCode.UPSTREAM_TIMEOUT if fault.timeout else ProblemCode.UPSTREAM_UNAVAILABLE
    return Unavailable(system=system, interface=interface, code=code, detail=str(fault))


def _flight(request: Request, reader: Reader[Any], kind: Read, generation: int = 0) -> Hashable:
    """Name a call under way; in memory and for its time only, so in the clear. The scope is first, to part by it."""
    return (kind.scope, request.interface, request.url, request.body, reader.about, generation)
