"""Every operation that the schema knows, with a person's data in each argument and each field of each input."""

from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any, NamedTuple

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
)

from tests.attacks.personal import PERSON, Personal
from tests.execution.operations import Name, literal, plain

# What fits the type, for the arguments that are not flooded now.
_FITTING: dict[str, Any] = {
    "Int": 1,
    "Float": 1.5,
    "Boolean": True,
    "Date": "1985-06-29",
    "DateTime": "2026-03-04T12:00:00+08:00",
    "Decimal": "1.50",
    "ID": "253",
    "String": "text",
}


class Operation(NamedTuple):
    """One operation and the values of its variables."""

    document: str
    variables: dict[str, Any]


def operations(schema: GraphQLSchema) -> Iterator[Operation]:
    """For each field: every place for a value holds one of the person in turn, as a variable and in the text."""
    turn = _turn()
    for kind, root in (("query", schema.query_type), ("mutation", schema.mutation_type)):
        assert root is not None
        for name, field in root.fields.items():
            yield from _of_field(kind, name, field, turn)
    for path in _paths_to_arguments(schema, turn):
        yield from path


def _of_field(kind: str, name: str, field: GraphQLField, turn: Iterator[Any]) -> Iterator[Operation]:
    selection = _selection(field)
    for argument, definition in field.args.items():
        others = {other: _fitting(each.type) for other, each in field.args.items() if other != argument}
        for value in _flooded(definition.type, turn):
            yield _written(kind, name, {**others, argument: value}, selection)
            yield _with_variable(kind, name, others, argument, str(definition.type), value, selection)


def _written(kind: str, name: str, arguments: dict[str, Any], selection: str) -> Operation:
    given = ", ".join(f"{key}: {literal(value)}" for key, value in arguments.items())
    return Operation(f"{kind} Flood {{ {name}({given}) {selection} }}", {})


def _with_variable(
    kind: str, name: str, others: dict[str, Any], argument: str, declared: str, value: Any, selection: str
) -> Operation:
    given = ", ".join([f"{argument}: $flood", *(f"{key}: {literal(other)}" for key, other in others.items())])
    return Operation(f"{kind} Flood($flood: {declared}) {{ {name}({given}) {selection} }}", {"flood": plain(value)})


def _selection(field: GraphQLField) -> str:
    kind: Any = get_named_type(field.type)
    return "" if is_leaf_type(kind) else f"{{ __typename {_leaves(kind)} {_user_errors(kind)} }}"


def _leaves(kind: Any) -> str:
    fields = getattr(kind, "fields", {})
    return " ".join(name for name, each in fields.items() if is_leaf_type(get_named_type(each.type)) and not each.args)


def _user_errors(kind: Any) -> str:
    field = getattr(kind, "fields", {}).get("userErrors")
    return "" if field is None else f"userErrors {{ {_leaves(get_named_type(field.type))} }}"


def _paths_to_arguments(schema: GraphQLSchema, turn: Iterator[Any]) -> Iterator[list[Operation]]:
    """Fields with arguments below the root, reached the shortest way."""
    assert schema.query_type is not None
    reached: dict[str, list[tuple[str, GraphQLField]]] = {schema.query_type.name: []}
    waiting: list[GraphQLNamedType] = [schema.query_type]
    while waiting:
        parent: Any = waiting.pop(0)
        way = reached[parent.name]
        for name, field in getattr(parent, "fields", {}).items():
            kind = get_named_type(field.type)
            if way and field.args:
                yield list(_below(way, name, field, turn))
            if not is_leaf_type(kind) and kind.name not in reached:
                reached[kind.name] = [*way, (name, field)]
                waiting.append(kind)


def _below(
    way: list[tuple[str, GraphQLField]], name: str, field: GraphQLField, turn: Iterator[Any]
) -> Iterator[Operation]:
    opening = " { ".join(f"{step}{_needed(definition)}" for step, definition in way)
    for argument, definition in field.args.items():
        others = {
            other: _fitting(each.type)
            for other, each in field.args.items()
            if other != argument and isinstance(each.type, GraphQLNonNull) and each.default is None
        }
        for value in _flooded(definition.type, turn):
            inner = _written("query", name, {**others, argument: value}, _selection(field)).document
            inner = inner.removeprefix("query Flood ")
            yield Operation(f"query Flood {{ {opening} {inner} {'}' * len(way)}", {})


def _needed(field: GraphQLField) -> str:
    given = [f"{name}: {literal(_fitting(each.type))}" for name, each in field.args.items() if _is_needed(each)]
    return f"({', '.join(given)})" if given else ""


def _is_needed(argument: Any) -> bool:
    return isinstance(argument.type, GraphQLNonNull) and argument.default is None


