"""Makes schema types of records: fields and descriptions come from the record, so that each is written once."""

import dataclasses
import inspect
import types
import typing
from collections.abc import Callable
from enum import Enum
from typing import Annotated, Any, TypeVar, Union, dataclass_transform

import strawberry
from typing_extensions import Doc

from connectors.records.base import DocumentedEnum, Internal
from resolvers.access_control.scopes import Personal
from schema.access_control.guards import PERSONAL, Whose, masked, type_check
from schema.cost import Cost, costing

T = TypeVar("T")
E = TypeVar("E", bound=DocumentedEnum)

_TYPE_OF_RECORD: dict[type, Any] = {}
_ENUMS: set[type[Enum]] = set()


@dataclass_transform(kw_only_default=True)
def graph_type(
    record: type, whose: Whose, *, kind_of: Callable[[Any], bool] | None = None
) -> Callable[[type[T]], type[T]]:
    """Make the class, which inherits the record, the record's public type.

    `whose` says whose data it is, and so who may see it. Fields that the class names itself (relations, ids) stay as
    they are; internal ones are left out. `kind_of` tells types of the same record apart. Raises TypeError for a record
    field that is neither documented nor internal.
    """

    def make(cls: type[T]) -> type[T]:
        _declare(cls, record)
        cls.is_type_of = classmethod(type_check(record, whose, kind_of))  # type: ignore[attr-defined]  # strawberry's name for it
        cls.whose = whose  # type: ignore[attr-defined]  # for those who walk the schema
        for interface in filter(None, (base.__dict__.get(_SHOWN) for base in cls.__mro__)):
            interface.add(record, kind_of, cls.__name__)
        made: type[T] = strawberry.type(cls, description=_sentence(cls if cls.__doc__ else record))
        if kind_of is None:
            _TYPE_OF_RECORD[record] = made
        return made

    return make


# What strawberry calls the attribute of an interface that picks the type for an object.
_SHOWN = "resolve_type"


class _Implementations:
    """The types of an interface by the records that they show: to ask them all costs more than all else of a row."""

    def __init__(self) -> None:
        self._known: dict[type, list[tuple[Callable[[Any], bool] | None, str]]] = {}

    def add(self, record: type, kind_of: Callable[[Any], bool] | None, name: str) -> None:
        self._known.setdefault(record, []).append((kind_of, name))

    def __call__(self, value: object, _info: object, _interface: object) -> str | None:
        for kind_of, name in self._known.get(value.__class__, ()):
            if kind_of is None or kind_of(value):
                return name
        return None


def graph_interface(record: type) -> Callable[[type[T]], type[T]]:
    """Make the class, which inherits the record, an interface."""

    def make(cls: type[T]) -> type[T]:
        _declare(cls, record)
        setattr(cls, _SHOWN, _Implementations())
        made: type[T] = strawberry.interface(cls, description=_sentence(cls))
        return made

    return make


def graph_input(record: type) -> Callable[[type[T]], type[T]]:
    """Make the class, which inherits the record, an input type."""

    def make(cls: type[T]) -> type[T]:
        _declare(cls, record)
        made: type[T] = strawberry.input(cls, description=_sentence(record))
        return made

    return make


def graph_enum(enum: type[E]) -> type[E]:
    """Make the documented enum public, once."""
    if enum not in _ENUMS:
        _ENUMS.add(enum)
        strawberry.enum(enum, description=_sentence(enum))
        definition = enum.__strawberry_definition__  # type: ignore[attr-defined]  # put there by the line above
        for value in definition.values:
            value.description = enum[value.name].description
    return enum


def relation(
    resolver: Callable[..., Any],
    kind: Any,
    description: str,
    *,
    cost: Cost | None = None,
    personal: Personal | None = None,
    deprecated: str | None = None,
) -> Any:
    """Make a field that a resolver answers; `kind` is its public type, whatever record the resolver returns.

    `cost` says what it needs of hospitals; `personal` that it tells who somebody is, and so who sees it masked;
    `deprecated` what to ask instead.
    """
    metadata: dict[str, Any] = {}
    if cost is not None:
        metadata |= costing(cost)
    if personal is not None:
        resolver = masked(resolver, personal)
        metadata[PERSONAL] = personal
    return strawberry.field(
        resolver=resolver,
        graphql_type=kind,
        description=description,
        metadata=metadata,
        deprecation_reason=deprecated,
    )


def type_in(module: str, name: str) -> Any:
    """Refer to a public type of a module that imports this one: the types of a graph lead in circles."""
    return Annotated[name, strawberry.lazy(module)]


def list_in(module: str, name: str) -> Any:
    """Refer to a list of such a type, each of them there."""
    return list[type_in(module, name)]  # type: ignore[misc]  # built at run time


def public(annotation: Any) -> Any:
    """Replace records in an annotation by their schema types, and make its enums public."""
    if isinstance(annotation, type) and issubclass(annotation, DocumentedEnum):
        return graph_enum(annotation)
    if annotation in _TYPE_OF_RECORD:
        return _TYPE_OF_RECORD[annotation]
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is list:
        return list[public(arguments[0])]  # type: ignore[misc]  # built at run time
    if origin in {Union, types.UnionType}:
        return Union[tuple(public(argument) for argument in arguments)]  # noqa: UP007 # built at run time
    if dataclasses.is_dataclass(annotation):
        raise TypeError(f"{annotation} has no schema type yet")
    return annotation


def _declare(cls: type, record: type) -> None:
    own = inspect.get_annotations(cls)
    declared: dict[str, Any] = {}
    for field in dataclasses.fields(record):
        if field.name in own or field.name in cls.__dict__:
            continue
        annotation = typing.get_type_hints(record, include_extras=True)[field.name]
        declared[field.name] = _declaration(cls, record, field, annotation)
    cls.__annotations__ = {**declared, **own}


def _declaration(cls: type, record: type, field: "dataclasses.Field[Any]", annotation: Any) -> Any:
    metadata = typing.get_args(annotation)[1:] if typing.get_origin(annotation) is Annotated else ()
    bare = typing.get_args(annotation)[0] if metadata else annotation
    if any(isinstance(mark, Internal) for mark in metadata):
        return strawberry.Private[bare]  # type: ignore[misc, valid-type]  # built at run time
    documentation = next((mark.documentation for mark in metadata if isinstance(mark, Doc)), None)
    if documentation is None:
        raise TypeError(f"{record.__name__}.{field.name} is neither documented nor internal")
    defaults: dict[str, Any] = {}
    if field.default is not dataclasses.MISSING:
        defaults["default"] = field.default
    if field.default_factory is not dataclasses.MISSING:
        defaults["default_factory"] = field.default_factory
    setattr(cls, field.name, strawberry.field(description=documentation, **defaults))
    return public(bare)


def _sentence(documented: type) -> str:
    """Return the first paragraph of the docstring as one line."""
    return " ".join((documented.__doc__ or "").strip().split("\n\n")[0].split())
