"""Every field that can call a hospital says what that costs."""

from collections.abc import Iterator
from inspect import iscoroutinefunction
from typing import Any

from graphql import GraphQLField, GraphQLInterfaceType, GraphQLList, GraphQLNonNull, GraphQLObjectType, get_named_type

from schema.build import core_schema
from schema.cost import FREE, Cost, Size, cost_of, declared_cost

FIELDS: dict[str, GraphQLField] = {
    f"{kind.name}.{name}": field
    for kind in core_schema.type_map.values()
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not kind.name.startswith("__")
    for name, field in kind.fields.items()
}


def waits(field: GraphQLField) -> bool:
    """Only what waits can call anybody."""
    resolver = field.extensions["strawberry-definition"].base_resolver
    return resolver is not None and iscoroutinefunction(resolver.wrapped_func)


def is_list(kind: Any) -> bool:
    return isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList)


def places(found: Any) -> Iterator[str]:
    return (place for place, field in FIELDS.items() if found(field))


def test_every_resolver_that_can_call_a_hospital_says_its_cost() -> None:
    waiting = list(places(waits))
    assert len(waiting) > 20
    assert [place for place in waiting if declared_cost(FIELDS[place]) is None] == []


def test_what_calls_a_hospital_costs_something() -> None:
    for place in ("Card.balance", "Patient.visits", "Hospital.departments", "LabReport.detail", "Mutation.payCharges"):
        cost = cost_of(FIELDS[place])
        assert cost.calls or cost.card_calls or cost.holder, place


def test_what_calls_nobody_is_free() -> None:
    for place in ("Patient.id", "Card.number", "Visit.hospital", "Hospital.capabilities", "Query.viewer"):
        assert cost_of(FIELDS[place]) in {FREE, Cost(size=50)}, place


def test_every_page_is_cut_by_first_and_named_so() -> None:
    paged = [field for field in FIELDS.values() if "first" in field.args]
    assert len(paged) > 4
    for field in paged:
        connection = get_named_type(field.type)
        assert isinstance(connection, GraphQLObjectType)
        assert cost_of(connection.fields["nodes"]).size is Size.PAGE
        # A page of one hospital's own list names no failures: where the hospital fails, there is no page.
        assert ("failures" in connection.fields) is connection.name.endswith("Connection")
        if "failures" in connection.fields:
            assert cost_of(connection.fields["failures"]).size is Size.CARDS


def test_no_list_counts_as_one_object() -> None:
    assert [place for place in places(lambda field: is_list(field.type)) if cost_of(FIELDS[place]).size == 1] == []


def test_people_and_cards_count_as_many_as_there_are() -> None:
    assert cost_of(FIELDS["Viewer.patients"]).size is Size.PEOPLE
    assert cost_of(FIELDS["Patient.cards"]).size is Size.CARDS
    for place in ("Query.patient", "Query.node", "Card.patient"):
        assert cost_of(FIELDS[place]).size is Size.PERSON, place
