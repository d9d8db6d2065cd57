"""One run of a plan: what it was given, the errors it met, and how it waits."""

import asyncio
from collections.abc import Awaitable, Coroutine, MutableMapping, MutableSequence, Sequence
from types import CoroutineType
from typing import Any, TypeAlias

from graphql import GraphQLError, GraphQLSchema, OperationType, located_error
from graphql.execution.values import VariableValues
from graphql.pyutils import Path, is_awaitable
from graphql.type import GraphQLResolveInfo
from graphql.type.definition import GraphQLResolveInfoHelpers

from app.execution.selection import Field, Operation
from connectors.core.concurrency import Suspended, begin, join

# Where a value stands in the answer: the way above it and its own key. Made at every field, so it is a bare tuple.
Trail: TypeAlias = "tuple[Any, str | int] | None"


class Unusual(Exception):
    """The value is none for the quick way (quick.py)."""


def waits(value: Any) -> bool:
    """Tell whether what a place was given is still to be awaited."""
    kind = value.__class__
    return kind is Suspended or kind is CoroutineType


class Run:
    """The state of one run."""

    __slots__ = (
        "_begins_at_once",
        "_infos",
        "_loop",
        "_plain_infos",
        "arguments",
        "background",
        "context",
        "converted",
        "errors",
        "nulled",
        "operation",
        "root",
        "variables",
    )

    def __init__(self, operation: Operation, context: Any, root: Any, variables: VariableValues) -> None:
        """Take what the operation is run with."""
        self.operation = operation
        self._loop = asyncio.get_running_loop()
        # Mutations are told apart by when they begin, so theirs begin as graphql-core's do.
        self._begins_at_once = operation.node.operation is OperationType.QUERY
        self.context = context
        self.root = root
        self.variables = variables
        self.errors: list[GraphQLError] = []
        self.nulled: set[Trail] = set()
        self.background: set[asyncio.Future[Any]] = set()
        # What is the same for all objects of a run: the arguments of a field, and the info without a place.
        self.arguments: dict[Field, dict[str, Any]] = {}
        self.converted: dict[Field, dict[str, Any]] = {}
        self._infos: dict[Field, ResolveInfo] = {}
        self._plain_infos: dict[Field, Any] = {}

    def info(self, field: Field) -> "ResolveInfo":
        """Return an info for those who look at the value and the context, not at the place: one per field."""
        found = self._infos.get(field)
        if found is None:
            found = self._infos[field] = ResolveInfo(self, field, None)
        return found

    def plain_info(self, field: Field) -> Any:
        """Return what a resolver that only reads is given: strawberry's info, one per field."""
        found = self._plain_infos.get(field)
        if found is None:
            schema: Any = self.operation.schema
            make_info = schema._strawberry_schema.config.info_class  # noqa: SLF001 # as strawberry does
            definition = field.definition.extensions["strawberry-definition"]
            found = make_info(_raw_info=_PlacelessInfo(self, field, None), _field=definition)
            self._plain_infos[field] = found
        return found

    def end(self) -> None:
        """Let go of what holds on to the run, so that nothing of it waits for the garbage collector."""
        self._infos.clear()
        self._plain_infos.clear()

    def start(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Begin what may have to wait: its value if it need not, else what is to be awaited."""
        return begin(work, self._loop) if self._begins_at_once else work

    def fail(self, error: Exception, field: Field, trail: Trail, *, nullable: bool) -> None:
        """Take note of an error; raises it again where null is not allowed, for the value above."""
        located = located_error(error, field.nodes, trail_keys(trail))
        if not nullable:
            raise located
        self.add(located, trail)

    def add(self, error: GraphQLError, trail: Trail) -> None:
        """Keep an error, unless what it is about is no longer in the answer."""
        above = trail
        while above is not None:
            if above in self.nulled:
                return
            above = above[0]
        if None not in self.nulled:
            self.nulled.add(trail)
            self.errors.append(error)

    def settle(self, awaitables: Sequence[Awaitable[Any]]) -> None:
        """Let what has begun come to its end, though nobody waits for it any more."""
        future = asyncio.gather(*awaitables, return_exceptions=True)
        self.background.add(future)
        future.add_done_callback(self.background.discard)

    def track(self, values: Sequence[Any]) -> None:
        """Settle those of the values that can be awaited."""
        awaitables = [value for value in values if is_awaitable(value)]
        if awaitables:
            self.settle(awaitables)


class ResolveInfo:
    """What resolvers and strawberry read of graphql-core's GraphQLResolveInfo, worked out only when asked for."""

    __slots__ = ("_field", "_run", "_trail", "context")

    def __init__(self, run: Run, field: Field, trail: Trail) -> None:
        """Take where in which run."""
        self.context = run.context
        self._run = run
        self._field = field
        self._trail = trail

    @property
    def schema(self) -> GraphQLSchema:
        """The schema; asked for at every object of an interface."""
        return self._run.operation.schema

    @property
    def field_name(self) -> str:
        """The field's name; ditto."""
        return self._field.name

    @staticmethod
    def is_awaitable(value: Any) -> bool:
        """Tell whether the value can be awaited; ditto."""
        return is_awaitable(value)

    def __getattr__(self, name: str) -> Any:
        """Read any of graphql-core's attributes."""
        return getattr(self._whole(), name)

    def _whole(self) -> GraphQLResolveInfo[Any]:
        run, field = self._run, self._field
        return GraphQLResolveInfo(
            field.name,
            field.nodes,
            field.definition.type,
            field.parent,
            self._path(),
            run.operation.schema,
            run.operation.fragments,
            run.root,
            run.operation.node,
            run.variables,
            run.context,
            is_awaitable,
            None,
            GraphQLResolveInfoHelpers(gather=join, track=run.track),
        )

    def _path(self) -> Path:
        keys = trail_keys(self._trail)
        while keys and isinstance(keys[-1], int):
            keys.pop()
        path = None
        for key in keys[:-1]:
            path = Path(path, key, None)
        return Path(path, self._field.key, self._field.parent.name)


class _PlacelessInfo(ResolveInfo):
    """An info for all places of a field; who asks for the place is to be called with care."""

    __slots__ = ()

    def _path(self) -> Path:
        raise Unusual


def trail_keys(trail: Trail) -> list[str | int]:
    """List the keys from the root."""
    keys: list[str | int] = []
    while trail is not None:
        trail, key = trail
        keys.append(key)
    return keys[::-1]


async def fill(found: MutableMapping[str, Any] | MutableSequence[Any], pending: list[Any]) -> Any:
    """Put what the coroutines at these keys come to in their place."""
    if len(pending) == 1:
        found[pending[0]] = await found[pending[0]]
    else:
        for key, value in zip(pending, await join([found[key] for key in pending]), strict=True):
            found[key] = value
    return found
