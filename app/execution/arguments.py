"""What resolvers are given for a field's arguments.

graphql-core coerces them and strawberry converts them, with care, when a field is first run. What varies from then on
is only the variables, so most fields are given their arguments by a recipe: the first ones, with the variables' values
in their places. What a recipe does not cover (null, variables that are left out) is done with care each time.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias

from graphql import (
    BREAK,
    SKIP,
    ArgumentNode,
    GraphQLBoolean,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLString,
    Node,
    ObjectValueNode,
    VariableNode,
    Visitor,
    VisitorAction,
    visit,
)
from graphql.execution.values import get_argument_values
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UnsetType

from app.execution.run import ResolveInfo, Run, Spot
from app.execution.selection import Field

# Makes a value of the variables' values.
Make: TypeAlias = Callable[[Mapping[str, Any]], Any]

# The first values may be none to learn from, such as null for the first page.
_TRIES = 10
# Of these, the converted value is the coerced one.
_SAME = {GraphQLID, GraphQLString, GraphQLInt, GraphQLFloat, GraphQLBoolean}
# One object for all calls would otherwise let one resolver change what another is given.
_UNCHANGEABLE = (str, int, float, Decimal, dt.date, Enum, UnsetType, type(None))


def coerced(run: Run, field: Field) -> Mapping[str, Any]:
    """Coerce the field's arguments, once per run."""
    if not field.definition.args:
        return {}
    known = run.arguments.get(field)
    if known is None:
        known = run.arguments[field] = get_argument_values(field.definition, field.nodes[0], run.variables)
    return known


class Arguments:
    """The arguments of a field whose resolver is called straight."""

    def __init__(self, field: Field, definition: StrawberryField, schema: Any) -> None:
        """Take the field, and the schema that its arguments are converted by."""
        self._field = field
        self._definition = definition
        self._config = schema.config
        self._scalars = schema.schema_converter.scalar_registry
        self._recipe: Make | None = None
        self._tries_left = _TRIES

    def of(self, run: Run, spot: Spot) -> Mapping[str, Any]:
        """Answer the arguments as the resolver takes them."""
        made = self.by_recipe(run)
        return self.with_care(run, spot) if made is None else made

    def by_recipe(self, run: Run) -> Mapping[str, Any] | None:
        """Answer them without care; None where they need it."""
        if self._recipe is None:
            return None
        try:
            made: Mapping[str, Any] = self._recipe(run.variables.coerced)
        except _NotCovered:
            return None
        return made

    def with_care(self, run: Run, spot: Spot) -> Mapping[str, Any]:
        """Answer them with care, and learn the recipe."""
        info = self._config.info_class(_raw_info=ResolveInfo(run, self._field, spot), _field=self._definition)
        given = dict(coerced(run, self._field))
        converted = convert_arguments(given, self._definition.arguments, self._scalars, self._config, info)
        if self._recipe is None and self._tries_left:
            self._tries_left -= 1
            self._recipe = _recipe(self._field, self._names(), converted, run.variables.coerced)
        return converted

    def _names(self) -> dict[str, str]:
        written = self._config.name_converter.from_argument
        return {str(each.python_name): written(each) for each in self._definition.arguments}


class _NotCovered(Exception):
    """The values are none that a recipe is for."""


class _NoRecipe(Exception):
    """The arguments have something that only care does right."""


def _recipe(
    field: Field, names: Mapping[str, str], converted: Mapping[str, Any], variables: Mapping[str, Any]
) -> Make | None:
    """Learn from arguments that were made with care; None where only care does it right.

    `names` are what the graph calls the arguments, by what Python calls them.
    """
    nodes = {node.name.value: node for node in field.nodes[0].arguments or ()}
    if not nodes.keys() <= {names[name] for name in converted}:
        return None
    try:
        makers = {
            name: _maker(nodes.get(names[name]), field.definition.args[names[name]].type, value, variables)
            for name, value in converted.items()
        }
    except _NoRecipe:
        return None
    if not any(isinstance(maker, _Varying) for maker in makers.values()):
        return lambda _: converted
    fixed = {name: maker.value for name, maker in makers.items() if isinstance(maker, _Fixed)}
    varying = [(name, maker.make) for name, maker in makers.items() if isinstance(maker, _Varying)]
    return lambda values: fixed | {name: make(values) for name, make in varying}


class _Fixed:
    def __init__(self, value: Any) -> None:
        self.value = value


class _Varying:
    def __init__(self, make: Make) -> None:
        self.make = make


def _maker(node: ArgumentNode | None, kind: Any, value: Any, variables: Mapping[str, Any]) -> _Fixed | _Varying:
    written = None if node is None else node.value
    if written is None or not _has_variables(written):
        return _constant(value)
    return _Varying(_of_variables(written, kind, value, variables))


def _constant(value: Any) -> _Fixed | _Varying:
    if isinstance(value, _UNCHANGEABLE):
        return _Fixed(value)
    if value.__class__ is list and all(isinstance(each, _UNCHANGEABLE) for each in value):
        kept = tuple(value)
        return _Varying(lambda _: list(kept))
    raise _NoRecipe


def _of_variables(written: Node, kind: Any, value: Any, variables: Mapping[str, Any]) -> Make:
    bare = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(written, VariableNode) and bare in _SAME:
        return _variable(written.name.value, value, variables)
    if isinstance(written, VariableNode) and isinstance(bare, GraphQLList):
        raise _NoRecipe
    if isinstance(written, ObjectValueNode) and isinstance(bare, GraphQLInputObjectType):
        return _object(written, bare, value, variables)
    raise _NoRecipe


def _variable(name: str, value: Any, variables: Mapping[str, Any]) -> Make:
    # Seen at work: what was converted is the very value.
    if value is None or value is not variables.get(name):
        raise _NoRecipe

    def make(values: Mapping[str, Any]) -> Any:
        found = values.get(name)
        if found is None:
            raise _NotCovered
        return found

    return make


def _object(written: ObjectValueNode, kind: GraphQLInputObjectType, value: Any, variables: Mapping[str, Any]) -> Make:
    """Make input objects like the first one: of its class, with its attributes, and the variables' values in theirs."""
    definition = kind.extensions.get("strawberry-definition")
    cls = value.__class__
    if definition is None or definition.origin is not cls or definition.from_input is not None:
        raise _NoRecipe
    given = {node.name.value: node.value for node in written.fields}
    attributes = {name: getattr(value, name) for name in cls.__dataclass_fields__}
    varying = []
    for name, field in kind.fields.items():
        python_name = field.extensions["strawberry-definition"].python_name
        inner = given.get(name)
        if inner is not None and _has_variables(inner):
            varying.append((python_name, _of_variables(inner, field.type, attributes.pop(python_name), variables)))
    if not all(isinstance(each, _UNCHANGEABLE) for each in attributes.values()):
        raise _NoRecipe
    return lambda values: cls(**attributes, **{name: make(values) for name, make in varying})


def _has_variables(written: Node) -> bool:
    found = _Variables()
    visit(written, found)
    return found.any


class _Variables(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.any = False

    def enter_variable(self, *_: object) -> VisitorAction:
        self.any = True
        return BREAK

    def enter_selection_set(self, *_: object) -> VisitorAction:
        return SKIP
