"""Where in the graph an interface is: found by following the code from the schema's fields down to the endpoints.

Followed are the names that a function uses: functions of the floors above the connectors, and below them what is asked
of a connection's ports.
"""

import dataclasses
import dis
import types
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import pairwise
from typing import Any, TypeGuard

from graphql import GraphQLObjectType

from connectors.core.claims import interface_of
from connectors.ports import Connection
from resolvers import nodes
from schema.build import core_schema

_ATTRIBUTES = frozenset({"LOAD_ATTR", "LOAD_METHOD"})
_CALLING = frozenset({"PRECALL", "CALL", "CACHE", "KW_NAMES"})
_FLOORS = ("schema.", "resolvers.")
_PORTS = frozenset(field.name for field in dataclasses.fields(Connection))
# What a loader does by itself for any field: who holds the card.
_HOLDERS = ("cards", "holders")


def places(connection: Connection) -> dict[str, list[str]]:
    """Map each interface of a connection to the fields that lead to it, as `Type.field`."""
    found: dict[str, list[str]] = {}
    for place, resolver in _resolvers():
        for port, method in sorted(_asked(resolver)):
            for interface in _endpoints(getattr(connection, port), method):
                if place not in found.setdefault(interface, []):
                    found[interface].append(place)
    for interface in _endpoints(connection.cards, _HOLDERS[1]):
        found.setdefault(interface, []).insert(0, "wherever it must be known who holds a card")
    # Everything with an id is read again by it: worth a word where that is the only way.
    for port, method in sorted(
        _asked(nodes.node, tables=[value for value in vars(nodes).values() if isinstance(value, dict)])
    ):
        for interface in _endpoints(getattr(connection, port), method):
            found.setdefault(interface, ["Query.node"])
    return found


def _resolvers() -> Iterator[tuple[str, Any]]:
    for kind in core_schema.type_map.values():
        if not isinstance(kind, GraphQLObjectType) or kind.name.startswith("__"):
            continue
        for name, field in kind.fields.items():
            definition = field.extensions.get("strawberry-definition")
            if definition is not None and definition.base_resolver is not None:
                yield f"{kind.name}.{name}", definition.base_resolver.wrapped_func


def _asked(resolver: Any, tables: Iterable[Mapping[str, Any]] = ()) -> set[tuple[str, str]]:
    """Name the ports, and what is asked of them, over all functions that a resolver and tables lead to."""
    seen: set[Any] = set()
    waiting, asked = [resolver], set[tuple[str, str]]()
    waiting += (each for table in tables for each in _functions(table.values()))
    while waiting:
        function = waiting.pop()
        if function in seen:
            continue
        seen.add(function)
        codes = list(_codes(function.__code__))
        asked.update(_ports(codes))
        waiting += (each for code in codes for each in _named(code, function.__globals__))
        waiting += _functions([cell.cell_contents for cell in function.__closure__ or ()])
    return asked


def _ports(codes: list[types.CodeType]) -> Iterator[tuple[str, str]]:
    """Name the ports that are used, with what is asked of each; of one that is kept, with all that is asked of any."""
    steps = [step for code in codes for step in dis.get_instructions(code) if step.opname not in _CALLING]
    attributes = [step.argval for step in steps if step.opname in _ATTRIBUTES]
    for step, following in pairwise(steps):
        if step.opname in _ATTRIBUTES and step.argval in _PORTS:
            asked = [following.argval] if following.opname in _ATTRIBUTES else attributes
            yield from ((step.argval, name) for name in asked)


def _named(code: types.CodeType, known: Mapping[str, Any]) -> Iterator[types.FunctionType]:
    """Functions that are named by the code, also as members of modules."""
    found: Any = None
    for step in dis.get_instructions(code):
        if step.opname == "LOAD_GLOBAL":
            found = known.get(step.argval)
        elif step.opname in _ATTRIBUTES and isinstance(found, types.ModuleType):
            found = vars(found).get(step.argval)
        else:
            continue
        yield from _functions([found])


def _functions(found: Iterable[object]) -> Iterator[types.FunctionType]:
    """Functions of the floors above the connectors: bare, bound, or with arguments."""
    for one in found:
        if isinstance(one, partial | types.MethodType):
            yield from _functions([one.func if isinstance(one, partial) else one.__func__])
        elif _is_ours(one):
            yield one


def _is_ours(found: object) -> TypeGuard[types.FunctionType]:
    return isinstance(found, types.FunctionType) and found.__module__.startswith(_FLOORS)


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _endpoints(port: Any, method: str) -> Iterator[str]:
    """Name the interfaces that a port's method comes to: its own, or those of the methods that it uses."""
    yield from _interfaces(port, method, frozenset())


def _interfaces(port: Any, method: str, above: frozenset[tuple[int, str]]) -> Iterator[str]:
    function = _methods(type(port)).get(method)
    if function is None or (id(port), method) in above:
        return
    interface = interface_of(function)
    if interface is not None:
        yield interface
        return
    above |= {(id(port), method)}
    names = {name for code in _codes(function.__code__) for name in code.co_names}
    for owner in (port, *(vars(port)[name] for name in sorted(names & vars(port).keys()))):
        for name in sorted(names & _methods(type(owner)).keys()):
            yield from _interfaces(owner, name, above)


@cache
def _methods(owner: type) -> dict[str, types.FunctionType]:
    if not owner.__module__.startswith("connectors.") or owner.__module__.startswith("connectors.core"):
        return {}
    return {name: member for name, member in vars(owner).items() if isinstance(member, types.FunctionType)}
