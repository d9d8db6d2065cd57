"""Makes of a value what the answer shows, as exactly as graphql-core does: the way of values that need care.

Whatever graphql-core puts up with is put up with here: errors given as values, values to be awaited anywhere, objects
of the wrong kind, lists of any iterable. What is ordinary goes the quick way (quick.py) and comes here when it fails.
"""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from types import CoroutineType
from typing import Any, TypeAlias

from graphql import (
    GraphQLAbstractType,
    GraphQLError,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    default_type_resolver,
    is_abstract_type,
    is_leaf_type,
    located_error,
)
from graphql.execution.executor import Executor, invalid_return_type_error
from graphql.pyutils import Undefined, inspect, is_async_iterable, is_awaitable, is_iterable

from app.execution.ordinary import ORDINARY
from app.execution.run import Late, ResolveInfo, Run, Spot, keys_of
from app.execution.selection import Field
from connectors.core.concurrency import Suspended

# Answers the value, or a coroutine of it; raises what becomes the error of the nearest place that may be null.
Complete: TypeAlias = Callable[[Run, Any, Spot], Any]
BodyOf: TypeAlias = Callable[[Field, GraphQLObjectType], Complete]
_END = object()


def completer(field: Field, kind: GraphQLOutputType, body_of: BodyOf, schema: GraphQLSchema) -> Complete:
    """Make what completes values of the kind; `body_of` makes what runs the selection on an object.

    It is given neither null nor errors nor what must be awaited: the place that it is for (guarded) sees to them.
    """
    if isinstance(kind, GraphQLNonNull):
        return completer(field, kind.of_type, body_of, schema)
    if isinstance(kind, GraphQLList):
        return _List(field, guarded(field, completer(field, kind.of_type, body_of, schema), kind.of_type))
    if is_leaf_type(kind):
        return _leaf(kind)
    if is_abstract_type(kind):
        return _abstract(field, kind, body_of, schema)
    assert isinstance(kind, GraphQLObjectType)  # noqa: S101 # no other output types
    return _Object(field, kind, body_of)


def _leaf(kind: GraphQLLeafType) -> Complete:
    coerce = kind.coerce_output_value

    def complete(_run: Run, value: Any, _spot: Spot) -> Any:
        coerced = coerce(value)
        if coerced is None or coerced is Undefined:
            call = f"{inspect(kind)}.coerce_output_value({inspect(value)})"
            raise TypeError(f"Expected `{call}` to return non-nullable value, returned: {inspect(coerced)}")
        return coerced

    return complete


class _Object:
    """Completes objects of one type."""

    def __init__(self, field: Field, kind: GraphQLObjectType, body_of: BodyOf) -> None:
        self._field = field
        self._kind = kind
        # Takes an info that has what is read of it, though it is not graphql-core's.
        self._is_type_of: Any = kind.is_type_of
        self._body_of = body_of
        self._body: Complete | None = None

    def __call__(self, run: Run, value: Any, spot: Spot) -> Any:
        if self._is_type_of is not None:
            fits = self._is_type_of(value, run.info(self._field))
            if fits is not True and is_awaitable(fits):
                return self._check_later(run, value, spot, fits)
            if not fits:
                raise invalid_return_type_error(self._kind, value, self._field.details)
        # Made when first met, so that the size of a plan is bounded by what runs, not by what could.
        if self._body is None:
            self._body = self._body_of(self._field, self._kind)
        return self._body(run, value, spot)

    async def _check_later(self, run: Run, value: Any, spot: Spot, fits: Any) -> Any:
        if not await fits:
            raise invalid_return_type_error(self._kind, value, self._field.details)
        if self._body is None:
            self._body = self._body_of(self._field, self._kind)
        return self._body(run, value, spot)


def _abstract(field: Field, kind: GraphQLAbstractType, body_of: BodyOf, schema: GraphQLSchema) -> Complete:
    resolve = kind.resolve_type or default_type_resolver
    branches = {each.name: _Object(field, each, body_of) for each in schema.get_possible_types(kind)}

    def branch(run: Run, value: Any, spot: Spot, name: Any) -> Any:
        found = branches.get(name) if isinstance(name, str) else None
        if found is None:
            _refuse(run, value, spot, name)
            raise GraphQLError("No such type")  # never reached: the line above raises
        return found(run, value, spot)

    def _refuse(run: Run, value: Any, spot: Spot, name: Any) -> None:
        # graphql-core has a sentence for each way to be wrong, and its method needs nothing of itself but the schema.
        info: Any = ResolveInfo(run, field, spot)
        Executor.ensure_valid_runtime_type(run.operation, name, kind, field.details, info, value)  # type: ignore[arg-type]

    async def branch_later(run: Run, value: Any, spot: Spot, name: Any) -> Any:
        return branch(run, value, spot, await name)

    def complete(run: Run, value: Any, spot: Spot) -> Any:
        name = resolve(value, ResolveInfo(run, field, spot), kind)  # type: ignore[arg-type]  # has what is read of it
        return (branch_later if is_awaitable(name) else branch)(run, value, spot, name)

    return complete


