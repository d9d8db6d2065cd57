"""What a token may say, and the principal that it makes."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from connectors.records.base import CardRef
from resolvers.principal import BoundPerson, Principal, Relation, Role

_Text = Annotated[str, Field(min_length=1, max_length=200)]


class _Claims(BaseModel):
    """Strict: a number where a text is meant is a fault of the issuer, not ours to guess about."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class _Card(_Claims):
    hospital: _Text
    number: _Text
    patient: _Text | None = None


class _Person(_Claims):
    id: _Text
    relation: Literal["self", "child", "parent", "other"]
    cards: list[_Card] = Field(default_factory=list, max_length=100)


class _Patient(_Claims):
    role: Literal["patient"]
    sub: _Text
    people: list[_Person] = Field(max_length=100)

    @model_validator(mode="after")
    def _people_differ(self) -> "_Patient":
        """Two people under one id would lend each other their cards."""
        if len({person.id for person in self.people}) != len(self.people):
            raise ValueError("two people have the same id")
        return self

    def principal(self) -> Principal:
        return Principal(
            role=Role.PATIENT, subject=self.sub, people={person.id: _bound(person) for person in self.people}
        )


class _Staff(_Claims):
    role: Literal["staff"]
    sub: _Text
    hospitals: list[_Text] = Field(max_length=1000)

    def principal(self) -> Principal:
        return Principal(role=Role.STAFF, subject=self.sub, hospital_ids=frozenset(self.hospitals))


_ROLES: TypeAdapter[_Patient | _Staff] = TypeAdapter(Annotated[_Patient | _Staff, Field(discriminator="role")])


def principal_of(claims: Mapping[str, Any]) -> Principal:
    """Make the principal of checked claims. Raises ValidationError, whose text holds values: don't log it."""
    return _ROLES.validate_python(claims).principal()


def _bound(person: _Person) -> BoundPerson:
    return BoundPerson(
        id=person.id,
        relation=Relation[person.relation.upper()],
        cards=tuple(CardRef(card.hospital, card.number, card.patient) for card in person.cards),
    )
