"""How a field gets its value: an attribute, a resolver called straight, or the schema's own `resolve`."""

from collections.abc import Callable
from inspect import iscoroutinefunction
from keyword import iskeyword
from types import CoroutineType
from typing import Any, TypeAlias

from graphql import GraphQLSchema, OperationType, default_field_resolver
from strawberry.types.field import StrawberryField

from app.execution.arguments import Arguments, coerced
from app.execution.run import ResolveInfo, Run, Spot, Unusual
from app.execution.selection import Field, Operation

Resolve: TypeAlias = Callable[[Run, Any, Spot], Any]


def attribute(field: Field) -> str | None:
    """Name the attribute that the field is, None when it is resolved by more than reading one."""
    definition = _strawberry(field)
    # The name of the resolver that strawberry makes for such fields: one that something has wrapped has another.
    plain = getattr(field.definition.resolve, "__name__", "") == "_get_basic_result"
    if definition is None or not plain or definition.default_resolver is not getattr:
        return None
    name = definition.python_name
    return name if name.isidentifier() and not iskeyword(name) else None


def may_wait(field: Field) -> bool:
    """Tell whether the field's resolver is one that may have to wait."""
    definition = _strawberry(field)
    return definition.is_async if definition is not None else iscoroutinefunction(field.definition.resolve)


def resolver(field: Field, schema: GraphQLSchema) -> Resolve:
    """Make what calls the field's resolver."""
    name = attribute(field)
    if name is not None:
        return lambda _run, source, _spot: getattr(source, name)
    definition = _strawberry(field)
    strawberry_schema = getattr(schema, "_strawberry_schema", None)
    if definition is None or strawberry_schema is None or not _callable_straight(field, definition, strawberry_schema):
        return _whole(field)
    return _straight(field, definition, strawberry_schema)


def _strawberry(field: Field) -> StrawberryField | None:
    definition = field.definition.extensions.get("strawberry-definition")
    known = isinstance(definition, StrawberryField) and type(definition).get_result is StrawberryField.get_result
    return definition if known else None


def _callable_straight(field: Field, definition: StrawberryField, schema: Any) -> bool:
    """Tell whether strawberry's wrapper would do nothing but pass arguments: no extensions, no error handlers."""
    base = definition.base_resolver
    if base is None or definition.extensions or schema.schema_converter._exception_handler_specs:  # noqa: SLF001 # strawberry has no public name for it
        return False
    wrapper = getattr(field.definition.resolve, "__name__", "")
    if definition.is_async:
        return wrapper == "_async_resolver" and iscoroutinefunction(base.wrapped_func)
    return wrapper == "_resolver" and callable(base.wrapped_func)


def _whole(field: Field) -> Resolve:
    resolve = field.definition.resolve or default_field_resolver

    def call(run: Run, source: Any, spot: Spot) -> Any:
        return resolve(source, ResolveInfo(run, field, spot), **coerced(run, field))  # type: ignore[arg-type]  # has what is read of it

    return call


def plain_resolver(field: Field, operation: Operation) -> Callable[[Any, Run], Any] | None:
    """Make `(source, run)` of a resolver that only reads: one without arguments that cannot wait. None for others.

    It is given an info that has no place; one that asks for its place is called again with care.
    """
    definition, schema = _strawberry(field), getattr(operation.schema, "_strawberry_schema", None)
    if definition is None or schema is None or definition.is_async or definition.arguments:
        return None
    writes = operation.node.operation is OperationType.MUTATION and field.parent is operation.root
    if writes or not _callable_straight(field, definition, schema):
        return None
    body, names = _call(field, definition, schema, "(run.plain_infos.get(field) or run.plain_info(field))")
    names |= {"Coroutine": CoroutineType, "unusual": _unusual}
    return _lambda(f"value if (value := {body}).__class__ is not Coroutine else unusual(value)", names, "source, run")


def _unusual(begun: Any) -> None:
    begun.close()
    raise Unusual


def _straight(field: Field, definition: StrawberryField, schema: Any) -> Resolve:
    body, names = _call(field, definition, schema, "Info(_raw_info=ResolveInfo(run, field, spot), _field=definition)")
    if not definition.arguments:
        return _lambda(body, names, "run, source, spot")
    given = Arguments(field, definition, schema)
    call = _lambda(f"{body[:-1]}, **arguments)", names, "run, source, spot, arguments")
    if not definition.is_async:
        return lambda run, source, spot: call(run, source, spot, given.of(run, spot))

    async def later(run: Run, source: Any, spot: Spot) -> Any:
        return await call(run, source, spot, given.with_care(run, spot))

    def begin(run: Run, source: Any, spot: Spot) -> Any:
        made = given.by_recipe(run)
        if made is not None:
            return call(run, source, spot, made)
        # Coercing is graphql-core's part and comes at once; converting is strawberry's and comes inside the coroutine.
        coerced(run, field)
        return later(run, source, spot)

    return begin


def _call(field: Field, definition: StrawberryField, schema: Any, info: str) -> tuple[str, dict[str, Any]]:
    """Write the call of the resolver, and what its names stand for."""
    base = definition.base_resolver
    assert base is not None  # noqa: S101 # _callable_straight has seen it
    given = ["source"] if base.self_parameter else []
    given += [f"{each.name}=source" for each in (base.parent_parameter, base.root_parameter) if each is not None]
    if base.info_parameter is not None:
        given.append(f"{base.info_parameter.name}={info}")
    names = {"function": base.wrapped_func, "Info": schema.config.info_class, "ResolveInfo": ResolveInfo}
    return f"function({', '.join(given)})", names | {"field": field, "definition": definition}


def _lambda(body: str, names: dict[str, Any], parameters: str) -> Callable[..., Any]:
    made: Callable[..., Any] = eval(f"lambda {parameters}: {body}", names)  # noqa: S307 # of names that are Python's
    return made
