"""The issuer's keys over a real connection: fetched late, fetched once, found again after a change."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from types import SimpleNamespace

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from app import key_sets
from app.identity import Authenticator, Unauthenticated
from app.settings import IdentitySettings
from resolvers.principal import Role
from sandbox.serving import running
from sandbox.tokens import AUDIENCE, ISSUER, patient_token, staff_token
from sandbox.town.generator import build_town

SECRET = "a-shared-secret-of-the-test-suite-only"


class Issuer:
    """Serves its present keys."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.asked = 0

    async def keys(self, _: Request) -> JSONResponse:
        self.asked += 1
        await asyncio.sleep(0.05)
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    def token(self) -> str:
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "s", "exp": int(time.time()) + 60, "role": "staff"}
        header = {"alg": "RS256", "kid": self.key.kid}
        return jwt.encode(header, {**claims, "hospitals": ["253"]}, self.key, algorithms=["RS256"])


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def address(issuer: Issuer) -> Iterator[str]:
    with running(Starlette(routes=[Route("/jwks", issuer.keys)])) as base:
        yield f"{base}/jwks"


@pytest.fixture
async def authenticator(address: str) -> AsyncIterator[Authenticator]:
    made = Authenticator(settings(jwks_url=address))
    yield made
    await made.close()


def settings(**way: str) -> IdentitySettings:
    return IdentitySettings.model_validate({"issuer": ISSUER, "audience": AUDIENCE, **way})


async def test_many_first_requests_fetch_the_keys_once(authenticator: Authenticator, issuer: Issuer) -> None:
    assert issuer.asked == 0
    header = f"Bearer {issuer.token()}"
    principals = await asyncio.gather(*(authenticator.principal(header) for _ in range(20)))

    assert {principal.role for principal in principals} == {Role.STAFF}
    assert issuer.asked == 1


async def test_a_new_key_counts_once_the_issuer_may_be_asked_again(
    authenticator: Authenticator, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = f"Bearer {issuer.token()}"
    await authenticator.principal(old)
    issuer.key = RSAKey.generate_key(2048, {"kid": "two"})
    new = f"Bearer {issuer.token()}"
    with pytest.raises(Unauthenticated):
        await authenticator.principal(new)
    assert issuer.asked == 1

    # The module's own clock only: the event loop lives by the real one.
    later = SimpleNamespace(monotonic=lambda: time.monotonic() + 31)
    monkeypatch.setattr(key_sets, "time", later)
    assert (await authenticator.principal(new)).role is Role.STAFF
    with pytest.raises(Unauthenticated):
        await authenticator.principal(old)
    assert issuer.asked == 2


async def test_tokens_of_the_town_are_accepted() -> None:
    town = build_town()
    account = next(iter(town.accounts))
    authenticator = Authenticator(settings(hs256_secret=SECRET))
    patient = await authenticator.principal(f"Bearer {patient_token(town, account, SECRET)}")
    staff = await authenticator.principal(f"Bearer {staff_token(SECRET, ['253', '501'])}")

    assert set(patient.people) == {person_id for person_id, _ in town.accounts[account].people}
    assert any(person.cards for person in patient.people.values())
    assert staff.hospital_ids == {"253", "501"}
    await authenticator.close()
