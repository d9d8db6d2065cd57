"""Tokens as an identity provider of the town would sign them (JWT, HS256)."""

import secrets
import time
from collections.abc import Sequence
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey

from sandbox.town.model import Card, Person, Town
from sandbox.town.numbers import PALM_HOSPITALS

ISSUER = "patient-graph-sandbox"
AUDIENCE = "patient-graph"
HALF_A_DAY = 43200
STAFF_SCOPE = "openid user/*.cruds unmask/name"
# Somebody at the reception: who is there, and when is the appointment.
RECEPTION_SCOPE = "openid user/Patient.rs user/Appointment.rs"
SYSTEM_SCOPE = "system/*.rs"


def patient_token(town: Town, account_id: str, secret: str, *, seconds: int = HALF_A_DAY) -> str:
    """A token of an account, with the people bound to it and their cards; the rights are those of every patient."""
    people = [
        _person(town, town.people[person_id], relation) for person_id, relation in town.accounts[account_id].people
    ]
    return _sign({"sub": account_id, "role": "patient", "people": people}, secret, seconds)


def staff_token(
    secret: str,
    hospitals: Sequence[str],
    *,
    subject: str = "staff-1",
    scope: str = STAFF_SCOPE,
    purpose: str = "TREAT",
    seconds: int = HALF_A_DAY,
) -> str:
    """A token of somebody who works at these hospitals."""
    claims = {"sub": subject, "role": "staff", "hospitals": list(hospitals), "scope": scope, "purpose_of_use": purpose}
    return _sign(claims, secret, seconds)


def system_token(
    secret: str,
    hospitals: Sequence[str],
    *,
    subject: str = "his-1",
    scope: str = SYSTEM_SCOPE,
    seconds: int = HALF_A_DAY,
) -> str:
    """A token of a system of these hospitals: it stands for no person."""
    return _sign({"sub": subject, "role": "system", "hospitals": list(hospitals), "scope": scope}, secret, seconds)


def _person(town: Town, person: Person, relation: str) -> dict[str, Any]:
    claim = {"id": person.id, "relation": relation, "cards": [_card(card) for card in _cards(town, person.id)]}
    # Of children only: it says when the guardian's reach ends.
    return claim | ({"birth_date": person.birth_date.isoformat()} if relation == "child" else {})


def _cards(town: Town, person_id: str) -> list[Card]:
    return [card for hospital in town.hospitals.values() for card in hospital.cards if card.person_id == person_id]


def _card(card: Card) -> dict[str, str]:
    claim = {"hospital": card.hospital_id, "number": card.number}
    if card.hospital_id in PALM_HOSPITALS:
        claim["patient"] = card.patient_id
    return claim


def _sign(claims: dict[str, Any], secret: str, seconds: int) -> str:
    now = int(time.time())
    common = {"iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + seconds, "jti": secrets.token_urlsafe(12)}
    return jwt.encode({"alg": "HS256"}, common | claims, OctKey.import_key(secret))
