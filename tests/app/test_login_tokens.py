"""Own tokens: what access tokens say, what refresh tokens hide, and how their keys change."""

import base64
import datetime as dt

import pytest
from pydantic import SecretStr

from app.identity import Authenticator, Unauthenticated
from app.issuers import Issuer
from app.key_sets import SharedSecret
from app.login.access_tokens import AccessTokens
from app.login.keys import OwnKeys
from app.login.refresh_tokens import Login, NotARefreshToken, RefreshTokens
from app.revocation.revocations import Revocations
from connectors.core.kinds import keyed_digest
from connectors.records.accounts import Account, Binding
from connectors.records.base import CardRef
from resolvers.access_control.principal import Relation, Role

NOW = 1_800_000_000.0
OLD, NEW = SecretStr("the-old-key-of-the-test-suite-32-bytes"), SecretStr("the-new-key-of-the-test-suite-32-bytes")
BORN = dt.date(2020, 7, 20)
ACCOUNT = Account(
    id="account-1",
    people=[
        Binding(
            person_id="p01",
            relation="self",
            cards=[CardRef("253", "6001"), CardRef("501", "PC1", "PID1"), CardRef("999", "1")],
        ),
        Binding(person_id="p02", relation="child", birth_date=BORN),
    ],
)
LOGIN = Login("login-1", "oTheOpenid", "account-1", NOW, NOW + 86400)


def access_tokens(*keys: SecretStr, issuer: str = "patient-graph") -> AccessTokens:
    return AccessTokens(
        issuer=issuer,
        audience="audience",
        keys=OwnKeys(keys),
        hospital_ids=["253", "501"],
        seconds=900,
        clock=lambda: NOW,
    )


def authenticator(*keys: SecretStr, at: float = NOW) -> Authenticator:
    """Trusts us, and an issuer elsewhere whose shared secret is our very key."""
    own = Issuer(
        name="patient-graph",
        audience="audience",
        keys=OwnKeys(keys),
        roles=frozenset({Role.PATIENT}),
        leeway_seconds=0,
    )
    elsewhere = Issuer(
        name="elsewhere",
        audience="audience",
        keys=SharedSecret(OLD.get_secret_value()),
        roles=frozenset(Role),
        leeway_seconds=0,
    )
    revocations = Revocations(keyed_digest(b"k" * 32), kept_seconds=86400, clock=lambda: at)
    return Authenticator([elsewhere, own], revocations, longest_token_seconds=86400, clock=lambda: at)


async def test_an_access_token_makes_the_principal_of_the_account() -> None:
    token = access_tokens(OLD).issue(ACCOUNT, "login-1").token

    principal = await authenticator(OLD).principal(f"Bearer {token}")

    assert (principal.role, principal.subject, principal.issuer) == (Role.PATIENT, "account-1", "patient-graph")
    assert (principal.session_id, principal.expires_at - principal.issued_at) == ("login-1", 900)
    assert principal.people["p01"].cards == (CardRef("253", "6001"), CardRef("501", "PC1", "PID1"))
    assert (principal.people["p02"].relation, principal.people["p02"].birth_date) == (Relation.CHILD, BORN)


def test_every_access_token_has_an_id_of_its_own() -> None:
    tokens = access_tokens(OLD)

    assert tokens.issue(ACCOUNT, "l").claims["jti"] != tokens.issue(ACCOUNT, "l").claims["jti"]


@pytest.mark.parametrize(("after", "code"), [(899, None), (900, "TOKEN_EXPIRED")])
async def test_an_access_token_ends_with_its_minutes(after: int, code: str | None) -> None:
    token = access_tokens(OLD).issue(ACCOUNT, "login-1").token
    try:
        await authenticator(OLD, at=NOW + after).principal(f"Bearer {token}")
        found = None
    except Unauthenticated as refusal:
        found = refusal.code
    assert found == code


async def test_a_replaced_key_still_checks_until_it_is_taken_away() -> None:
    token = access_tokens(OLD).issue(ACCOUNT, "login-1").token

    assert (await authenticator(NEW, OLD).principal(f"Bearer {token}")).subject == "account-1"
    with pytest.raises(Unauthenticated):
        await authenticator(NEW).principal(f"Bearer {token}")


async def test_the_issuer_that_a_token_names_says_which_keys_count() -> None:
    # Signed with our key, but named as somebody else's: their key alone is tried.
    token = access_tokens(OLD, issuer="elsewhere").issue(ACCOUNT, "login-1").token

    with pytest.raises(Unauthenticated):
        await authenticator(OLD).principal(f"Bearer {token}")


async def test_own_keys_are_for_one_algorithm_and_known_ids() -> None:
    keys = OwnKeys([NEW, OLD])

    assert await keys.find("HS256", keys.signing_id) is not None
    assert await keys.find("RS256", keys.signing_id) is None
    assert await keys.find("HS256", None) is None
    assert await keys.find("HS256", "another") is None


def test_a_refresh_token_gives_back_its_login() -> None:
    tokens = RefreshTokens([OLD])

    assert tokens.read(tokens.write(LOGIN)) == LOGIN


def test_a_refresh_token_tells_nothing_and_is_never_the_same() -> None:
    tokens = RefreshTokens([OLD])
    first, second = tokens.write(LOGIN), tokens.write(LOGIN)

    assert first != second
    raw = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4))
    for part in (LOGIN.id, LOGIN.owner, LOGIN.subject):
        assert part.encode() not in raw
        assert part not in first


def test_refresh_tokens_survive_a_change_of_keys() -> None:
    token = RefreshTokens([OLD]).write(LOGIN)

    assert RefreshTokens([NEW, OLD]).read(token) == LOGIN
    with pytest.raises(NotARefreshToken):
        RefreshTokens([NEW]).read(token)


def changed(token: str, place: int) -> str:
    return token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: changed(token, 0),
        lambda token: changed(token, 30),
        lambda token: changed(token, len(token) // 2),
        lambda token: token[:-4],
        lambda token: token + "AAAA",
        lambda token: token[:20],
        lambda _: "",
        lambda _: "登录",
        lambda _: "!",
        lambda _: "A" * 1024,
        lambda _: "A" * 100_000,
        lambda _: "\x00",
    ],
)
def test_what_was_not_made_here_is_no_refresh_token(spoil: object) -> None:
    tokens = RefreshTokens([OLD])

    with pytest.raises(NotARefreshToken):
        tokens.read(spoil(tokens.write(LOGIN)))  # type: ignore[operator]  # one of the above
