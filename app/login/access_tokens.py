"""Own access tokens: what `app.claims` reads, signed."""

import secrets
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from joserfc import jwt

from app.login.keys import OwnKeys
from connectors.records.accounts import Account, Binding
from connectors.records.base import CardRef


class AccessToken(NamedTuple):
    """A token, and what it says."""

    token: str
    claims: dict[str, Any]


class AccessTokens:
    """Makes them."""

    def __init__(
        self,
        *,
        issuer: str,
        audience: str,
        keys: OwnKeys,
        hospital_ids: Collection[str],
        seconds: float,
        clock: Callable[[], float],
    ) -> None:
        """Take what they say of themselves, the hospitals that cards are named of, and for how long they are good."""
        self._issuer = issuer
        self._audience = audience
        self._keys = keys
        self._hospital_ids = frozenset(hospital_ids)
        self._seconds = int(seconds)
        self._clock = clock

    def issue(self, account: Account, login_id: str) -> AccessToken:
        """Make one for the account as it is bound now."""
        now = int(self._clock())
        claims = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": account.id,
            "iat": now,
            "exp": now + self._seconds,
            "jti": secrets.token_urlsafe(16),
            "sid": login_id,
            "role": "patient",
            "people": [self._person(person) for person in account.people],
        }
        header = {"alg": "HS256", "typ": "at+jwt", "kid": self._keys.signing_id}
        return AccessToken(jwt.encode(header, claims, self._keys.signing), claims)

    def _person(self, person: Binding) -> dict[str, Any]:
        cards = [_card(card) for card in person.cards if card.hospital_id in self._hospital_ids]
        said = {"id": person.person_id, "relation": person.relation, "cards": cards}
        return said if person.birth_date is None else said | {"birth_date": person.birth_date.isoformat()}


def _card(card: CardRef) -> dict[str, str]:
    said = {"hospital": card.hospital_id, "number": card.number}
    return said if card.patient_id is None else said | {"patient": card.patient_id}
