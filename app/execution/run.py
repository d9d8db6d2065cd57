"""One run of a plan: what it was given, the errors it met, and how it waits."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol, TypeAlias

from graphql import GraphQLError, GraphQLSchema, OperationType, located_error
from graphql.execution.values import VariableValues
from graphql.pyutils import Path, is_awaitable
from graphql.type import GraphQLResolveInfo
from graphql.type.definition import GraphQLResolveInfoHelpers

from app.execution.selection import Field, Operation
from connectors.core.concurrency import Branch, Suspended, begin, begun, join

# A place of the answer as a run meets it: the spot above, the key, the dict or list that has it, and who fills it.
# Made at every field, so it is a bare tuple. Spots are told apart by identity; None is the root.
Spot: TypeAlias = "tuple[Any, str | int, Any, Fills] | None"


class Fills(Protocol):
    """What a spot is filled by."""

    nullable: bool

    def arrive(self, run: "Run", late: "Late") -> None:
        """Fill the spot with what it had to wait for."""
        ...


class Late(Branch):
    """A value that is still to come. `whole`: nothing is left to do about it, else it is only resolved."""

    __slots__ = ("spot", "whole")

    def __init__(self, work: Suspended, ended: Callable[[Any], None], spot: Spot, *, whole: bool) -> None:
        """Take where it belongs."""
        self.spot = spot
        self.whole = whole
        super().__init__(work, ended)


class Unusual(Exception):
    """The value is none for the quick way (quick.py)."""


class Run:
    """The state of one run."""

    __slots__ = (
        "_begins_at_once",
        "_infos",
        "_late",
        "_loop",
        "_over",
        "arguments",
        "background",
        "context",
        "errors",
        "nulled",
        "operation",
        "plain_infos",
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
        self.nulled: dict[int | None, Spot] = {}
        self._late: set[Late] = set()
        self._over: asyncio.Future[None] | None = None
        self.background: set[asyncio.Future[Any]] = set()
        # What is the same for all objects of a run: the arguments of a field, and the info without a place.
        self.arguments: dict[Field, dict[str, Any]] = {}
        self._infos: dict[Field, ResolveInfo] = {}
        self.plain_infos: dict[Field, Any] = {}

    def info(self, field: Field) -> "ResolveInfo":
        """Return an info for those who look at the value and the context, not at the place: one per field."""
        found = self._infos.get(field)
        if found is None:
            found = self._infos[field] = ResolveInfo(self, field, None)
        return found

    def plain_info(self, field: Field) -> Any:
        """Make what a resolver that only reads is given, one per field: strawberry's info, kept in `plain_infos`."""
        schema: Any = self.operation.schema
        make_info = schema._strawberry_schema.config.info_class  # noqa: SLF001 # as strawberry does
        definition = field.definition.extensions["strawberry-definition"]
        made = self.plain_infos[field] = make_info(_raw_info=_PlacelessInfo(self, field, None), _field=definition)
        return made

    def end(self) -> None:
        """Let go of what holds on to the run, so that nothing of it waits for the garbage collector."""
        self._infos.clear()
        self.plain_infos.clear()

    def begin(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Begin what may have to wait: answers its value if it need not, else a `Suspended`."""
        return begin(work, self._loop) if self._begins_at_once else begun(work, self._loop)

    def expect(self, work: Suspended, spot: Spot, *, whole: bool) -> None:
        """Have a spot filled when the work is over."""
        self._late.add(Late(work, self._arrived, spot, whole=whole))

    async def arrivals(self) -> None:
        """Wait until all spots are filled, or none of it matters any more."""
        if not self._late or None in self.nulled:
            self._give_up()
            return
        self._over = self._loop.create_future()
        try:
            await self._over
        finally:
            self._give_up()

    def _arrived(self, late: Late) -> None:
        self._late.discard(late)
        if late.spot is not None and not isinstance(late.error, asyncio.CancelledError):
            late.spot[3].arrive(self, late)
        if (not self._late or None in self.nulled) and self._over is not None and not self._over.done():
            self._over.set_result(None)

    def _give_up(self) -> None:
        for late in tuple(self._late):
            late.cancel()

    def fail(self, error: Exception, field: Field, spot: Spot, *, nullable: bool) -> None:
        """Take note of an error; raises it again where null is not allowed, for the value above."""
        located = located_error(error, field.nodes, keys_of(spot))
        if not nullable:
            raise located
        self.add(located, spot)

    def fail_late(self, error: BaseException, field: Field, spot: Spot) -> None:
        """Take note of an error in what came late: the nearest spot that may be null is null."""
        assert isinstance(error, Exception)  # noqa: S101 # nothing else arrives
        located = located_error(error, field.nodes, keys_of(spot))
        while spot is not None and not spot[3].nullable:
            spot = spot[0]
        if spot is not None:
            spot[2][spot[1]] = None
        self.add(located, spot)

    def add(self, error: GraphQLError, spot: Spot) -> None:
        """Keep an error, unless what it is about is no longer in the answer."""
        above = spot
        while above is not None:
            if id(above) in self.nulled:
                return
            above = above[0]
        if None not in self.nulled:
            # The spot is kept with its id, which would else be given to another.
            self.nulled[None if spot is None else id(spot)] = spot
            self.errors.append(error)

    def track(self, values: Sequence[Any]) -> None:
        """Let those of the values that can be awaited come to their end, though nobody waits for them any more."""
        awaitables = [value for value in values if is_awaitable(value)]
        if awaitables:
            future = asyncio.gather(*awaitables, return_exceptions=True)
            self.background.add(future)
            future.add_done_callback(self.background.discard)


class ResolveInfo:
    """What resolvers and strawberry read of graphql-core's GraphQLResolveInfo, worked out only when asked for."""

    __slots__ = ("_field", "_run", "_spot", "context")

    def __init__(self, run: Run, field: Field, spot: Spot) -> None:
        """Take where in which run."""
        self.context = run.context
        self._run = run
        self._field = field
        self._spot = spot

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
        keys = keys_of(self._spot)
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


def keys_of(spot: Spot) -> list[str | int]:
    """List the keys from the root."""
    keys: list[str | int] = []
    while spot is not None:
        keys.append(spot[1])
        spot = spot[0]
    return keys[::-1]
