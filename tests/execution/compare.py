"""Runs an operation both ways and compares."""

import inspect
import json
from typing import Any

from graphql import ExecutionResult, GraphQLSchema, OperationDefinitionNode, execute, parse, validate

from app.execution.plan import compile_operation, conditions_of


def told(result: ExecutionResult) -> dict[str, Any]:
    """What a client sees, order of keys included; errors sorted, since which comes first is a matter of timing."""
    errors = [
        {**error.formatted, "cause": type(error.original_error).__name__, "nodes": len(error.nodes or ())}
        for error in result.errors or ()
    ]
    errors = sorted(errors, key=lambda error: json.dumps(error, sort_keys=True, default=str))
    return {"data": json.dumps(result.data, default=repr), "errors": errors}


def agree(mine: dict[str, Any], core: dict[str, Any]) -> None:
    """Assert the same data, and for every null the same errors.

    Where null came up from below, several fields may have asked for it, and which of them failed before the others
    were given up is a matter of timing: there, both must tell of one at least. A field's own null has its own error.
    """
    assert mine["data"] == core["data"]
    my_errors, core_errors = _by_null(mine), _by_null(core)
    assert my_errors.keys() == core_errors.keys()
    for place, errors in my_errors.items():
        from_below = any(error.get("path", []) != list(place) for error in errors + core_errors[place])
        assert from_below or errors == core_errors[place]


def _by_null(result: dict[str, Any]) -> dict[tuple[Any, ...], list[Any]]:
    """Sort errors by the place of the answer that is null because of them."""
    found: dict[tuple[Any, ...], list[Any]] = {}
    for error in result["errors"]:
        value, place = json.loads(result["data"]), []
        for key in error.get("path", []):
            if value is None:
                break
            value = value[key]
            place.append(key)
        found.setdefault(tuple(place), []).append(error)
    return found


async def by_graphql_core(
    schema: GraphQLSchema, text: str, variables: dict[str, Any] | None, context: Any, root: Any = None
) -> ExecutionResult:
    result: Any = execute(schema, parse(text), root, context, variables)
    return await result if inspect.isawaitable(result) else result


async def by_plan(
    schema: GraphQLSchema, text: str, variables: dict[str, Any] | None, context: Any, root: Any = None
) -> ExecutionResult:
    document = parse(text)
    assert validate(schema, document) == []
    operation = next(node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    conditions = conditions_of(document, operation, variables)
    plan = compile_operation(schema, document, operation, conditions)
    if plan is None and not all(isinstance(value, bool) for value in conditions.values()):
        # Left to graphql-core, which knows what to say of it.
        return await by_graphql_core(schema, text, variables, context, root)
    assert plan is not None
    return await plan.execute(context, variables, root)


async def same(
    schema: GraphQLSchema, text: str, variables: dict[str, Any] | None = None, make: Any = dict, root: Any = None
) -> dict[str, Any]:
    """Assert that both ways agree, and tell what came out. `make` makes a fresh context."""
    expected = told(await by_graphql_core(schema, text, variables, make(), root))
    agree(told(await by_plan(schema, text, variables, make(), root)), expected)
    return {**expected, "data": json.loads(expected["data"])}
