"""The real schema over made-up records: every resolver is replaced by one that makes up what the field answers."""

import asyncio
import datetime as dt
import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    is_abstract_type,
)

from connectors.records.reports import ReportKind
from tests.execution.zoo import number, spoil

_LEAVES: dict[str, Callable[[int], Any]] = {
    "Int": lambda seed: seed % 100,
    "Float": lambda seed: seed % 100 / 4,
    "Boolean": lambda seed: seed % 2 == 0,
    "Date": lambda seed: dt.date(2026, 1, 1 + seed % 28),
    "DateTime": lambda seed: dt.datetime(2026, 1, 1 + seed % 28, tzinfo=dt.UTC),
    "Decimal": lambda seed: Decimal(seed % 1000) / 100,
}


class Town:
    """Makes up values; `trouble` of a hundred are not what they should be. `items` is the length of lists."""

    def __init__(self, schema: GraphQLSchema, trouble: int = 0, items: int = 2) -> None:
        self.schema, self.trouble, self.items = schema, trouble, items

    def value(self, kind: Any, seed: int) -> Any:
        if number(seed, "trouble") % 100 < self.trouble:
            return spoil(number(seed, "spoil"), self.good(kind, seed), 3)
        return self.good(kind, seed)

    def good(self, kind: Any, seed: int) -> Any:
        if isinstance(kind, GraphQLNonNull):
            return self.good(kind.of_type, seed)
        if isinstance(kind, GraphQLList):
            return [self.value(kind.of_type, number(seed, index)) for index in range(self.items)]
        if isinstance(kind, GraphQLEnumType):
            members: Any = list(kind.wrapped_cls)  # type: ignore[attr-defined]  # strawberry's
            return members[seed % len(members)]
        if is_abstract_type(kind):
            possible = self.schema.get_possible_types(kind)
            return self.object(possible[seed % len(possible)], seed)
        if isinstance(kind, GraphQLObjectType):
            return self.object(kind, seed)
        return _LEAVES.get(kind.name, lambda seed: f"text {seed % 1000}")(seed)

    def object(self, kind: GraphQLObjectType, seed: int) -> Any:
        made = object.__new__(kind.extensions["strawberry-definition"].origin)
        for name, field in kind.fields.items():
            definition = field.extensions["strawberry-definition"]
            if definition.base_resolver is None:
                setattr(made, definition.python_name, self.value(field.type, number(seed, name)))
        _SEEDS[id(made)] = (made, seed)
        if kind.name.endswith("Report"):
            made.kind = ReportKind.LAB if kind.name == "LabReport" else ReportKind.IMAGING
        return made

    def answer(self, field: GraphQLField, source: Any, arguments: dict[str, Any]) -> Any:
        seed = _SEEDS.get(id(source), (None, 0))[1] if source is not None else _ROOT_SEED[0]
        shown = sorted((key, repr(value)) for key, value in arguments.items())
        return self.value(field.type, number(seed, id(field), shown))


# Records have slots and no room for a seed. Kept with the record, so that its id stays its own.
_SEEDS: dict[int, tuple[Any, int]] = {}
_ROOT_SEED = [0]


@contextmanager
def made_up_town(schema: GraphQLSchema, town: Town, seed: int = 0, stub: Any = None) -> Iterator[None]:
    """Replace all resolvers for a while."""
    _SEEDS.clear()
    _ROOT_SEED[0] = seed
    replaced = []
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for field in kind.fields.values():
                base = field.extensions["strawberry-definition"].base_resolver
                if base is not None:
                    replaced.append((base, base.wrapped_func))
                    base.wrapped_func = (stub or _stub)(town, field, base)
    try:
        yield
    finally:
        for base, function in reversed(replaced):
            base.wrapped_func = function


def _stub(town: Town, field: GraphQLField, base: Any) -> Callable[..., Any]:
    names = {each.name for each in (base.parent_parameter, base.root_parameter) if each is not None}

    def answer(*args: Any, **given: Any) -> Any:
        sources = [*args, *(value for name, value in given.items() if name in names)]
        shown = {name: value for name, value in given.items() if name not in {*names, "info"}}
        return town.answer(field, sources[0] if sources else None, shown)

    async def answer_later(*args: Any, **given: Any) -> Any:
        await asyncio.sleep(0)
        return answer(*args, **given)

    return functools.wraps(base.wrapped_func)(answer_later if base.is_async else answer)
