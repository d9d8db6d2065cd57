"""Valid operations made up at random over any schema."""

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

_SAMPLES: dict[str, tuple[Any, ...]] = {
    "Int": (0, 1, 3, -7),
    "Float": (0.5, 2),
    "Boolean": (True, False),
    "Date": ("2026-03-04",),
    "DateTime": ("2026-03-04T12:00:00+08:00",),
    "Decimal": ("1.50",),
}


class Name(str):
    """An enum value: written without quotes in a document."""

    __slots__ = ()


@dataclass
class Maker:
    """Makes one operation and the values of its variables."""

    schema: GraphQLSchema
    random: Random
    fields_left: int = 60
    declared: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)
    aliases: int = 0

    def operation(self, kind: str) -> str:
        root = self.schema.query_type if kind == "query" else self.schema.mutation_type
        assert root is not None
        selection = self.selection(root, 0)
        declared = f"({', '.join(self.declared)})" if self.declared else ""
        return "\n".join([f"{kind} Made{declared} {selection}", *self.fragments])

    def selection(self, parent: Any, depth: int) -> str:
        chosen = [self.selected(parent, depth) for _ in range(self.random.randint(1, 5))]
        return "{ " + " ".join(chosen) + " }"

    def selected(self, parent: Any, depth: int) -> str:
        roll = self.random.random()
        if roll < 0.2 and depth < 6:
            return self.fragment(parent, depth)
        if roll < 0.25 or isinstance(parent, GraphQLUnionType):
            return f"__typename {self.directive()}"
        return self.field(parent, depth)

    def field(self, parent: Any, depth: int) -> str:
        names = list(parent.fields)
        name = self.random.choice(names)
        if depth >= 5 or self.fields_left <= 0:
            name = next((each for each in names if is_leaf_type(get_named_type(parent.fields[each].type))), name)
        self.fields_left -= 1
        definition = parent.fields[name]
        arguments = self.arguments(definition)
        alias = ""
        if arguments or self.random.random() < 0.2:
            self.aliases += 1
            alias = f"a{self.aliases}: "
        below = "" if is_leaf_type(get_named_type(definition.type)) else self.below(definition.type, depth)
        return f"{alias}{name}{arguments} {self.directive()} {below}"

    def below(self, kind: Any, depth: int) -> str:
        return "{ __typename }" if depth >= 8 else self.selection(get_named_type(kind), depth + 1)

    def fragment(self, parent: Any, depth: int) -> str:
        possible = self.schema.get_possible_types(parent) if is_abstract_type(parent) else [parent]
        # A wider condition on a narrower parent is allowed too.
        wider = list(parent.interfaces) if isinstance(parent, GraphQLObjectType) else []
        condition = self.random.choice([*possible, parent, *wider])
        selection = self.selection(condition, depth + 1)
        if self.random.random() < 0.4:
            return f"... on {condition.name} {self.directive()} {selection}"
        name = f"F{len(self.fragments)}"
        self.fragments.append(f"fragment {name} on {condition.name} {selection}")
        twice = f" ...{name}" if self.random.random() < 0.3 else ""
        return f"...{name} {self.directive()}{twice}"

    def directive(self) -> str:
        if self.random.random() > 0.15:
            return ""
        given = self.random.choice(["true", "false", None])
        if given is None:
            given = self.variable("Boolean!", self.random.random() < 0.5)
        return f"@{self.random.choice(['skip', 'include'])}(if: {given})"

    def arguments(self, definition: Any) -> str:
        given = []
        for name, argument in definition.args.items():
            optional = not isinstance(argument.type, GraphQLNonNull) or argument.default is not None
            if optional and self.random.random() < 0.4:
                continue
            given.append(f"{name}: {self.argument(argument.type)}")
        return f"({', '.join(given)})" if given else ""

    def argument(self, kind: Any) -> str:
        if self.random.random() < 0.5:
            return literal(self.value(kind))
        return self.variable(str(kind), self.value(kind), absent=not isinstance(kind, GraphQLNonNull))

    def variable(self, kind: str, value: Any, *, absent: bool = False) -> str:
        name = f"v{len(self.declared)}"
        default = f" = {literal(value)}" if self.random.random() < 0.3 and value is not None else ""
        self.declared.append(f"${name}: {kind}{default}")
        if not (default or absent) or self.random.random() < 0.6:
            self.values[name] = plain(value)
            # Now and then one that does not fit: the whole operation is refused.
            if self.random.random() < 0.02:
                self.values[name] = {"unfit": True}
        return f"${name}"

    def value(self, kind: Any) -> Any:
        if isinstance(kind, GraphQLNonNull):
            return self.present(kind.of_type)
        return None if self.random.random() < 0.1 else self.present(kind)

    def present(self, kind: Any) -> Any:
        if isinstance(kind, GraphQLList):
            return [self.value(kind.of_type) for _ in range(self.random.randint(0, 2))]
        if isinstance(kind, GraphQLEnumType):
            return Name(self.random.choice(list(kind.values)))
        if isinstance(kind, GraphQLInputObjectType):
            return self.input(kind)
        return self.random.choice(_SAMPLES.get(kind.name, ("text", '文字 "q"', "")))

    def input(self, kind: GraphQLInputObjectType) -> dict[str, Any]:
        if kind.is_one_of or kind.name.endswith("By"):
            name = self.random.choice(list(kind.fields))
            return {name: self.present(get_named_type(kind.fields[name].type))}
        needed = {
            name: each
            for name, each in kind.fields.items()
            if isinstance(each.type, GraphQLNonNull) or self.random.random() < 0.5
        }
        return {name: self.value(each.type) for name, each in needed.items()}


def literal(value: Any) -> str:
    """Write a value as a document does."""
    if isinstance(value, Name):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {literal(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(literal(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def plain(value: Any) -> Any:
    """Write a value as JSON variables do."""
    return json.loads(json.dumps(value))


def made_up(schema: GraphQLSchema, seed: int, kind: str = "query") -> tuple[str, dict[str, Any]]:
    """Make the operation of a seed, and its variables."""
    maker = Maker(schema, Random(seed))  # noqa: S311 # made up, not secret
    return maker.operation(kind), maker.values