class _List:
    """Completes lists; `place` completes an item."""

    def __init__(self, field: Field, place: "_Place") -> None:
        self._field = field
        self._place = place

    def __call__(self, run: Run, value: Any, spot: Spot) -> Any:
        if value.__class__ is not list:
            if is_async_iterable(value):
                return self._later(run, aiter(value), spot)
            if not is_iterable(value):
                place = f"{self._field.parent}.{self._field.name}"
                raise GraphQLError(f"Expected Iterable, but did not find one for field '{place}'.")
        found: list[Any] = []
        values = iter(value)
        try:
            for each in values:
                found.append(self._place.put(run, each, (spot, len(found), found, self._place)))  # counts
        except Exception:
            _give_up(run, values)
            raise
        return found

    async def _later(self, run: Run, values: AsyncIterator[Any], spot: Spot) -> Any:
        found: list[Any] = []
        try:
            while (each := await self._next(values, spot)) is not _END:
                found.append(self._place.put(run, each, (spot, len(found), found, self._place)))
        except Exception:
            await _close(values)
            raise
        return found

    async def _next(self, values: AsyncIterator[Any], spot: Spot) -> Any:
        try:
            return await anext(values, _END)
        except Exception as error:
            raise located_error(error, self._field.nodes, keys_of(spot)) from error


def _give_up(run: Run, rest: Iterable[Any]) -> None:
    """Settle what a list that failed did not come to, and would be left unawaited."""
    waiting: list[Any] = []
    # The list has failed already, with an error of its own.
    with suppress(Exception):
        waiting.extend(value for value in rest if is_awaitable(value))
    run.track(waiting)


async def _close(values: Any) -> None:
    # The error that ended the list is the one to tell; not all iterators can be closed.
    with suppress(Exception):
        await values.aclose()


def guarded(field: Field, complete: Complete, kind: GraphQLOutputType) -> "_Place":
    """Make a place of the answer: what fails in it is null there, or fails what is above, where null is not allowed."""
    return _Place(field, complete, nullable=not isinstance(kind, GraphQLNonNull))


class _Place:
    """Takes any value: raises it, has it completed, or has it awaited first and puts null there until it comes."""

    __slots__ = ("_complete", "_field", "_message", "nullable")

    def __init__(self, field: Field, complete: Complete, *, nullable: bool) -> None:
        self._field = field
        self._complete = complete
        self.nullable = nullable
        self._message = f"Cannot return null for non-nullable field {field.parent}.{field.name}."

    def put(self, run: Run, value: Any, spot: Spot) -> Any:
        """Answer what stands at the spot, for now at least."""
        kind = value.__class__
        try:
            if kind is CoroutineType:
                return self._begin(run, value, spot)
            if kind not in ORDINARY and not ORDINARY.learn(kind):
                if is_awaitable(value):
                    return self._begin(run, _awaited(value), spot)
                if self._is_null(value):
                    return None
            return self._completed(run, value, spot)
        except Exception as error:  # noqa: BLE001 # resolvers raise what they like; it becomes the field's error
            return run.fail(error, self._field, spot, nullable=self.nullable)

    def arrive(self, run: Run, late: Late) -> None:
        """Fill the spot with what it had to wait for."""
        spot = late.spot
        assert spot is not None  # noqa: S101 # the root is filled by nothing
        error = late.error
        if error is None:
            try:
                spot[2][spot[1]] = late.value if late.whole else self._settled(run, late.value, spot)
            except Exception as fault:  # noqa: BLE001 # ditto
                error = fault
        if error is not None:
            run.fail_late(error, self._field, spot)

    def _begin(self, run: Run, work: Any, spot: Spot) -> Any:
        value = run.begin(work)
        if value.__class__ is Suspended:
            run.expect(value, spot, whole=False)
            return None
        return self._settled(run, value, spot)

    def _settled(self, run: Run, value: Any, spot: Spot) -> Any:
        """Complete what was awaited."""
        return None if self._is_null(value) else self._completed(run, value, spot)

    def _completed(self, run: Run, value: Any, spot: Spot) -> Any:
        completed = self._complete(run, value, spot)
        if completed.__class__ is not CoroutineType:
            return completed
        completed = run.begin(completed)
        if completed.__class__ is Suspended:
            run.expect(completed, spot, whole=True)
            return None
        return completed

    def _is_null(self, value: Any) -> bool:
        """Tell whether it is null, where null is allowed; raises what is an error."""
        if isinstance(value, Exception):
            raise value
        if value is not None and value is not Undefined:
            return False
        if self.nullable:
            return True
        raise TypeError(self._message)


async def _awaited(value: Any) -> Any:
    return await value
