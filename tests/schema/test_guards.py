"""No patient data without a rule: the schema is walked, and what executes operations is made to show too much."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Annotated, Any

import pytest
import strawberry
from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    execute,
    get_named_type,
    parse,
)

from app.execution import compile_operation
from connectors.records.base import INTERNAL, CardRef, Doc
from resolvers.access_control.access import Access
from resolvers.access_control.scopes import Resource
from schema.access_control.guards import PERSONAL, Whose, owned, part_of
from schema.base import graph_type
from schema.build import core_schema
from tests.resolvers.fakes import MINE, MINE_TOO, PATIENT, STAFF, STRANGERS

# Types that hold no data of their own: the roots, lists, and what mutations come to.
CARRIERS = re.compile(r"Query|Mutation|\w+Connection|\w+Page|\w+Payload")
PERSONAL_NAMES = re.compile(r"phone|mobile|identity|idCard|address|bank|^name$|holderName|contact", re.IGNORECASE)


def objects(schema: GraphQLSchema) -> Iterator[GraphQLObjectType]:
    for name, kind in schema.type_map.items():
        if isinstance(kind, GraphQLObjectType) and not name.startswith("__"):
            yield kind


def whose(kind: GraphQLNamedType) -> Whose | None:
    found: Whose | None = getattr(kind.extensions["strawberry-definition"].origin, "whose", None)
    return found


def led_to(kind: GraphQLObjectType) -> set[str]:
    """Name the object types that the fields of a type lead to, through lists and interfaces."""
    found: set[str] = set()
    for field in kind.fields.values():
        target = get_named_type(field.type)
        if isinstance(target, GraphQLInterfaceType):
            found |= {each.name for each in core_schema.get_possible_types(target)}
        elif isinstance(target, GraphQLObjectType):
            found.add(target.name)
    return found


def test_every_type_says_whose_its_data_is_or_carries_none_of_its_own() -> None:
    silent = [kind.name for kind in objects(core_schema) if whose(kind) is None]
    assert [name for name in silent if not CARRIERS.fullmatch(name)] == []


def test_public_types_and_roots_lead_to_patient_data_only_where_it_is_checked() -> None:
    unguarded = []
    for kind in objects(core_schema):
        rule = whose(kind)
        inside = rule is not None and rule.resource is not None
        for name in led_to(kind):
            target = whose(core_schema.type_map[name])
            part = target is not None and target.resource is not None and target.card is None
            # A payload stands inside of a mutation, which has asked for its card.
            if part and not inside and not kind.name.endswith("Payload"):
                unguarded.append(f"{kind.name} -> {name}")
    assert unguarded == []


def is_of_patients(name: str) -> bool:
    rule = whose(core_schema.type_map[name])
    return rule is not None and rule.resource is not None


def test_lists_of_patient_data_are_reached_from_patient_data_only() -> None:
    lists = {
        kind.name
        for kind in objects(core_schema)
        if re.fullmatch(r"\w+(Connection|Page)", kind.name) and any(map(is_of_patients, led_to(kind)))
    }
    assert "VisitConnection" in lists
    for kind in objects(core_schema):
        rule = whose(kind)
        if rule is None or rule.resource is None:
            assert [name for name in led_to(kind) if name in lists] == [], kind.name


def test_every_type_of_patient_data_is_checked_by_what_executes_operations() -> None:
    unchecked = []
    for kind in objects(core_schema):
        rule = whose(kind)
        if rule is None or rule.card is None:
            continue
        record = kind.extensions["strawberry-definition"].origin
        if kind.is_type_of is None or rule.card not in record.__dataclass_fields__:
            unchecked.append(kind.name)
    assert unchecked == []


def test_fields_of_people_that_look_personal_are_marked_as_such() -> None:
    unmarked = []
    for kind in objects(core_schema):
        rule = whose(kind)
        if rule is None or rule.resource is None:
            continue
        for name, field in kind.fields.items():
            metadata = field.extensions["strawberry-definition"].metadata
            if PERSONAL_NAMES.search(name) and PERSONAL not in metadata:
                unmarked.append(f"{kind.name}.{name}")
    assert set(unmarked) == OF_THINGS


# Names and places of things, not of people.
OF_THINGS = {
    "Appointment.address",
    "BillItem.name",
    "CategoryCost.name",
    "CheckupAttribute.name",
    "CheckupEmployer.name",
    "CheckupExamination.name",
    "CheckupGroup.name",
    "CheckupPackage.name",
    "ConsultingRoom.name",
    "ExaminationRoom.name",
    "ExaminationSlot.name",
    "GuideItem.name",
    "GuideRoom.address",
    "GuideRoom.name",
    "InsuranceItem.name",
    "InsurancePart.name",
    "ItemCost.name",
    "Observation.name",
    "PrescribedDrug.name",
    "Recharge.bankName",
    "SelfServiceItem.name",
    "SelfServicePackage.name",
    "SupportingExamination.name",
}


@dataclass(kw_only=True, slots=True)
class Note:
    """A note."""

    card: Annotated[CardRef, INTERNAL]
    text: Annotated[str, Doc("Text.")]
    inner: Annotated[str, Doc("More text.")] = "inner"


@graph_type(Note, owned(Resource.ENCOUNTER))
class PublicNote(Note):
    """A note."""

    @strawberry.field(description="Waits.")
    async def later(self) -> str:
        return self.text


@dataclass(kw_only=True, slots=True)
class Part:
    """A part."""

    text: Annotated[str, Doc("Text.")]


@graph_type(Part, part_of(Resource.ENCOUNTER))
class PublicPart(Part):
    """A part."""


@strawberry.type
class Careless:
    """A root whose resolver has forgotten every rule."""

    @strawberry.field(graphql_type=list[PublicNote | None])
    def notes(self) -> Any:
        return [Note(card=card, text=card.number) for card in (MINE, STRANGERS, MINE_TOO)]


careless_schema = strawberry.Schema(Careless)._schema  # noqa: SLF001 # strawberry has no public name for it

SELECTIONS = ["text", "text inner", "text later", "later"]


@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize("compiled", [True, False])
async def test_an_object_that_nobody_checked_does_not_get_out(selection: str, compiled: bool) -> None:
    access = Access(PATIENT)
    context = SimpleNamespace(access=access, principal=PATIENT)
    document = parse(f"{{ notes {{ {selection} }} }}")
    if compiled:
        plan = compile_operation(careless_schema, document, document.definitions[0], {})  # type: ignore[arg-type]  # an operation
        assert plan is not None
        result = await plan.execute(context, {}, Careless())
    else:
        result = execute(careless_schema, document, Careless(), context_value=context)  # type: ignore[assignment]  # may be awaited
        if not hasattr(result, "data"):
            result = await result  # type: ignore[misc]  # ditto
    assert result.data is not None
    mine, stranger, mine_too = result.data["notes"]
    assert stranger is None
    assert {*mine.values(), *mine_too.values()} - {"inner"} == {MINE.number, MINE_TOO.number}
    (error,) = result.errors or []
    assert error.path == ["notes", 1]
    assert error.original_error.code.name == "FORBIDDEN"  # type: ignore[union-attr]  # a Problem
    assert STRANGERS.number not in str(result)
    assert access.seen == {(Resource.ENCOUNTER, MINE), (Resource.ENCOUNTER, MINE_TOO)}
    assert access.denied == {(Resource.ENCOUNTER, STRANGERS)}


async def test_a_compiled_operation_checks_anew_for_every_principal() -> None:
    document = parse("{ notes { text } }")
    plan = compile_operation(careless_schema, document, document.definitions[0], {})  # type: ignore[arg-type]  # an operation
    assert plan is not None
    shown = []
    for principal in (PATIENT, STAFF, PATIENT):
        context = SimpleNamespace(access=Access(principal), principal=principal)
        result = await plan.execute(context, {}, Careless())
        shown.append([note is not None for note in (result.data or {})["notes"]])
    assert shown == [[True, False, True], [True, True, False], [True, False, True]]
