"""A token is checked once a minute; what is remembered never says more than a check would."""

import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from app import identity
from app.identity import Authenticator, Unauthenticated
from app.settings import IdentitySettings
from app.token_memory import TokenMemory
from resolvers.principal import Principal, Role

SECRET = "a-shared-secret-of-the-test-suite-only"
STAFF = Principal(role=Role.STAFF, subject="s")


class Clock:
    def __init__(self) -> None:
        self.now = float(int(time.time()))

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def authenticator(clock: Clock) -> Authenticator:
    settings = IdentitySettings.model_validate({"issuer": "i", "audience": "a", "hs256_secret": SECRET})
    return Authenticator(settings, clock)


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was checked, one entry a time."""
    made: list[str] = []
    decode = jwt.decode

    def counted(token: Any, *arguments: Any, **more: Any) -> Any:
        made.append(token)
        return decode(token, *arguments, **more)

    monkeypatch.setattr(identity.jwt, "decode", counted)
    return made


def token(clock: Clock, seconds: float = 600, secret: str = SECRET) -> str:
    claims = {"iss": "i", "aud": "a", "sub": "s", "exp": clock.now + seconds, "role": "staff", "hospitals": ["253"]}
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(secret))


async def refused(authenticator: Authenticator, header: str) -> str:
    with pytest.raises(Unauthenticated) as caught:
        await authenticator.principal(header)
    return caught.value.code


async def test_a_token_is_checked_once_in_a_minute(
    authenticator: Authenticator, clock: Clock, checks: list[str]
) -> None:
    header = f"Bearer {token(clock)}"
    first = await authenticator.principal(header)
    clock.now += 59
    assert await authenticator.principal(header) is first
    assert len(checks) == 1
    clock.now += 1

    assert await authenticator.principal(header) == first
    assert len(checks) == 2


async def test_a_forged_token_is_never_found(authenticator: Authenticator, clock: Clock, checks: list[str]) -> None:
    good = token(clock)
    await authenticator.principal(f"Bearer {good}")
    head, body, signature = good.split(".")
    other = token(clock, secret="another-secret-of-the-test-suite-only")
    for forged in (other, f"{head}.{body}.", f"{head}.{body}.{signature[::-1]}", f"{head}.{body}.{signature}A"):
        for _ in range(2):
            assert await refused(authenticator, f"Bearer {forged}") == "TOKEN_INVALID"

    assert checks.count(other.encode()) == 2  # type: ignore[arg-type] # tokens are handed on as bytes


@pytest.mark.parametrize("seconds", [-29, 0, 20])
async def test_a_token_that_expires_while_it_is_remembered_says_so(
    authenticator: Authenticator, clock: Clock, seconds: int
) -> None:
    header = f"Bearer {token(clock, seconds)}"
    await authenticator.principal(header)
    clock.now += seconds + 29.9
    await authenticator.principal(header)
    clock.now += 0.1

    assert await refused(authenticator, header) == "TOKEN_EXPIRED"


async def test_a_clock_that_is_set_back_lends_no_time(
    authenticator: Authenticator, clock: Clock, checks: list[str]
) -> None:
    header = f"Bearer {token(clock)}"
    await authenticator.principal(header)
    clock.now -= 3600
    await authenticator.principal(header)

    assert len(checks) == 2


def test_other_keys_end_what_was_checked_with_the_former_ones(clock: Clock) -> None:
    memory = TokenMemory(clock)
    memory.keep(b"t", 1, STAFF, clock.now + 600)

    assert memory.find(b"t", 1) is STAFF
    assert memory.find(b"t", 2) is None


def test_an_expiry_that_is_no_number_is_not_trusted(clock: Clock) -> None:
    memory = TokenMemory(clock)
    memory.keep(b"t", 1, STAFF, float("nan"))

    assert memory.find(b"t", 1) is None


def test_the_memory_is_bounded_and_keeps_what_is_used(clock: Clock) -> None:
    memory = TokenMemory(clock, kept=3)
    for number in range(10):
        memory.keep(b"%d" % number, 1, STAFF, clock.now + 600)
        memory.find(b"0", 1)

    assert [number for number in range(10) if memory.find(b"%d" % number, 1)] == [0, 8, 9]


def test_no_token_is_in_the_memory(clock: Clock) -> None:
    memory = TokenMemory(clock)
    memory.keep(b"the-token-itself", 1, STAFF, clock.now + 600)

    assert "STAFF" in str(vars(memory))
    assert "the-token-itself" not in str(vars(memory))
