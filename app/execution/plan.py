"""Compiles operations, runs them, and remembers what was compiled."""

from collections.abc import Mapping
from types import CoroutineType
from typing import Any

from cachetools import LRUCache
from graphql import (
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    Visitor,
    assert_valid_schema,
    get_variable_values,
    visit,
)
from graphql.execution.values import VariableValues

from app.execution.body import Bodies
from app.execution.completing import Complete
from app.execution.run import Run
from app.execution.selection import Operation, UnsupportedError

_KEPT = 1000
# Longer ones are run by graphql-core: plans take memory in proportion to the text.
_LONGEST = 16 * 1024
# graphql-core's own, for execute().
_MOST_COERCION_ERRORS = 50


class Plan:
    """A compiled operation."""

    def __init__(self, operation: Operation, body: Complete) -> None:
        """Take the operation and what runs its root."""
        self._operation = operation
        self._body = body
        self._variables = operation.node.variable_definitions

    async def execute(
        self, context: Any, variables: Mapping[str, Any] | None = None, root: Any = None
    ) -> ExecutionResult:
        """Run the operation; `variables` must agree with the conditions that it was compiled for."""
        coerced = self._coerced(variables)
        if isinstance(coerced, list):
            return ExecutionResult(None, coerced)
        run = Run(self._operation, context, root, coerced)
        try:
            data = self._body(run, root, None)
            if data.__class__ is CoroutineType:
                data = await data
            await run.arrivals()
            if None in run.nulled:
                data = None
        except GraphQLError as error:
            run.add(error, None)
            data = None
        finally:
            run.end()
        return ExecutionResult(data, run.errors or None)

    def _coerced(self, variables: Mapping[str, Any] | None) -> VariableValues | list[GraphQLError]:
        if not self._variables:
            return VariableValues({}, {})
        given = dict(variables or {})
        return get_variable_values(self._operation.schema, self._variables, given, _MOST_COERCION_ERRORS)


def compile_operation(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    conditions: Mapping[str, object],
) -> Plan | None:
    """Compile an operation of a validated document; None when it has something that is left to graphql-core.

    `conditions` are the values of the variables that stand in @skip and @include, as coerced (see conditions_of).
    """
    assert_valid_schema(schema)
    known = {name: value for name, value in conditions.items() if isinstance(value, bool)}
    if len(known) < len(conditions):
        return None
    try:
        compiled = Operation(schema, document, operation, known)
        fields = compiled.root_fields()
        body = Bodies(compiled).root(fields, serially=operation.operation is OperationType.MUTATION)
    except (UnsupportedError, GraphQLError, RecursionError):
        return None
    return Plan(compiled, body)


def conditions_of(
    document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any] | None
) -> dict[str, object]:
    """Give the values of the variables that stand in @skip and @include anywhere in the document, or their defaults."""
    return _values(_condition_defaults(document, operation), variables)


class PlanCache:
    """Plans by document, operation name and the values of conditions; also what could not be compiled."""

    def __init__(self, schema: GraphQLSchema, kept: int = _KEPT) -> None:
        """Take the schema, and how many plans to keep."""
        self._schema = schema
        self._plans: LRUCache[tuple[object, ...], Plan | None] = LRUCache(kept)
        self._conditions: LRUCache[tuple[str, str | None], dict[str, object]] = LRUCache(kept)

    def get(
        self,
        text: str,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any] | None = None,
    ) -> Plan | None:
        """Return the plan, compiled if need be; None: have graphql-core run it."""
        if len(text) > _LONGEST:
            return None
        key = (text, operation.name.value if operation.name else None)
        defaults = self._conditions.get(key)
        if defaults is None:
            defaults = self._conditions[key] = _condition_defaults(document, operation)
        conditions = _values(defaults, variables)
        if not all(isinstance(value, bool) for value in conditions.values()):
            return None
        full_key = (*key, *conditions.values())
        try:
            return self._plans[full_key]
        except KeyError:
            plan = self._plans[full_key] = compile_operation(self._schema, document, operation, conditions)
            return plan


def _values(defaults: Mapping[str, object], variables: Mapping[str, Any] | None) -> dict[str, object]:
    given = variables or {}
    return {name: given.get(name, default) for name, default in defaults.items()}


def _condition_defaults(document: DocumentNode, operation: OperationDefinitionNode) -> dict[str, object]:
    found = _Conditions()
    visit(document, found)
    literals = {node.variable.name.value: node.default_value for node in operation.variable_definitions or ()}
    # Fragments may belong to other operations of the document, whose variables this one does not have.
    return {
        name: literal.value if isinstance(literal := literals[name], BooleanValueNode) else None
        for name in sorted(found.names & literals.keys())
    }


class _Conditions(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        for argument in node.arguments or ():
            if node.name.value in {"skip", "include"} and isinstance(argument.value, VariableNode):
                self.names.add(argument.value.name.value)
