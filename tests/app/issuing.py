"""An issuer of tokens for the tests: claims that do, keys, and what checks them."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import Key, OctKey

from app.identity import Authenticator, Unauthenticated
from app.issuers import issuer_of
from app.revocation.revocations import Revocations
from app.settings import IdentitySettings

SECRET = "a-shared-secret-of-the-test-suite-only"
ISSUER, AUDIENCE = "https://login.example", "patient-graph"
PEOPLE = [
    {"id": "p1", "relation": "self", "cards": [{"hospital": "253", "number": "1", "patient": "9"}]},
    {"id": "p2", "relation": "child", "cards": []},
]


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = float(int(time.time()))

    def __call__(self) -> float:
        return self.now


def claims(**changes: Any) -> dict[str, Any]:
    """Claims of a patient; None leaves one out."""
    now = int(time.time())
    made = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "account-1",
        "iat": now,
        "exp": now + 600,
        "role": "patient",
        "people": PEOPLE,
        **changes,
    }
    return {name: value for name, value in made.items() if value is not None}


def staff(**changes: Any) -> dict[str, Any]:
    """What makes them claims of a member of staff."""
    return {"role": "staff", "people": None, "hospitals": ["253"], **changes}


def token(key: Key | None = None, algorithm: str = "HS256", kid: str | None = None, **changes: Any) -> str:
    header = {"alg": algorithm} | ({"kid": kid} if kid else {})
    return jwt.encode(header, claims(**changes), key or OctKey.import_key(SECRET), algorithms=[algorithm])


def signed(header: bytes | dict[str, Any], body: bytes | dict[str, Any], secret: bytes = SECRET.encode()) -> str:
    """A token of this very header and body, signed as HS256 is, whatever the header says."""
    signing = f"{encoded(header)}.{encoded(body)}"
    return f"{signing}.{encoded(hmac.new(secret, signing.encode(), hashlib.sha256).digest())}"


def encoded(part: bytes | dict[str, Any]) -> str:
    """A part of a token."""
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def revocations(clock: Callable[[], float] = time.time, **changes: Any) -> Revocations:
    return Revocations(lambda clear: f"mark of {clear}", kept_seconds=86430, clock=clock, **changes)


def authenticator(
    clock: Callable[[], float] = time.time, revoked: Revocations | None = None, **changes: Any
) -> Authenticator:
    """Checks the tokens of one issuer, with the shared secret unless another way is named."""
    way = {} if "jwks_url" in changes else {"hs256_secret": SECRET}
    settings = IdentitySettings.model_validate({"issuer": ISSUER, "audience": AUDIENCE, **way, **changes})
    return Authenticator(
        [issuer_of(each) for each in settings.issuers],
        revoked or revocations(clock),
        longest_token_seconds=settings.longest_token_seconds,
        clock=clock,
    )


async def refused(checking: Authenticator, header: str) -> str:
    """The code of the refusal, which does not quote the token."""
    with pytest.raises(Unauthenticated) as caught:
        await checking.principal(header)
    shown = header.removeprefix("Bearer ").strip()
    assert not shown or shown not in str(caught.value)
    return caught.value.code
