"""How a field gets its value: an attribute, a resolver called straight, or the schema's own `resolve`."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from inspect import iscoroutinefunction
from keyword import iskeyword
from typing import Any, TypeAlias

from graphql import GraphQLSchema, default_field_resolver
from graphql.execution.values import get_argument_values
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UnsetType

from app.execution.run import ResolveInfo, Run, Trail
from app.execution.selection import Field

Resolve: TypeAlias = Callable[[Run, Any, Trail], Any]


def attribute(field: Field) -> str | None:
    """Name the attribute that the field is, None when it is resolved by more than reading one."""
    definition = _strawberry(field)
    # The name of the resolver that strawberry makes for such fields: one that something has wrapped has another.
    plain = getattr(field.definition.resolve, "__name__", "") == "_get_basic_result"
    if definition is None or not plain or definition.default_resolver is not getattr:
        return None
    name = definition.python_name
    return name if name.isidentifier() and not iskeyword(name) else None


def resolver(field: Field, schema: GraphQLSchema) -> Resolve:
    """Make what calls the field's resolver."""
    name = attribute(field)
    if name is not None:
        return lambda _run, source, _trail: getattr(source, name)
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

    def call(run: Run, source: Any, trail: Trail) -> Any:
        return resolve(source, ResolveInfo(run, field, trail), **_arguments(run, field))  # type: ignore[arg-type]  # has what is read of it

    return call


def _arguments(run: Run, field: Field) -> Mapping[str, Any]:
    """Coerce the field's arguments, once per run; resolvers get strawberry's own copies."""
    if not field.definition.args:
        return {}
    known = run.arguments.get(field)
    if known is None:
        known = run.arguments[field] = get_argument_values(field.definition, field.nodes[0], run.variables)
    return known


def _straight(field: Field, definition: StrawberryField, schema: Any) -> Resolve:
    base = definition.base_resolver
    assert base is not None  # noqa: S101 # _callable_straight has seen it
    given = ["source"] if base.self_parameter else []
    given += [f"{each.name}=source" for each in (base.parent_parameter, base.root_parameter) if each is not None]
    if base.info_parameter is not None:
        given.append(f"{base.info_parameter.name}=Info(_raw_info=ResolveInfo(run, field, trail), _field=definition)")
    names = {"function": base.wrapped_func, "Info": schema.config.info_class, "ResolveInfo": ResolveInfo}
    names |= {"field": field, "definition": definition, "_arguments": _arguments}
    if not definition.arguments:
        return _lambda(f"function({', '.join(given)})", names)
    names["converted"] = _converter(field, definition, schema)
    given.append("**converted(run, trail, arguments)")
    call = _lambda(f"function({', '.join(given)})", names, "run, source, trail, arguments")
    if not definition.is_async:
        return lambda run, source, trail: call(run, source, trail, _arguments(run, field))

    async def later(run: Run, source: Any, trail: Trail, arguments: Mapping[str, Any]) -> Any:
        return await call(run, source, trail, arguments)

    # Coercing is graphql-core's part and comes at once; converting is strawberry's and comes inside the coroutine.
    return lambda run, source, trail: later(run, source, trail, _arguments(run, field))


def _lambda(body: str, names: dict[str, Any], parameters: str = "run, source, trail") -> Callable[..., Any]:
    made: Callable[..., Any] = eval(f"lambda {parameters}: {body}", names)  # noqa: S307 # of names that are Python's
    return made


def _converter(
    field: Field, definition: StrawberryField, schema: Any
) -> Callable[[Run, Trail, Mapping[str, Any]], Mapping[str, Any]]:
    """Make what turns coerced arguments into what resolvers take, once per run where nothing of it can be changed."""
    make_info, config = schema.config.info_class, schema.config
    scalars = schema.schema_converter.scalar_registry

    def convert(run: Run, trail: Trail, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        known = run.converted.get(field)
        if known is None:
            info = make_info(_raw_info=ResolveInfo(run, field, trail), _field=definition)
            known = convert_arguments(dict(arguments), definition.arguments, scalars, config, info)
            if all(isinstance(value, _UNCHANGEABLE) for value in known.values()):
                run.converted[field] = known
        return known

    return convert


# One object for all calls of a run would otherwise let one resolver change what another is given.
_UNCHANGEABLE = (str, int, float, Decimal, dt.date, Enum, UnsetType, type(None))
