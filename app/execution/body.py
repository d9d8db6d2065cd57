"""Runs the selection on an object: runs of plain fields in one go, resolvers one by one, waiting for all at the end."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from graphql import GraphQLObjectType, is_abstract_type, is_leaf_type
from graphql import get_named_type as named

from app.execution.completing import Complete, completer, guarded
from app.execution.quick import Quick
from app.execution.resolving import may_wait, resolver
from app.execution.run import Run, Spot
from app.execution.selection import Field, Operation

# Puts fields of the source in the results, for now null where there is something to wait for.
Step: TypeAlias = Callable[[Run, Any, Spot, dict[str, Any]], None]

# How many levels below an object are looked at to tell which of its fields takes longest, and how many fields in all:
# a document may spread fragments so often that there is no end of them.
_AHEAD = 3
_MOST_FIELDS = 3000


class Bodies:
    """Makes the bodies of one operation, each when it is first run."""

    def __init__(self, operation: Operation) -> None:
        """Take the operation."""
        self._operation = operation
        self._quick = Quick(operation)
        self._left = _MOST_FIELDS
        self._known: dict[tuple[int, GraphQLObjectType], Complete] = {}

    def of(self, field: Field, kind: GraphQLObjectType) -> Complete:
        """Make what runs the selection below a field on objects of the kind."""
        key = (id(field.details), kind)
        if key not in self._known:
            self._known[key] = self._side_by_side(self._operation.fields(kind, field.details))
        return self._known[key]

    def root(self, fields: list[Field], *, serially: bool) -> Complete:
        """Make what runs the selection of the operation."""
        if serially:
            return _one_by_one([self._field(field) for field in fields])
        return self._side_by_side(fields)

    def _side_by_side(self, fields: list[Field]) -> Complete:
        """Begin first what has most to wait for, one after the other: all the rest is done while it waits."""
        plain: list[Field] = []
        others: list[Field] = []
        for field in fields:
            (plain if self._quick.is_plain(field) else others).append(field)
        others.sort(key=lambda field: self._waits(field, _AHEAD), reverse=True)
        steps = [self._field(field) for field in others]
        return _together([field.key for field in fields], [*steps, self._plain(plain)] if plain else steps)

    def _waits(self, field: Field, levels: int) -> int:
        """Count the resolvers that may have to wait, one below the other, in the deepest branch of a field."""
        self._left -= 1
        below: list[int] = []
        if levels and self._left > 0:
            for kind in self._object_types(named(field.definition.type)):
                below += (self._waits(each, levels - 1) for each in self._operation.fields(kind, field.details))
        return may_wait(field) + max(below, default=0)

    def _object_types(self, kind: Any) -> Sequence[GraphQLObjectType]:
        if is_abstract_type(kind):
            return self._operation.schema.get_possible_types(kind)
        return [kind] if isinstance(kind, GraphQLObjectType) else []

    def _plain(self, fields: list[Field]) -> Step:
        quick = self._quick.fields(fields)
        careful: list[Step] = []

        def step(run: Run, source: Any, spot: Spot, results: dict[str, Any]) -> None:
            # Whatever it fails with, reading with care meets it again: outside of the handler, so that it stands alone.
            try:
                quick(source, run, results)
            except Exception:  # noqa: BLE001, S110 # see above
                pass
            else:
                return
            if not careful:
                careful.extend(self._field(field) for field in fields)
            for each in careful:
                each(run, source, spot, results)

        return step

    def _field(self, field: Field) -> Step:
        key = field.key
        if field.name == "__typename":
            name = field.parent.name

            def name_it(_run: Run, _source: Any, _spot: Spot, results: dict[str, Any]) -> None:
                results[key] = name

            return name_it

        resolve = resolver(field, self._operation.schema)
        place = guarded(field, self._completer(field), field.definition.type)
        put = place.put

        def step(run: Run, source: Any, spot: Spot, results: dict[str, Any]) -> None:
            here = (spot, key, results, place)
            try:
                value = resolve(run, source, here)
            except Exception as error:  # noqa: BLE001 # resolvers raise what they like; it becomes the field's error
                value = error
            results[key] = put(run, value, here)

        return step

    def _completer(self, field: Field) -> Complete:
        careful = completer(field, field.definition.type, self.of, self._operation.schema)
        if not is_leaf_type(named(field.definition.type)) and not self._quick.is_plain_value(field):
            return careful
        quick = self._quick.value(field)

        def complete(run: Run, value: Any, spot: Spot) -> Any:
            # Ditto.
            try:
                return quick(value, run)
            except Exception:  # noqa: BLE001, S110 # ditto
                pass
            return careful(run, value, spot)

        return complete


def _together(keys: list[str], steps: list[Step]) -> Complete:
    # The steps are not in the order in which the answer is to be.
    in_order: dict[str, Any] = dict.fromkeys(keys)

    def body(run: Run, source: Any, spot: Spot) -> Any:
        results = in_order.copy()
        for step in steps:
            step(run, source, spot, results)
        return results

    return body


def _one_by_one(steps: list[Step]) -> Complete:
    async def body(run: Run, source: Any, spot: Spot) -> Any:
        results: dict[str, Any] = {}
        for step in steps:
            step(run, source, spot, results)
            await run.arrivals()
        return results

    return body
