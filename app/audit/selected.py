"""Which fields of patient data an operation asks for: worked out once per operation."""

import sys
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_abstract_type,
    visit,
)

from app.endpoint.documents import Document
from app.endpoint.operation_names import kept_name
from resolvers.access_control.scopes import Resource


class Selected:
    """What one operation asks for. `operation` is its name, where that may be kept (operation_names.py)."""

    def __init__(self, operation: str | None, fields: Mapping[str, frozenset[Resource]]) -> None:
        """Take the name, and the fields as schema coordinates such as `Patient.name`, with what they tell of."""
        self.operation = operation
        self._fields = fields
        self._known: dict[frozenset[Resource], tuple[str, ...]] = {}

    def of(self, resources: frozenset[Resource]) -> tuple[str, ...]:
        """List the coordinates of the fields that tell of any of these.

        Fields that a condition left out are listed too: more is on record than was seen, never less.
        """
        known = self._known.get(resources)
        if known is None:
            known = tuple(sorted(name for name, about in self._fields.items() if about & resources))
            self._known[resources] = known
        return known


class Selections:
    """What the operations of valid documents select, remembered."""

    def __init__(self, schema: GraphQLSchema) -> None:
        """Take the schema, whose types say whose data they are."""
        self._schema = schema
        self._resources = _resources(schema)
        # As long as the document is kept.
        self._known: WeakKeyDictionary[Document, dict[str | None, Selected]] = WeakKeyDictionary()

    def of(self, document: Document, operation: OperationDefinitionNode) -> Selected:
        """Return what an operation of the document selects."""
        known = self._known.get(document)
        if known is None:
            known = self._known[document] = {}
        name = operation.name.value if operation.name else None
        selected = known.get(name)
        if selected is None:
            selected = known[name] = self._selected(document.node, operation)
        return selected

    def _selected(self, document: DocumentNode, operation: OperationDefinitionNode) -> Selected:
        fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
        found = _Fields(TypeInfo(self._schema), self._resources)
        waiting: list[Node] = [operation]
        while waiting:
            visit(waiting.pop(), TypeInfoVisitor(found.type_info, found))
            waiting += [fragments.pop(name) for name in found.spread & fragments.keys()]
        return Selected(kept_name(operation), found.fields)


class _Fields(Visitor):
    def __init__(self, type_info: TypeInfo, resources: Mapping[str, frozenset[Resource]]) -> None:
        super().__init__()
        self.type_info = type_info
        self.fields: dict[str, frozenset[Resource]] = {}
        self.spread: set[str] = set()
        self._resources = resources

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent = self.type_info.get_parent_type()
        about = self._resources.get(parent.name) if parent else None
        if parent and about and node.name.value != "__typename":
            # Interned: there are only so many fields, whatever documents come.
            self.fields[sys.intern(f"{parent.name}.{node.name.value}")] = about

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
        self.spread.add(node.name.value)


def _resources(schema: GraphQLSchema) -> dict[str, frozenset[Resource]]:
    """Say for each type of patient data what it tells of; an interface tells of what its types do."""
    found = {name: _declared(kind) for name, kind in schema.type_map.items()}
    for name, kind in schema.type_map.items():
        if is_abstract_type(kind):
            kinds = schema.get_possible_types(kind)
            found[name] = frozenset().union(*(found[get_named_type(each).name] for each in kinds))
    return {name: about for name, about in found.items() if about}


def _declared(kind: Any) -> frozenset[Resource]:
    definition = (kind.extensions or {}).get("strawberry-definition")
    whose = getattr(getattr(definition, "origin", None), "whose", None)
    return frozenset() if whose is None or whose.resource is None else frozenset({whose.resource})
