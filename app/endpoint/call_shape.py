"""The calls to hospitals that an operation leads to: their shape worked out once, their number for each principal."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
    is_object_type,
)

from app.endpoint.call_count import Calls, Page, Step, at_root, calls_of
from app.endpoint.documents import Document
from resolvers.access_control.reach import Reach
from schema.cost import cost_of

_FIRST = "first"
_KEPT = 64


class CallShape:
    """What of an operation calls hospitals, the pages it asks for, and what was counted before."""

    def __init__(self, steps: tuple[Step, ...], pages: tuple[Page, ...]) -> None:
        """Take the steps at the root, and the pages by the numbers that steps have them by."""
        self._steps = steps
        self._pages = pages
        self._fixed = None if any(page.variable for page in pages) else tuple(page.default for page in pages)
        self._counted: dict[tuple[object, ...], Calls] = {}

    def sizes(self, variables: Mapping[str, Any] | None) -> tuple[int, ...]:
        """Say how many rows each page has at most."""
        return tuple([page.size(variables) for page in self._pages]) if self._fixed is None else self._fixed

    def calls(self, reach: Reach, hospitals: int, sizes: tuple[int, ...]) -> Calls:
        """Count the calls."""
        key = (reach, sizes)
        known = self._counted.get(key)
        if known is None:
            if len(self._counted) >= _KEPT:
                self._counted.clear()
            known = self._counted[key] = calls_of(self._steps, at_root(reach), reach, hospitals, sizes)
        return known


def shape_of(schema: GraphQLSchema, document: Document, operation: OperationDefinitionNode) -> CallShape:
    """Work out the shape of an operation of a valid document."""
    fragments = [node for node in document.node.definitions if isinstance(node, FragmentDefinitionNode)]
    reading = _Reading(schema, operation, {node.name.value: node for node in fragments})
    root = schema.get_root_type(operation.operation)
    steps = reading.steps(root, [operation.selection_set]) if root is not None else ()
    return CallShape(steps, tuple(reading.pages))


class _Reading:
    """Walks an operation as it is executed: fields of one response key together, for each type that an object may have.

    @skip and @include are passed over: a field counts though it may be left out.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._defaults = {node.variable.name.value: node.default_value for node in operation.variable_definitions or ()}
        self.pages: list[Page] = []

    def steps(self, parent: GraphQLObjectType, selections: Iterable[SelectionSetNode]) -> tuple[Step, ...]:
        found: dict[str, list[FieldNode]] = {}
        for selection in selections:
            self._collect(parent, selection, found, set())
        made = (self._step(parent, nodes) for nodes in found.values())
        return tuple(step for step in made if step is not None)

    def _collect(
        self,
        parent: GraphQLObjectType,
        selection: SelectionSetNode,
        found: dict[str, list[FieldNode]],
        spread: set[str],
    ) -> None:
        for node in selection.selections:
            if isinstance(node, FieldNode):
                key = node.alias.value if node.alias else node.name.value
                found.setdefault(key, []).append(node)
                continue
            inner = self._spread(node, spread)
            if inner is not None and self._applies(inner, parent):
                self._collect(parent, inner.selection_set, found, spread)

    def _spread(self, node: object, spread: set[str]) -> InlineFragmentNode | FragmentDefinitionNode | None:
        """Return the fragment that stands there; None for one that was spread here before."""
        if not isinstance(node, FragmentSpreadNode):
            return node if isinstance(node, InlineFragmentNode) else None
        name = node.name.value
        if name in spread:
            return None
        spread.add(name)
        return self._fragments[name]

    def _applies(self, fragment: InlineFragmentNode | FragmentDefinitionNode, parent: GraphQLObjectType) -> bool:
        if fragment.type_condition is None:
            return True
        named = self._schema.get_type(fragment.type_condition.name.value)
        return named is parent or (is_abstract_type(named) and self._schema.is_sub_type(named, parent))

    def _step(self, parent: GraphQLObjectType, nodes: list[FieldNode]) -> Step | None:
        """Make the step of a field; None when neither it nor anything below it calls a hospital."""
        definition = parent.fields.get(nodes[0].name.value)
        if definition is None:
            # About the schema itself.
            return None
        page = self._page(definition, nodes[0])
        inner = [self.steps(kind, _below(nodes)) for kind in self._kinds(definition)]
        choices = tuple(dict.fromkeys(steps for steps in inner if steps))
        cost = cost_of(definition)
        if not (choices or cost.calls or cost.card_calls or cost.holder or page is not None):
            return None
        return Step(cost, page, choices)

    def _kinds(self, definition: GraphQLField) -> Iterable[GraphQLObjectType]:
        kind = get_named_type(definition.type)
        if is_abstract_type(kind):
            return self._schema.get_possible_types(kind)
        return [kind] if is_object_type(kind) else []

    def _page(self, definition: GraphQLField, node: FieldNode) -> int | None:
        """Take note of the page that the field asks for; returns its number."""
        argument = definition.args.get(_FIRST)
        if argument is None:
            return None
        default = argument.default_value if isinstance(argument.default_value, int) else 0
        given = next((each.value for each in node.arguments or () if each.name.value == _FIRST), None)
        if isinstance(given, VariableNode):
            name = given.name.value
            written = self._defaults.get(name)
            page = Page(name, int(written.value) if isinstance(written, IntValueNode) else default)
        else:
            page = Page(None, int(given.value) if isinstance(given, IntValueNode) else default)
        self.pages.append(page)
        return len(self.pages) - 1


def _below(nodes: list[FieldNode]) -> list[SelectionSetNode]:
    return [node.selection_set for node in nodes if node.selection_set]
