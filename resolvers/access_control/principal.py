"""Who asks: made by the identity check in `app`, read by the access rules."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from connectors.records.base import CardRef, DocumentedEnum
from resolvers.access_control.reach import ONE_CARD, Reach, reach_of
from resolvers.access_control.scopes import NO_SCOPES, Scopes


class Role(DocumentedEnum):
    """What kind of principal asks (角色)."""

    PATIENT = "PATIENT", "A person with the people bound to the account (患者)."
    STAFF = "STAFF", "A member of staff of one or more hospitals (医院员工)."
    SYSTEM = "SYSTEM", "A system of one or more hospitals (医院系统)."
    ANONYMOUS = "ANONYMOUS", "Nobody; sees what is public (未登录)."


class Relation(DocumentedEnum):
    """What a bound person is to the account (与本人关系)."""

    SELF = "SELF", "The account's own person (本人)."
    CHILD = "CHILD", "A child (子女)."
    PARENT = "PARENT", "A parent (父母)."
    OTHER = "OTHER", "Somebody else (其他)."


class PurposeOfUse(DocumentedEnum):
    """What data is read for; the value is HL7's code (使用目的, v3 PurposeOfUse)."""

    PATIENT_REQUEST = "PATRQT", "The person asks (患者本人查询)."
    TREATMENT = "TREAT", "Treatment (诊疗)."
    EMERGENCY = "ETREAT", "Treatment in an emergency, beyond the usual reach (紧急救治)."
    PAYMENT = "HPAYMT", "Payment (费用结算)."
    OPERATIONS = "HOPERAT", "Running the hospital (医院运营)."
    PUBLIC_HEALTH = "PUBHLTH", "Public health (公共卫生)."


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundPerson:
    """A person bound to a patient's account, with the cards that are bound."""

    id: str
    relation: Relation
    cards: tuple[CardRef, ...] = ()
    birth_date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """What a member of staff reaches for a while beyond the usual, and why: it was asked for and is on record."""

    card: CardRef
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who asks. `people` is for patients; `hospital_ids` is for staff, where they work, and for systems.

    `issuer` to `expires_at` are of the token, times in seconds since 1970; a subject is somebody within one issuer, a
    session is the login that the token and others were given for.
    """

    role: Role
    subject: str = ""
    issuer: str = ""
    token_id: str | None = None
    session_id: str | None = None
    issued_at: float = 0.0
    expires_at: float = math.inf
    people: Mapping[str, BoundPerson] = field(default_factory=dict)
    hospital_ids: frozenset[str] = frozenset()
    scopes: Scopes = NO_SCOPES
    purpose: PurposeOfUse = PurposeOfUse.PATIENT_REQUEST
    emergency: Emergency | None = None
    reach: Reach = field(init=False, repr=False, compare=False)
    _bound: Mapping[tuple[str, str], Sequence[tuple[CardRef, BoundPerson]]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Order the bound cards by what they are looked up by, since each read of patient data asks, and count them."""
        bound: dict[tuple[str, str], list[tuple[CardRef, BoundPerson]]] = {}
        for person in self.people.values():
            for card in person.cards:
                bound.setdefault((card.hospital_id, card.number), []).append((card, person))
        object.__setattr__(self, "_bound", bound)
        of_patient = self.role is Role.PATIENT
        reach = reach_of(person.cards for person in self.people.values()) if of_patient else ONE_CARD
        object.__setattr__(self, "reach", reach)

    def holder_of(self, card: CardRef) -> BoundPerson | None:
        """Return the bound person that a card belongs to.

        A card's second key must be the bound one too: it is what some hospitals look the person up by.
        """
        for bound, person in self._bound.get((card.hospital_id, card.number), ()):
            if card.patient_id is None or bound.patient_id is None or bound.patient_id == card.patient_id:
                return person
        return None


ANONYMOUS = Principal(role=Role.ANONYMOUS)
