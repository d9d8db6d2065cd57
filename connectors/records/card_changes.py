"""What changes a card: newborns, contacts, corrected data, physical cards that belong to it."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc
from connectors.records.demographics import Address, Ethnicity, Kinship, MaritalStatus
from connectors.records.people import Gender, NewCard


@dataclass(kw_only=True, slots=True)
class NewbornCard(NewCard):
    """What a hospital is told when a card is created for a newborn (新生儿建卡信息)."""

    mother_identity_number: str
    birth_order: int
    mother_name: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NewContact:
    """Somebody to be reached for a patient (联系人, FHIR RelatedPerson)."""

    name: str
    gender: Gender
    birth_date: dt.date
    identity_number: str
    phone: str
    address: str
    ethnicity: Ethnicity
    kinship: Kinship


@dataclass(kw_only=True, slots=True)
class HolderChange:
    """What is to be corrected or completed of a card's holder; None stays as it is (就诊人信息变更)."""

    name: str | None = None
    gender: Gender | None = None
    birth_date: dt.date | None = None
    identity_number: str | None = None
    phone: str | None = None
    marital_status: MaritalStatus | None = None
    ethnicity: Ethnicity | None = None
    address: Address | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkOrder:
    """A physical card that is to belong to an electronic one, or no longer (实体卡关联)."""

    card: CardRef
    name: str
    linked_number: str


@dataclass(kw_only=True, slots=True)
class CardLink:
    """An electronic card that stands for a physical one (实体卡关联结果)."""

    card: Annotated[CardRef, INTERNAL]
    linked_number: Annotated[str, Doc("Number of the physical card (实体就诊卡号).")]
    created_on: Annotated[dt.date | None, Doc("Since when the electronic card is there (就诊卡创建日期).")] = None
