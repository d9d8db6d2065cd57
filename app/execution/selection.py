"""What an operation selects: its fields, merged and in response order, with fragments and conditions worked in."""

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    Visitor,
    visit,
)
from graphql.execution.collect_fields import FieldDetailsList, FragmentDetails, collect_fields, collect_subfields
from graphql.execution.values import VariableValues

_CONDITIONS = {"skip", "include"}


class UnsupportedError(Exception):
    """The operation has something that is not compiled."""


@dataclass(slots=True, eq=False)
class Field:
    """A response key of an object: the field it stands for, with all the nodes that ask for it."""

    key: str
    name: str
    parent: GraphQLObjectType
    definition: GraphQLField
    details: FieldDetailsList
    nodes: list[FieldNode]


class Operation:
    """One operation of a valid document, for one set of values of its conditions.

    Raises UnsupportedError for subscriptions, introspection, incremental delivery and directives that change how an
    operation is run. Which fields are selected is graphql-core's own code, asked once instead of at every run.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        conditions: Mapping[str, bool],
    ) -> None:
        """Take what is to be run; `conditions` has a value for each variable of a skip or include."""
        root = schema.get_root_type(operation.operation)
        if root is None or operation.operation is OperationType.SUBSCRIPTION or operation.directives:
            raise UnsupportedError("kind of operation")
        fragments = [node for node in document.definitions if isinstance(node, FragmentDefinitionNode)]
        if any(node.variable_definitions for node in fragments):
            raise UnsupportedError("fragment variables")
        visit(document, _OnlyConditions())
        self.schema = schema
        self.node = operation
        self.root = root
        self.fragments = {node.name.value: node for node in fragments}
        self._details = {name: FragmentDetails(node) for name, node in self.fragments.items()}
        self._conditions = VariableValues({}, dict(conditions))
        self._known: dict[tuple[int, GraphQLObjectType], tuple[FieldDetailsList, list[Field]]] = {}

    def root_fields(self) -> list[Field]:
        """List the fields of the root."""
        collected = collect_fields(self.schema, self._details, self._conditions, self.root, self.node)
        return self._fields(self.root, collected.grouped_field_set)

    def fields(self, parent: GraphQLObjectType, details: FieldDetailsList) -> list[Field]:
        """List the fields of an object that the field of these details answers; the same list each time."""
        # By identity, as graphql-core does; the details are kept with their fields, so that an id stays its own.
        key = (id(details), parent)
        if key not in self._known:
            self._known[key] = (details, self._subfields(parent, details))
        return self._known[key][1]

    def _subfields(self, parent: GraphQLObjectType, details: FieldDetailsList) -> list[Field]:
        collected = collect_subfields(self.schema, self._details, self._conditions, self.node, parent, details)
        return self._fields(parent, collected.grouped_field_set)

    def _fields(self, parent: GraphQLObjectType, grouped: Mapping[str, FieldDetailsList]) -> list[Field]:
        found: list[Field] = []
        for key, details in grouped.items():
            name = details[0].node.name.value
            definition = self.schema.get_field(parent, name)
            if name in {"__schema", "__type"} or definition is None:
                raise UnsupportedError(name)
            found.append(Field(key, name, parent, definition, details, [detail.node for detail in details]))
        return found


class _OnlyConditions(Visitor):
    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        if node.name.value not in _CONDITIONS:
            raise UnsupportedError(f"@{node.name.value}")
