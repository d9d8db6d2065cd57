"""The login itself, with WeChat and the platform played."""

import asyncio
import datetime as dt

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from app.login.access_tokens import AccessTokens
from app.login.families import MemoryFamilies
from app.login.keys import OwnKeys
from app.login.logins import PlatformLogins
from app.login.refresh_tokens import RefreshTokens
from app.revocation.deny_list import Revocation
from app.revocation.revocations import Revocations, RevocationsUnavailable
from connectors.core.kinds import keyed_digest
from connectors.errors import Malformed, Unavailable
from connectors.records.accounts import Account, Binding
from connectors.records.base import SHANGHAI, CardRef
from connectors.records.problems import ProblemCode
from resolvers.access_control.principal import ANONYMOUS, Principal, Role
from resolvers.access_control.sessions import LoginSession
from resolvers.problems import Problem

KEY = SecretStr("a-signing-key-of-the-test-suite-32-bytes")
CARD = CardRef("253", "6001")


class Played:
    """WeChat, whose codes are openids, and a platform with one account; and a clock."""

    def __init__(self) -> None:
        self.account: Account | None = Account(id="account-1", people=[self.person("p01")])
        self.down = False
        self.asked = 0
        self.now = 1_800_000_000.0

    @staticmethod
    def person(name: str) -> Binding:
        return Binding(person_id=name, relation="self", cards=[CARD])

    async def owner(self, code: str) -> str:
        return code

    async def account_of(self, owner: str) -> Account | None:
        assert owner == "oTheOpenid"
        self.asked += 1
        await asyncio.sleep(0)
        if self.down:
            raise Unavailable(system="platform", interface="bindings")
        return self.account

    async def close(self) -> None:
        return None


class Broken:
    """A log of revocations that cannot be written."""

    async def append(self, revocation: Revocation) -> None:  # noqa: ARG002 # the protocol's form
        raise RevocationsUnavailable

    async def read(self, after: str | None) -> tuple[list[Revocation], str | None]:
        return [], after


@pytest.fixture
def played() -> Played:
    return Played()


def made(played: Played, revocations: Revocations) -> PlatformLogins:
    return PlatformLogins(
        codes=played,
        bindings=played,
        access_tokens=AccessTokens(
            issuer="us", audience="us", keys=OwnKeys([KEY]), hospital_ids=["253"], seconds=900, clock=lambda: played.now
        ),
        refresh_tokens=RefreshTokens([KEY]),
        families=MemoryFamilies(clock=lambda: played.now),
        revocations=revocations,
        digest=keyed_digest(b"k" * 32),
        login_seconds=30 * 86400.0,
        token_seconds=930.0,
        clock=lambda: played.now,
    )


@pytest.fixture
def revocations(played: Played) -> Revocations:
    return Revocations(keyed_digest(b"r" * 32), kept_seconds=31 * 86400, clock=lambda: played.now)


@pytest.fixture
def logins(played: Played, revocations: Revocations) -> PlatformLogins:
    return made(played, revocations)


def ended(revocations: Revocations, session: LoginSession) -> bool:
    return revocations.ended(revocations.session_of(session.principal))


async def refused(logins: PlatformLogins, token: str, asker: Principal = ANONYMOUS) -> None:
    with pytest.raises(Problem) as caught:
        await logins.renew(token, asker)
    assert caught.value.code is ProblemCode.REFRESH_TOKEN_INVALID


async def test_a_login_gives_tokens_and_the_principal_with_its_people(logins: PlatformLogins, played: Played) -> None:
    session = await logins.begin("oTheOpenid")

    assert (session.principal.role, session.principal.subject) == (Role.PATIENT, "account-1")
    assert session.principal.people["p01"].cards == (CARD,)
    begun = dt.datetime.fromtimestamp(played.now, SHANGHAI)
    assert session.expires_at == begun + dt.timedelta(minutes=15)
    assert session.refresh_expires_at == begun + dt.timedelta(days=30)


async def test_an_openid_without_an_account_is_told_so(logins: PlatformLogins, played: Played) -> None:
    played.account = None

    with pytest.raises(Problem) as caught:
        await logins.begin("oTheOpenid")
    assert caught.value.code is ProblemCode.ACCOUNT_UNKNOWN


async def test_a_renewal_sees_who_is_bound_now(logins: PlatformLogins, played: Played) -> None:
    session = await logins.begin("oTheOpenid")
    played.account = Account(id="account-1", people=[played.person("p02")])

    renewed = await logins.renew(session.refresh_token, ANONYMOUS)

    assert set(renewed.principal.people) == {"p02"}
    assert renewed.refresh_token != session.refresh_token
    assert renewed.principal.session_id == session.principal.session_id


async def test_a_renewal_does_not_make_the_login_last_longer(logins: PlatformLogins, played: Played) -> None:
    session = await logins.begin("oTheOpenid")
    played.now += 20 * 86400
    renewed = await logins.renew(session.refresh_token, ANONYMOUS)

    assert renewed.refresh_expires_at == session.refresh_expires_at
    played.now += 10 * 86400
    await refused(logins, renewed.refresh_token)


async def test_a_refresh_token_that_is_used_again_ends_the_whole_login(
    logins: PlatformLogins, revocations: Revocations
) -> None:
    session = await logins.begin("oTheOpenid")
    renewed = await logins.renew(session.refresh_token, ANONYMOUS)
    latest = await logins.renew(renewed.refresh_token, ANONYMOUS)
    other = await logins.begin("oTheOpenid")

    with capture_logs() as lines:
        await refused(logins, session.refresh_token)

    assert [line["event"] for line in lines] == ["refresh_token_reused"]
    await refused(logins, latest.refresh_token)
    assert all(ended(revocations, each) for each in (session, renewed, latest))
    assert not ended(revocations, other)
    assert await logins.renew(other.refresh_token, ANONYMOUS)


