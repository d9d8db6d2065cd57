"""A token is checked now and then; what is remembered never says more than a check would."""

import datetime as dt
from typing import Any

import pytest
from joserfc.jwk import OctKey

from app.identity import Authenticator
from app.key_sets import Keys, KeySetAddress, SharedSecret
from app.login.keys import OwnKeys
from app.revocation.revocations import Revocations
from app.signed_tokens import SignedToken
from app.token_memory import TokenMemory
from connectors.records.base import SHANGHAI
from resolvers.access_control.principal import Principal, Role
from tests.app.issuing import SECRET, Clock, authenticator, refused, revocations, staff
from tests.app.issuing import token as token_of

STAFF = Principal(role=Role.STAFF, subject="s", token_id="t", issued_at=1)
KEYS = SharedSecret(SECRET)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def revoked(clock: Clock) -> Revocations:
    return revocations(clock)


@pytest.fixture
def memory(clock: Clock, revoked: Revocations) -> TokenMemory:
    return TokenMemory(revoked, clock)


@pytest.fixture
def checking(clock: Clock, revoked: Revocations) -> Authenticator:
    return authenticator(clock, revoked)


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whose tokens were checked, one entry a time."""
    made: list[str] = []
    check = SignedToken.check

    def counted(token: SignedToken, key: Any) -> None:
        made.append(token.claims["sub"])
        check(token, key)

    monkeypatch.setattr(SignedToken, "check", counted)
    return made


def token(clock: Clock, seconds: float = 600, secret: str = SECRET, **changes: Any) -> str:
    times = {"iat": clock.now - 7200, "exp": clock.now + seconds}
    return token_of(OctKey.import_key(secret), **staff(**times, **changes))


@pytest.mark.parametrize(("kind", "seconds"), [(SharedSecret, 600), (KeySetAddress, 60), (OwnKeys, 600)])
async def test_a_token_is_checked_again_after_a_time_that_the_keys_tell(
    checking: Authenticator,
    clock: Clock,
    checks: list[str],
    monkeypatch: pytest.MonkeyPatch,
    kind: type[Keys],
    seconds: int,
) -> None:
    monkeypatch.setattr(SharedSecret, "checked_seconds", kind.checked_seconds)
    header = f"Bearer {token(clock, 3600)}"
    first = await checking.principal(header)
    clock.now += seconds - 1
    assert await checking.principal(header) is first
    assert len(checks) == 1
    clock.now += 1

    assert await checking.principal(header) == first
    assert len(checks) == 2


def test_nothing_is_remembered_past_the_midnight_on_which_a_child_may_come_of_age(
    memory: TokenMemory, clock: Clock
) -> None:
    clock.now = dt.datetime(2026, 3, 4, 23, 59, 30, tzinfo=SHANGHAI).timestamp()
    memory.keep(b"t", KEYS, STAFF, clock.now + 600)
    clock.now += 29
    assert memory.find(b"t") is STAFF
    clock.now += 1

    assert memory.find(b"t") is None


async def test_a_forged_token_is_never_found(checking: Authenticator, clock: Clock, checks: list[str]) -> None:
    good = token(clock)
    await checking.principal(f"Bearer {good}")
    head, body, signature = good.split(".")
    other = token(clock, secret="another-secret-of-the-test-suite-only", sub="forger")
    for forged in (other, f"{head}.{body}.", f"{head}.{body}.{signature[::-1]}", f"{head}.{body}.{signature}A"):
        for _ in range(2):
            assert await refused(checking, f"Bearer {forged}") == "TOKEN_INVALID"

    assert checks.count("forger") == 2


@pytest.mark.parametrize("seconds", [-29, 0, 20])
async def test_a_token_that_expires_while_it_is_remembered_says_so(
    checking: Authenticator, clock: Clock, seconds: int
) -> None:
    header = f"Bearer {token(clock, seconds)}"
    await checking.principal(header)
    clock.now += seconds + 29.9
    await checking.principal(header)
    clock.now += 0.1

    assert await refused(checking, header) == "TOKEN_EXPIRED"


async def test_a_clock_that_is_set_back_lends_no_time(checking: Authenticator, clock: Clock, checks: list[str]) -> None:
    header = f"Bearer {token(clock)}"
    await checking.principal(header)
    clock.now -= 3600
    await checking.principal(header)

    assert len(checks) == 2


def test_other_keys_end_what_was_checked_with_the_former_ones(memory: TokenMemory, clock: Clock) -> None:
    keys = SharedSecret(SECRET)
    memory.keep(b"t", keys, STAFF, clock.now + 600)
    assert memory.find(b"t") is STAFF

    keys.version = 2
    assert memory.find(b"t") is None


async def test_a_revoked_token_is_remembered_no_longer(memory: TokenMemory, clock: Clock, revoked: Revocations) -> None:
    others = Principal(role=Role.STAFF, subject="other", token_id="t-2", issued_at=1)
    memory.keep(b"t", KEYS, STAFF, clock.now + 600)
    memory.keep(b"t-2", KEYS, others, clock.now + 600)
    await revoked.revoke_token("t")
    assert memory.find(b"t") is None
    assert memory.find(b"t-2") is others

    await revoked.revoke_subject("other")
    assert memory.find(b"t-2") is None


async def test_a_token_that_was_checked_already_says_that_it_is_revoked(
    checking: Authenticator, clock: Clock, revoked: Revocations
) -> None:
    header, other = f"Bearer {token(clock, jti='t-1')}", f"Bearer {token(clock, jti='t-2')}"
    await checking.principal(header)
    await revoked.revoke_token("t-1")

    assert await refused(checking, header) == "TOKEN_REVOKED"
    assert await checking.principal(other)


def test_an_expiry_that_is_no_number_is_not_trusted(memory: TokenMemory) -> None:
    memory.keep(b"t", KEYS, STAFF, float("nan"))

    assert memory.find(b"t") is None


def test_the_memory_is_bounded_and_keeps_what_is_used(revoked: Revocations, clock: Clock) -> None:
    memory = TokenMemory(revoked, clock, kept=3)
    for number in range(10):
        memory.keep(b"%d" % number, KEYS, STAFF, clock.now + 600)
        memory.find(b"0")

    assert [number for number in range(10) if memory.find(b"%d" % number)] == [0, 8, 9]


def test_no_token_is_in_the_memory(memory: TokenMemory, clock: Clock) -> None:
    memory.keep(b"the-token-itself", KEYS, STAFF, clock.now + 600)

    assert "STAFF" in str(vars(memory))
    assert "the-token-itself" not in str(vars(memory))
