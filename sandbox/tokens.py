"""Tokens as an identity provider of the town would sign them (JWT, HS256)."""

import time
from collections.abc import Sequence
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey

from sandbox.town.model import Card, Town
from sandbox.town.numbers import PALM_HOSPITALS

ISSUER = "patient-graph-sandbox"
AUDIENCE = "patient-graph"
HALF_A_DAY = 43200


def patient_token(town: Town, account_id: str, secret: str, *, seconds: int = HALF_A_DAY) -> str:
    """A token of an account, with the people bound to it and their cards."""
    people = [
        {"id": person_id, "relation": relation, "cards": [_card(card) for card in _cards(town, person_id)]}
        for person_id, relation in town.accounts[account_id].people
    ]
    return _sign({"sub": account_id, "role": "patient", "people": people}, secret, seconds)


def staff_token(secret: str, hospitals: Sequence[str], *, subject: str = "staff-1", seconds: int = HALF_A_DAY) -> str:
    """A token of somebody who works at these hospitals."""
    return _sign({"sub": subject, "role": "staff", "hospitals": list(hospitals)}, secret, seconds)


def _cards(town: Town, person_id: str) -> list[Card]:
    return [card for hospital in town.hospitals.values() for card in hospital.cards if card.person_id == person_id]


def _card(card: Card) -> dict[str, str]:
    claim = {"hospital": card.hospital_id, "number": card.number}
    if card.hospital_id in PALM_HOSPITALS:
        claim["patient"] = card.patient_id
    return claim


def _sign(claims: dict[str, Any], secret: str, seconds: int) -> str:
    now = int(time.time())
    common = {"iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + seconds}
    return jwt.encode({"alg": "HS256"}, common | claims, OctKey.import_key(secret))
