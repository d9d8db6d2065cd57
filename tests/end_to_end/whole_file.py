"""All that can be read of a hospital, asked by operations made from the schema, and what the answers are made of."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_object_type,
    is_required_argument,
)

from schema.build import core_schema

# Where operations begin: from elsewhere in the graph they are not entered again.
ROOTS = ("Patient", "Card", "Hospital")
VARIABLES = {
    "dailyBill": ("day", "Date!"),
    "schedules": ("bookableDay", "Date!"),
    "checkupReport": ("number", "String!"),
    "registrationTerms": ("sessionId", "ID!"),
}
"""Fields with an argument that must be there, and the variable that gives it."""
_PAGE = "first: 50, hospitals: [$hospital]"
# What has a file of its own: from elsewhere only its name is asked for.
_NEIGHBOURS = {"Hospital": "{ code }", "Department": "{ name }", "Doctor": "{ name }"}
_UNFOLDED = ("Hospital", "departments")
# What a hospital calls its own, or what changes with time: there or not, but never the same.
_OWN = frozenset({"id", "path", "expiresAt", "endCursor", "group", "hospitalReference", "registrationNumber"})


@dataclass(frozen=True)
class Operation:
    """One field of a person, of a card or of a hospital with everything in it; the text is the same for all."""

    root: str
    field: str
    text: str
    variables: frozenset[str]

    def __str__(self) -> str:
        return f"{self.root}.{self.field}"


@dataclass
class Told:
    """What an answer tells, by the path of the fields: the kinds of values there, and the values in their order."""

    kinds: dict[str, set[str]] = field(default_factory=dict)
    values: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, value: Any) -> Self:
        """What the answer of a field tells."""
        found = cls()
        found.add(name, value)
        return found

    def silent_beside(self, other: "Told") -> set[str]:
        """Where it tells nothing and the other does; what lies below such a place is not named again."""
        return _topmost(other.kinds.keys() - self.kinds.keys())

    def unlike(self, other: "Told", in_any_order: Collection[str]) -> set[str]:
        """Where both tell something, and not the same; below some places it may be in another order, or bundled."""
        return {
            path
            for path in self.values.keys() & other.values.keys()
            if _comparable(path) and not _same(self.values[path], other.values[path], _lies(path, in_any_order))
        }

    def add(self, path: str, value: Any) -> None:
        """Take in a part of an answer; null and an empty list tell nothing."""
        if isinstance(value, list):
            if value:
                self._note(path, "list", len(value))
            for each in value:
                self.add(path, each)
        elif isinstance(value, Mapping):
            self.kinds.setdefault(path, set()).add("object")
            for name, part in _named(value):
                self.add(f"{path}.{name}", part)
        elif value is not None:
            self._note(path, type(value).__name__, value)

    def _note(self, path: str, kind: str, value: Any) -> None:
        self.kinds.setdefault(path, set()).add(kind)
        self.values.setdefault(path, []).append(value)


def operations(left_out: frozenset[str]) -> list[Operation]:
    """An operation for each field of the roots; `left_out` are fields, as Type.field, that are not asked for."""
    found = []
    for root in ROOTS:
        for name, definition in _object(root).fields.items():
            if root == "Patient" and "hospitals" not in definition.args:
                continue
            writer = _Writer(left_out, unfolds=(root, name) == _UNFOLDED)
            selection = writer.field(root, name, definition, (root,))
            if selection is not None:
                found.append(_operation(root, name, selection, writer.used))
    return found


def _operation(root: str, name: str, selection: str, used: set[str]) -> Operation:
    kinds = dict(VARIABLES.values())
    declared = "".join(f", ${variable}: {kinds[variable]}" for variable in sorted(used))
    if root == "Hospital":
        text = f"query($hospital: ID!{declared}) {{ hospital(id: $hospital) {{ {selection} }} }}"
    elif root == "Card":
        text = f"query($card: ID!{declared}) {{ node(id: $card) {{ ... on Card {{ {selection} }} }} }}"
    else:
        paged = selection.replace(name, f"{name}({_PAGE})", 1)
        text = f"query($hospital: ID!{declared}) {{ viewer {{ patients {{ {paged} }} }} }}"
    return Operation(root, name, text, frozenset(used))


class _Writer:
    """Writes selections, and remembers which variables they use."""

    def __init__(self, left_out: frozenset[str], *, unfolds: bool) -> None:
        """Take what is not asked for, and whether departments and doctors are unfolded here."""
        self._left_out = left_out
        self._unfolds = unfolds
        self.used: set[str] = set()

    def field(self, owner: str, name: str, definition: GraphQLField, above: tuple[str, ...]) -> str | None:
        """A field with all below it; None for one that is left out or leads back to where it came from."""
        target = get_named_type(definition.type)
        if f"{owner}.{name}" in self._left_out or definition.deprecation_reason or target.name in above:
            return None
        needed = [argument for argument, kind in definition.args.items() if is_required_argument(kind)]
        selection = self._below(target, above)
        if selection is None or (needed and name not in VARIABLES):
            return None
        if not needed:
            return f"{name} {selection}".rstrip()
        self.used.add(VARIABLES[name][0])
        return f"{name}({needed[0]}: ${VARIABLES[name][0]}) {selection}".rstrip()

    def _below(self, target: Any, above: tuple[str, ...]) -> str | None:
        if is_leaf_type(target):
            return ""
        if target.name in _NEIGHBOURS and not (self._unfolds and target.name != "Hospital"):
            return _NEIGHBOURS[target.name]
        if target.name in ROOTS:
            return None
        above = (*above, target.name)
        parts = list(self._fields(target, above))
        if is_abstract_type(target):
            parts = ["__typename", *parts, *self._kinds(target, above)]
        return f"{{ {' '.join(parts)} }}" if parts else None

    def _fields(self, target: Any, above: tuple[str, ...], known: frozenset[str] = frozenset()) -> Iterator[str]:
        for name, definition in target.fields.items():
            written = None if name in known else self.field(target.name, name, definition, above)
            if written is not None:
                yield written

    def _kinds(self, target: Any, above: tuple[str, ...]) -> Iterator[str]:
        """What the kinds of an interface have beyond it."""
        for kind in core_schema.get_possible_types(target):
            own = list(self._fields(kind, (*above, kind.name), frozenset(target.fields)))
            if own:
                yield f"... on {kind.name} {{ {' '.join(own)} }}"


def _named(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The parts of an object; those of a connection's nodes stand for the connection, those of a kind name it."""
    kind = value.get("__typename")
    for name, part in value.items():
        if name == "__typename" or name in {"pageInfo", "totalCount"}:
            continue
        yield (f"{kind}.{name}" if kind else name), part


def _topmost(paths: Collection[str]) -> set[str]:
    return {path for path in paths if not any(path.startswith(f"{other}.") for other in paths)}


def _comparable(path: str) -> bool:
    """Whether the same thing has the same value there at all hospitals."""
    return path.rpartition(".")[2] not in _OWN and not path.endswith("hospital.code")


def _lies(path: str, places: Collection[str]) -> bool:
    return any(path == place or path.startswith(f"{place}.") for place in places)


def _same(one: list[Any], other: list[Any], in_any_order: bool) -> bool:
    if not in_any_order:
        return one == other
    # How many there are is the number of another way to bundle them, and not theirs.
    return {str(each) for each in one} == {str(each) for each in other}


def _object(name: str) -> GraphQLObjectType:
    found = core_schema.type_map[name]
    assert is_object_type(found), name
    return found
