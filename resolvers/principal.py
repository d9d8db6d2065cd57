"""Who asks: made by the identity check in `app`, read by the access rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from connectors.records.base import CardRef, DocumentedEnum


class Role(DocumentedEnum):
    """What kind of principal asks (角色)."""

    PATIENT = "PATIENT", "A person with the people bound to the account (患者)."
    STAFF = "STAFF", "A member of staff of one or more hospitals (医院员工)."
    ANONYMOUS = "ANONYMOUS", "Nobody; sees what is public (未登录)."


class Relation(DocumentedEnum):
    """What a bound person is to the account (与本人关系)."""

    SELF = "SELF", "The account's own person (本人)."
    CHILD = "CHILD", "A child (子女)."
    PARENT = "PARENT", "A parent (父母)."
    OTHER = "OTHER", "Somebody else (其他)."


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundPerson:
    """A person bound to a patient's account, with the cards that are bound."""

    id: str
    relation: Relation
    cards: tuple[CardRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who asks. `people` is for patients, `hospital_ids` for staff: where they work."""

    role: Role
    subject: str = ""
    people: Mapping[str, BoundPerson] = field(default_factory=dict)
    hospital_ids: frozenset[str] = frozenset()
    _bound: Mapping[tuple[str, str], Sequence[tuple[CardRef, BoundPerson]]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Order the bound cards by what they are looked up by: each read of patient data asks."""
        bound: dict[tuple[str, str], list[tuple[CardRef, BoundPerson]]] = {}
        for person in self.people.values():
            for card in person.cards:
                bound.setdefault((card.hospital_id, card.number), []).append((card, person))
        object.__setattr__(self, "_bound", bound)

    def holder_of(self, card: CardRef) -> BoundPerson | None:
        """Return the bound person that a card belongs to.

        A card's second key must be the bound one too: it is what some hospitals look the person up by.
        """
        for bound, person in self._bound.get((card.hospital_id, card.number), ()):
            if card.patient_id is None or bound.patient_id is None or bound.patient_id == card.patient_id:
                return person
        return None


ANONYMOUS = Principal(role=Role.ANONYMOUS)
