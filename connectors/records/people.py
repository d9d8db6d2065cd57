"""People as hospitals know them: the card and its holder."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, DocumentedEnum
from connectors.records.demographics import Ethnicity, MaritalStatus


class Gender(DocumentedEnum):
    """Administrative gender (性别)."""

    MALE = "MALE", "Male (男)."
    FEMALE = "FEMALE", "Female (女)."
    OTHER = "OTHER", "Neither of the two (其他)."
    UNKNOWN = "UNKNOWN", "Not recorded (未知)."


class CardStatus(DocumentedEnum):
    """Whether a card can be used (卡状态)."""

    ACTIVE = "ACTIVE", "In use (正常)."
    INACTIVE = "INACTIVE", "Cancelled, lost or locked (停用)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


@dataclass(kw_only=True, slots=True)
class CardHolder:
    """The person behind a card, as the hospital has registered them (持卡人)."""

    card: Annotated[CardRef, INTERNAL]
    name: Annotated[str, INTERNAL]
    gender: Annotated[Gender, INTERNAL] = Gender.UNKNOWN
    birth_date: Annotated[dt.date | None, INTERNAL] = None
    identity_number: Annotated[str | None, INTERNAL] = None
    phone: Annotated[str | None, INTERNAL] = None
    address: Annotated[str | None, INTERNAL] = None
    balance: Annotated[Decimal | None, INTERNAL] = None
    status: Annotated[CardStatus, INTERNAL] = CardStatus.UNKNOWN
    registered_at: Annotated[dt.datetime | None, INTERNAL] = None
    impoverished: Annotated[bool | None, INTERNAL] = None


@dataclass(kw_only=True, slots=True)
class NewCard:
    """What a hospital is told when a card is created for a person (建卡信息)."""

    hospital_id: str
    name: str
    gender: Gender
    birth_date: dt.date
    phone: str
    card_number: str
    identity_number: str | None = None
    address: str | None = None
    marital_status: MaritalStatus | None = None
    ethnicity: Ethnicity | None = None
    employer: str | None = None