async def test_of_two_renewals_at_once_none_is_left_in_two_hands(
    logins: PlatformLogins, revocations: Revocations
) -> None:
    session = await logins.begin("oTheOpenid")

    outcomes = await asyncio.gather(
        *(logins.renew(session.refresh_token, ANONYMOUS) for _ in range(3)), return_exceptions=True
    )

    won = [outcome for outcome in outcomes if isinstance(outcome, LoginSession)]
    assert len(won) == 1
    await refused(logins, won[0].refresh_token)
    assert ended(revocations, won[0])


async def test_while_the_platform_is_down_the_refresh_token_is_not_used_up(
    logins: PlatformLogins, played: Played
) -> None:
    session = await logins.begin("oTheOpenid")
    played.down = True
    with pytest.raises(Unavailable):
        await logins.renew(session.refresh_token, ANONYMOUS)
    played.down = False

    assert await logins.renew(session.refresh_token, ANONYMOUS)


async def test_whatever_is_wrong_with_a_refresh_token_the_platform_is_not_asked(
    logins: PlatformLogins, played: Played
) -> None:
    session = await logins.begin("oTheOpenid")
    await logins.end(session.refresh_token, session.principal)
    asked = played.asked

    for token in ("", "nonsense", session.refresh_token[:-1], session.refresh_token):
        await refused(logins, token)
    assert played.asked == asked


async def test_logging_out_ends_both_tokens_and_may_be_repeated(
    logins: PlatformLogins, revocations: Revocations
) -> None:
    session = await logins.begin("oTheOpenid")

    await logins.end(session.refresh_token, session.principal)
    await logins.end(session.refresh_token, session.principal)

    assert ended(revocations, session)
    await refused(logins, session.refresh_token)


async def test_an_ended_login_is_remembered_as_long_as_its_tokens_could_live(
    logins: PlatformLogins, revocations: Revocations, played: Played
) -> None:
    session = await logins.begin("oTheOpenid")
    await logins.end(session.refresh_token, session.principal)

    for seconds, remembered in ((929, True), (2, False)):
        played.now += seconds
        revocations._denied.forget_lapsed()  # noqa: SLF001 # what `follow` does every minute
        assert ended(revocations, session) is remembered
    await refused(logins, session.refresh_token)


async def test_nobody_ends_or_renews_the_login_of_somebody_else(
    logins: PlatformLogins, revocations: Revocations
) -> None:
    session = await logins.begin("oTheOpenid")
    others = (
        (await logins.begin("oTheOpenid")).principal,
        Principal(role=Role.STAFF, subject="account-1", issuer="elsewhere"),
    )

    for other in others:
        with pytest.raises(Problem) as caught:
            await logins.end(session.refresh_token, other)
        assert caught.value.code is ProblemCode.REFRESH_TOKEN_INVALID
        await refused(logins, session.refresh_token, other)
    assert not ended(revocations, session)
    assert await logins.renew(session.refresh_token, session.principal)


async def test_a_revoked_subject_is_not_renewed_but_may_log_in_again(
    logins: PlatformLogins, revocations: Revocations, played: Played
) -> None:
    session = await logins.begin("oTheOpenid")
    played.now += 1
    await revocations.revoke_subject("account-1")

    await refused(logins, session.refresh_token)
    played.now += 1
    again = await logins.begin("oTheOpenid")
    assert not ended(revocations, again)
    assert await logins.renew(again.refresh_token, ANONYMOUS)


async def test_an_openid_that_went_to_another_account_is_not_renewed(
    logins: PlatformLogins, revocations: Revocations, played: Played
) -> None:
    session = await logins.begin("oTheOpenid")
    played.account = Account(id="account-2", people=[])

    await refused(logins, session.refresh_token)
    assert ended(revocations, session)


async def test_an_account_that_makes_no_principal_is_malformed_and_not_quoted(
    logins: PlatformLogins, played: Played
) -> None:
    number = "370102199001015236"
    for people in ([played.person(number), played.person(number)], [played.person(f"{number}\n")]):
        played.account = Account(id="account-1", people=people)
        with pytest.raises(Malformed) as caught:
            await logins.begin("oTheOpenid")
        assert number not in repr(vars(caught.value))
        assert caught.value.__context__ is None or caught.value.__suppress_context__


async def test_a_logout_that_others_cannot_hear_of_is_to_be_repeated(played: Played) -> None:
    revocations = Revocations(keyed_digest(b"r" * 32), kept_seconds=86400, log=Broken(), clock=lambda: played.now)
    logins = made(played, revocations)
    session = await logins.begin("oTheOpenid")

    with pytest.raises(Problem) as caught:
        await logins.end(session.refresh_token, session.principal)

    assert (caught.value.code, caught.value.retryable) == (ProblemCode.INTERNAL_ERROR, True)
    assert ended(revocations, session)
    await refused(logins, session.refresh_token)


async def test_a_watch_on_a_login_ends_when_its_refresh_token_is_used_again(
    logins: PlatformLogins, revocations: Revocations
) -> None:
    session = await logins.begin("oTheOpenid")
    await logins.renew(session.refresh_token, ANONYMOUS)

    with revocations.watch(session.principal) as ending:
        assert not ending.done()
        await refused(logins, session.refresh_token)
        assert ending.done()
