"""What a token may say, and the principal that it makes."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, model_validator

from connectors.records.base import CardRef
from resolvers.access_control.principal import BoundPerson, Principal, PurposeOfUse, Relation, Role
from resolvers.access_control.scopes import PATIENT_SCOPES, Scopes

_ADULT_YEARS = 18
_PURPOSES = {purpose.value: purpose for purpose in PurposeOfUse}


def _day(written: object) -> dt.date:
    """Read a day as FHIR writes it; `date.fromisoformat` takes other forms too."""
    if not isinstance(written, str):
        raise ValueError("not a day")  # noqa: TRY004 # pydantic takes a ValueError for its answer
    return dt.datetime.strptime(written, "%Y-%m-%d").date()  # noqa: DTZ007 # a day has no time zone


_Text = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
_ScopeText = Annotated[str, Field(max_length=4000)]
_Time = Annotated[float, Field(ge=0, le=1e11)]
_Day = Annotated[dt.date, BeforeValidator(_day)]
# Treatment in an emergency is nothing that a token may say: it is asked for, with a reason, for one card.
_Purpose = Literal["TREAT", "HPAYMT", "HOPERAT", "PUBHLTH"]


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
    birth_date: _Day | None = None
    cards: list[_Card] = Field(default_factory=list, max_length=100)

    def bound(self) -> BoundPerson:
        return BoundPerson(
            id=self.id,
            relation=Relation[self.relation.upper()],
            cards=tuple(CardRef(card.hospital, card.number, card.patient) for card in self.cards),
            birth_date=self.birth_date,
        )

    def is_own_person_now(self, today: dt.date) -> bool:
        """Say whether a guardian's reach has ended: who has come of age decides alone (民法典第十七、十八条)."""
        return self.relation == "child" and self.birth_date is not None and _age(self.birth_date, today) >= _ADULT_YEARS


class _Token(_Claims):
    iss: _Text
    sub: _Text
    iat: _Time
    exp: _Time
    jti: _Text | None = None
    sid: _Text | None = None

    def of_token(self) -> dict[str, Any]:
        return {
            "subject": self.sub,
            "issuer": self.iss,
            "token_id": self.jti,
            "session_id": self.sid,
            "issued_at": self.iat,
            "expires_at": self.exp,
        }


class _Patient(_Token):
    role: Literal["patient"]
    scope: _ScopeText | None = None
    people: list[_Person] = Field(max_length=100)

    @model_validator(mode="after")
    def _people_differ(self) -> "_Patient":
        """Two people under one id would lend each other their cards."""
        if len({person.id for person in self.people}) != len(self.people):
            raise ValueError("two people have the same id")
        return self

    def principal(self, today: dt.date) -> Principal:
        return Principal(
            role=Role.PATIENT,
            people={person.id: person.bound() for person in self.people if not person.is_own_person_now(today)},
            scopes=PATIENT_SCOPES if self.scope is None else Scopes.parse(self.scope, "patient"),
            purpose=PurposeOfUse.PATIENT_REQUEST,
            **self.of_token(),
        )


class _Working(_Token):
    scope: _ScopeText = ""
    hospitals: list[_Text] = Field(max_length=1000)
    purpose_of_use: _Purpose = "HOPERAT"

    def working(self, role: Role, context: str) -> Principal:
        return Principal(
            role=role,
            hospital_ids=frozenset(self.hospitals),
            scopes=Scopes.parse(self.scope, context),
            purpose=_PURPOSES[self.purpose_of_use],
            **self.of_token(),
        )


class _Staff(_Working):
    role: Literal["staff"]

    def principal(self, _: dt.date) -> Principal:
        return self.working(Role.STAFF, "user")


class _System(_Working):
    role: Literal["system"]

    def principal(self, _: dt.date) -> Principal:
        return self.working(Role.SYSTEM, "system")


_ROLES: TypeAdapter[_Patient | _Staff | _System] = TypeAdapter(
    Annotated[_Patient | _Staff | _System, Field(discriminator="role")]
)


def principal_of(claims: Mapping[str, Any], today: dt.date) -> Principal:
    """Make the principal of checked claims, as of a day in Shanghai.

    Raises ValidationError, whose text holds values: don't log it.
    """
    return _ROLES.validate_python(claims).principal(today)


def _age(birth: dt.date, today: dt.date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
