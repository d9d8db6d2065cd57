"""The quick way: source text for the parts of a selection that are only attributes of objects, lists of them included.

Such a part can neither wait nor do anything, so it is read in one go and without a place or a guard for each field.
Anything out of the ordinary (null where it may not be, an error as a value, something to await, the wrong kind of
object) ends it with an exception, of any kind; the part is then read again with care, which finds the right error.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from inspect import iscoroutinefunction
from typing import Any

from graphql import (
    GraphQLAbstractType,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLString,
    default_type_resolver,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)
from graphql.pyutils import Undefined

from app.execution.ordinary import ORDINARY
from app.execution.resolving import attribute, plain_resolver
from app.execution.run import Unusual
from app.execution.selection import Field, Operation

# A document may spread fragments so often that writing them all out takes long; beyond this the careful way is taken.
_MOST_FIELDS = 3000
# Tests on a value that leave nothing for coerce_output_value to do. The last one is false for inf and nan.
_ORDINARY: dict[GraphQLLeafType, str] = {
    GraphQLString: "{first}.__class__ is str",
    GraphQLID: "{first}.__class__ is str",
    GraphQLBoolean: "{first}.__class__ is bool",
    GraphQLInt: "{first}.__class__ is int and -2147483648 <= {v} <= 2147483647",
    GraphQLFloat: "{first}.__class__ is float and {v} - {v} == 0.0",
}

# Scalars of strawberry's own whose coerce_output_value never fails on the very class, nor answers null.
_WRITTEN = (Decimal, dt.datetime, dt.date)


class Quick:
    """Writes quick functions for one operation."""

    def __init__(self, operation: Operation) -> None:
        """Take the operation."""
        self._operation = operation
        self._left = _MOST_FIELDS
        self._plain: dict[tuple[int, GraphQLObjectType], list[Field] | None] = {}

    def is_plain(self, field: Field) -> bool:
        """Tell whether the field and all below it are attributes."""
        self._left -= 1
        if self._left < 0:
            return False
        if field.name == "__typename":
            return True
        if attribute(field) is None and plain_resolver(field, self._operation) is None:
            return False
        return is_leaf_type(get_named_type(field.definition.type)) or self.is_plain_value(field)

    def is_plain_value(self, field: Field) -> bool:
        """Tell whether all below the field are attributes."""
        kind = get_named_type(field.definition.type)
        if isinstance(kind, GraphQLObjectType):
            return self._plain_fields(field, kind) is not None
        if is_abstract_type(kind):
            possible = self._operation.schema.get_possible_types(kind)
            resolve = kind.resolve_type
            return not iscoroutinefunction(resolve) and all(self._plain_fields(field, each) for each in possible)
        return False

    def value(self, field: Field) -> Callable[[Any, Any], Any]:
        """Make `(value, run) -> completed` for what the field resolves to."""
        writer = _Writer(self._plain_fields, self._operation)
        return writer.function("value, run", f"return {writer.value(field, field.definition.type, 'value')}")

    def fields(self, fields: list[Field]) -> Callable[[Any, Any, dict[str, Any]], None]:
        """Make `(source, run, results)` that puts the plain fields of an object in its results."""
        writer = _Writer(self._plain_fields, self._operation)
        lines = [f"results[{field.key!r}] = {writer.field(field, 'source')}" for field in fields]
        return writer.function("source, run, results", "; ".join(lines))

    def _plain_fields(self, field: Field, kind: GraphQLObjectType) -> list[Field] | None:
        key = (id(field.details), kind)
        if key not in self._plain:
            fields = self._operation.fields(kind, field.details)
            plain = not iscoroutinefunction(kind.is_type_of) and all(self.is_plain(each) for each in fields)
            self._plain[key] = fields if plain else None
        return self._plain[key]


class _Branches(dict[str, Callable[[Any, Any], Any]]):
    """The functions for the types of an abstract field, made when first met."""

    def __init__(self, make: Callable[[str], Callable[[Any, Any], Any]]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> Callable[[Any, Any], Any]:
        made = self[name] = self._make(name)
        return made


class _Writer:
    """Writes functions into one namespace."""

    def __init__(
        self, plain_fields: Callable[[Field, GraphQLObjectType], list[Field] | None], operation: Operation
    ) -> None:
        self._plain_fields = plain_fields
        self._operation = operation
        self._names: dict[str, Any] = {"Unusual": Unusual, "listed": _listed, "ordinary": ORDINARY}
        self._count = 0

    def function(self, parameters: str, body: str) -> Callable[..., Any]:
        """Define a function."""
        name = self._new("made")
        source = f"def {name}({parameters}):\n    {body}"
        exec(compile(source, "<operation>", "exec"), self._names)  # noqa: S102 # keys and names are GraphQL's and Python's
        made: Callable[..., Any] = self._names[name]
        return made

    def field(self, field: Field, source: str) -> str:
        """Write the completed field of a source."""
        if field.name == "__typename":
            return repr(field.parent.name)
        name = attribute(field)
        if name is not None:
            return self.value(field, field.definition.type, f"{source}.{name}")
        read = self._bind("read", plain_resolver(field, self._operation))
        return self.value(field, field.definition.type, f"{read}({source}, run)")

    def value(self, field: Field, kind: GraphQLOutputType, given: str) -> str:
        """Write the completed value."""
        nullable = not isinstance(kind, GraphQLNonNull)
        bare: Any = kind if nullable else kind.of_type  # type: ignore[union-attr]  # a non-null type has one
        if is_leaf_type(bare):
            return self._leaf(bare, given, nullable=nullable)
        # An object that is not there has no attributes, and nothing is no list: non-null needs no test.
        value = self._new("v") if nullable else given
        if isinstance(bare, GraphQLList):
            item = self._new("x")
            written = f"[{self.value(field, bare.of_type, item)} for {item} in listed({value})]"
        else:
            name = self._abstract(field, bare) if is_abstract_type(bare) else self._object(field, bare)
            written = f"{name}({value}, run)"
        return f"(None if ({value} := {given}) is None else {written})" if nullable else written

    def _leaf(self, kind: GraphQLLeafType, given: str, *, nullable: bool) -> str:
        value, check = self._new("v"), self._bind("leaf", _leaf(kind, nullable=nullable))
        if kind in _ORDINARY:
            first = value if nullable else f"({value} := {given})"
            test = _ORDINARY[kind].format(first=first, v=value)
            none = f"({value} := {given}) is None or " if nullable else ""
            return f"({value} if {none}{test} else {check}({value}))"
        if isinstance(kind, GraphQLEnumType):
            known, name = self._bind("known", _members(kind).get), self._new("n")
            return f"({name} if ({name} := {known}(id({value} := {given}))) is not None else {check}({value}))"
        origin = getattr(kind.extensions.get("strawberry-definition"), "origin", None)
        if origin in _WRITTEN:
            write, same = self._bind("write", kind.coerce_output_value), self._bind("origin", origin)
            return f"({write}({value}) if ({value} := {given}).__class__ is {same} else {check}({value}))"
        return f"{check}({given})"

    def _object(self, field: Field, kind: GraphQLObjectType) -> str:
        fields = self._plain_fields(field, kind)
        if fields is None:
            raise Unusual
        written = ", ".join(f"{each.key!r}: {self.field(each, 'o')}" for each in fields)
        tests = "o.__class__ not in ordinary and not ordinary.learn(o.__class__)"
        if kind.is_type_of is not None:
            check, asked = self._bind("is_type_of", kind.is_type_of), self._bind("field", field)
            tests += f" or {check}(o, run.info({asked})) is not True"
        known = getattr(kind.is_type_of, "of_every", None)
        if known is not None:
            # The check has said of itself that this very class always passes.
            tests = f"o.__class__ is not {self._bind('known', known)} and ({tests})"
        guard = getattr(kind.is_type_of, "guard", None)
        guarded = "" if guard is None else f"\n    {self._bind('guard', guard)}(o, run.context.access)"
        made = self.function("o, run", f"if {tests}: raise Unusual{guarded}\n    return {{{written}}}")
        return made.__name__

    def _abstract(self, field: Field, kind: GraphQLAbstractType) -> str:
        possible = {each.name: each for each in self._operation.schema.get_possible_types(kind)}

        def branch(name: str) -> Callable[[Any, Any], Any]:
            if name not in possible:
                raise Unusual
            made: Callable[[Any, Any], Any] = self._names[self._object(field, possible[name])]
            return made

        resolve, asked = self._bind("resolve", kind.resolve_type or default_type_resolver), self._bind("field", field)
        branches, abstract = self._bind("branches", _Branches(branch)), self._bind("kind", kind)
        tests = "o.__class__ not in ordinary and not ordinary.learn(o.__class__)"
        pick = f"{branches}[{resolve}(o, run.info({asked}), {abstract})](o, run)"
        return self.function("o, run", f"if {tests}: raise Unusual\n    return {pick}").__name__

    def _bind(self, kind: str, value: Any) -> str:
        name = self._new(kind)
        self._names[name] = value
        return name

    def _new(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}"


def _listed(value: Any) -> Any:
    # Others may be consumed by being read, and could not be read again.
    if value.__class__ is list or value.__class__ is tuple:
        return value
    raise Unusual


def _leaf(kind: GraphQLLeafType, *, nullable: bool) -> Callable[[Any], Any]:
    coerce = kind.coerce_output_value

    def check(value: Any) -> Any:
        if value is None and nullable:
            return None
        if value.__class__ not in ORDINARY and not ORDINARY.learn(value.__class__):
            raise Unusual
        coerced = coerce(value)
        if coerced is None or coerced is Undefined:
            raise Unusual
        return coerced

    return check


def _members(kind: GraphQLEnumType) -> dict[int, str]:
    """Name the members by identity: hashing an enum member is a call in Python. The type keeps them alive."""
    members: Any = getattr(kind, "wrapped_cls", ())
    return {id(member): kind.coerce_output_value(member) for member in members}