def _turn() -> Iterator[Any]:
    """Go round what is put into places: one after the other, so that each kind comes to many of them."""
    return cycle([*PERSON, {"inner": PERSON.name}, int(PERSON.identity_number[:17])])


def _flooded(kind: Any, turn: Iterator[Any]) -> Iterator[Any]:
    """Values for one argument, in which each place holds what comes next."""
    kind = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(kind, GraphQLList):
        for value in _flooded(kind.of_type, turn):
            yield [value]
    elif isinstance(kind, GraphQLInputObjectType):
        for name, field in kind.fields.items():
            others = {} if kind.is_one_of else {o: _fitting(f.type) for o, f in kind.fields.items() if o != name}
            for value in _flooded(field.type, turn):
                yield {**others, name: value}
        # All at once, as a client in good faith fills in its form.
        if not kind.is_one_of:
            yield dict(zip(kind.fields, islice(cycle(PERSON), len(kind.fields)), strict=True))
    else:
        yield next(turn)


def _fitting(kind: Any) -> Any:
    kind = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(kind, GraphQLList):
        return [_fitting(kind.of_type)]
    if isinstance(kind, GraphQLEnumType):
        return Name(next(iter(kind.values)))
    if isinstance(kind, GraphQLInputObjectType):
        names = list(kind.fields)[:1] if kind.is_one_of else [n for n, f in kind.fields.items() if _is_needed(f)]
        return {name: _fitting(kind.fields[name].type) for name in names}
    return _FITTING.get(kind.name, "text")


def in_good_faith(person: Personal = PERSON) -> Iterator[Operation]:
    """Operations that hospitals are really called for, filled in as a client would."""
    whole = """{
      name phone identityNumber cards { number holderName balance }
      charges { nodes { item amount } failures { code message } }
      reports { nodes { title } failures { code message } }
      visits { nodes { departmentName } failures { code message } }
    }"""
    for hospital in ("253", "501"):
        card = {"hospitalId": hospital, "number": person.card}
        identity = {"hospitalId": hospital, "name": person.name, "identityNumber": person.identity_number}
        for key in ({"card": card}, {"identity": identity}):
            yield Operation(f"query Flood($by: PatientBy!) {{ patient(by: $by) {whole} }}", {"by": key})
        created = {
            "businessKey": f"flood-{hospital}",
            "hospitalId": hospital,
            "name": person.name,
            "gender": "MALE",
            "birthDate": "1985-06-29",
            "identityNumber": person.identity_number,
            "phone": person.phone,
            "address": person.address,
        }
        yield Operation(
            "mutation Flood($input: CreateCardInput!) "
            "{ createCard(input: $input) { card { number holderName } userErrors { code field message } } }",
            {"input": created},
        )


def documents(person: Personal = PERSON) -> Iterator[str]:
    """Documents with a person's data in every place that takes a text or a name, most of them invalid."""
    letters = person.name_in_letters
    for value in person:
        yield f'{{ node(id: "{value}") {{ id }} }}'
        yield f'{{ node(id: """{value}""") {{ id }} }}'
        yield f"{{ hospitals(first: {value}) {{ id }} }}"
        yield f"# {value}\n{{ __typename }}"
        yield f'{{ "{value}'
        yield f'query($v: String = "{value}") {{ __typename }}'
        yield f'query($v: Int = "{value}") {{ __typename }}'
        yield f'{{ __typename @include(if: "{value}") }}'
        yield f'{{ hospitals {{ departments {{ schedules(day: "{value}") {{ id }} }} }} }}'
        yield f'{{ viewer {{ patients {{ charges(first: "{value}") {{ totalCount }} }} }} }}'
        yield f'mutation {{ createCard(input: "{value}") {{ card {{ id }} }} }}'
        yield f'{{ patient(by: {{card: {{hospitalId: "253", number: "{value}"}}}}) {{ name phone }} }}'
    for name in (f"n{person.identity_number}", f"n{person.phone}", f"card{person.card}"):
        yield f"{{ {name} }}"
        yield f"{{ {name}: __typename }}"
        yield f"query {name} {{ __typename }}"
        yield f"query {name} {{ nothing }}"
        yield f"{{ ...{name} }} fragment {name} on Query {{ __typename }}"
        yield f"{{ ...{name} }}"
        yield f"{{ __typename @{name} }}"
        yield f"query(${name}: Int) {{ __typename }}"
        yield f"query(${name}: Int!) {{ patient(by: ${name}) {{ name }} }}"
        yield f"query($v: {name}) {{ __typename }}"
        yield f"{{ node({name}: 1) {{ id }} }}"
        yield f"mutation {{ createCard(input: {{{name}: 1}}) {{ card {{ id }} }} }}"
    yield f"{{ node(id: {letters}) {{ id }} }}"
