"""Who asks is decided by the token alone, and by nothing that a client can make up."""

import base64
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwe
from joserfc.jwk import OctKey, RSAKey

from app.identity import Authenticator, IdentityUnavailable
from resolvers.access_control.principal import ANONYMOUS, Role
from tests.app.issuing import (
    AUDIENCE,
    ISSUER,
    PEOPLE,
    SECRET,
    Clock,
    authenticator,
    claims,
    encoded,
    refused,
    revocations,
    signed,
    staff,
    token,
)

OTHER_SECRET = "another-secret-of-another-issuer-only"


@pytest.fixture
def shared() -> Authenticator:
    return authenticator()


async def test_nobody_is_nobody(shared: Authenticator) -> None:
    assert await shared.principal(None) is ANONYMOUS


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_a_token_makes_a_principal(shared: Authenticator, scheme: str) -> None:
    principal = await shared.principal(f"{scheme} {token(jti='t-1')}")

    assert (principal.role, principal.subject, principal.token_id) == (Role.PATIENT, "account-1", "t-1")


async def test_an_expired_token_says_so(shared: Authenticator) -> None:
    assert await refused(shared, f"Bearer {token(exp=int(time.time()) - 31)}") == "TOKEN_EXPIRED"


@pytest.mark.parametrize("changes", [{"exp": -10}, {"nbf": 20}, {"iat": 20}], ids=str)
async def test_clocks_may_differ_a_little(changes: dict[str, int]) -> None:
    clock = Clock()
    shown = token(**{name: int(clock.now) + seconds for name, seconds in changes.items()})

    assert (await authenticator(clock).principal(f"Bearer {shown}")).role is Role.PATIENT


@pytest.mark.parametrize("changes", [{"nbf": 40}, {"iat": 40}], ids=str)
async def test_clocks_may_not_differ_a_lot(changes: dict[str, int]) -> None:
    clock = Clock()
    shown = token(**{name: int(clock.now) + seconds for name, seconds in changes.items()})

    assert await refused(authenticator(clock), f"Bearer {shown}") == "TOKEN_INVALID"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://other.example"},
        {"iss": f"{ISSUER}/"},
        {"iss": [ISSUER]},
        {"aud": "other"},
        {"aud": []},
        {"aud": ["other", "another"]},
        {"aud": {AUDIENCE: True}},
        {"iss": None},
        {"aud": None},
        {"exp": None},
        {"iat": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"exp": 1e300},
        {"exp": 10**400},
        {"iat": -1},
        {"iat": "now"},
        {"nbf": "later"},
        {"nbf": 10**400},
        {"sub": None},
        {"sub": ""},
        {"sub": 5},
        {"sub": "a\nb"},
        {"sub": "x" * 201},
        {"jti": 5},
        {"jti": ""},
    ],
    ids=lambda changes: str(changes)[:60],
)
async def test_claims_that_do_not_do(shared: Authenticator, changes: dict[str, Any]) -> None:
    assert await refused(shared, f"Bearer {token(**changes)}") == "TOKEN_INVALID"


@pytest.mark.parametrize("audience", [AUDIENCE, [AUDIENCE], ["other", AUDIENCE]], ids=str)
async def test_one_of_several_audiences_is_enough(shared: Authenticator, audience: Any) -> None:
    assert (await shared.principal(f"Bearer {token(aud=audience)}")).role is Role.PATIENT


async def test_a_token_that_lives_longer_than_revocations_are_kept_is_refused(shared: Authenticator) -> None:
    now = int(time.time())

    assert await refused(shared, f"Bearer {token(iat=now, exp=now + 86401)}") == "TOKEN_INVALID"
    assert await shared.principal(f"Bearer {token(iat=now, exp=now + 86400)}")


async def test_forged_tokens(shared: Authenticator) -> None:
    head, body, signature = token().split(".")
    other, none = encoded(claims(sub="account-2")), encoded({"alg": "none"})
    for forged in (
        f"{none}.{body}.",
        f"{none}.{body}.{signature}",
        f"{encoded({'alg': 'NONE'})}.{body}.",
        signed({"alg": ["HS256"]}, claims()),
        signed({"typ": "JWT"}, claims()),
        signed(b"[]", claims()),
        f"{head}.{other}.{signature}",
        f"{head}.{body}.",
        f"{head}.{body}",
        f"{head}..{signature}",
        f"{head}.{body}.{signature}.",
        f"{head}.{body}.{signature}=",
        token(OctKey.import_key("another-secret-of-the-test-suite")),
        token(algorithm="HS512"),
        token(RSAKey.generate_key(2048), "RS256"),
    ):
        assert await refused(shared, f"Bearer {forged}") == "TOKEN_INVALID"


@pytest.mark.parametrize(
    "more",
    [
        {"crit": ["exp"], "exp": 1},
        {"crit": "exp"},
        {"crit": []},
        {"b64": True},
        {"crit": ["b64"], "b64": False},
        {"kid": 5},
        {"kid": ["one"]},
        {"typ": "logout+jwt"},
        {"typ": 5},
        {"x": "y" * 600},
    ],
    ids=lambda more: str(more)[:40],
)
async def test_headers_that_ask_for_more_are_refused_though_rightly_signed(
    shared: Authenticator, more: dict[str, Any]
) -> None:
    assert await refused(shared, f"Bearer {signed({'alg': 'HS256', **more}, claims())}") == "TOKEN_INVALID"


@pytest.mark.parametrize("kind", ["JWT", "jwt", "at+jwt", "application/at+jwt"])
async def test_the_usual_kinds_of_token_are_taken(shared: Authenticator, kind: str) -> None:
    shown = signed({"alg": "HS256", "typ": kind, "acr": "1"}, claims())

    assert (await shared.principal(f"Bearer {shown}")).role is Role.PATIENT


@pytest.mark.parametrize("name", ["sub", "iss", "role", "exp"])
async def test_a_claim_that_is_made_twice_is_refused(shared: Authenticator, name: str) -> None:
    made = claims()
    twice = json.dumps(made)[:-1] + f", {json.dumps(name)}: {json.dumps(made[name])}}}"

    assert await refused(shared, f"Bearer {signed({'alg': 'HS256'}, twice.encode())}") == "TOKEN_INVALID"


async def test_a_header_member_that_is_given_twice_is_refused(shared: Authenticator) -> None:
    twice = signed(b'{"alg":"none","typ":"JWT","alg":"HS256"}', claims())

    assert await refused(shared, f"Bearer {twice}") == "TOKEN_INVALID"


@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b"{", b"\xff", b'{"iss":"\\ud800"}', b'{"exp":NaN}', b""])
async def test_bodies_that_are_no_claims(shared: Authenticator, body: bytes) -> None:
    assert await refused(shared, f"Bearer {signed({'alg': 'HS256'}, body)}") == "TOKEN_INVALID"


async def test_a_claim_that_is_no_number_is_refused(shared: Authenticator) -> None:
    assert await refused(shared, f"Bearer {token(more=float('nan'))}") == "TOKEN_INVALID"


async def test_half_a_character_in_a_claim_is_refused(shared: Authenticator) -> None:
    shown = signed({"alg": "HS256"}, claims(sub="\ud800"))

    assert await refused(shared, f"Bearer {shown}") == "TOKEN_INVALID"


async def test_an_encrypted_token_is_refused(shared: Authenticator) -> None:
    shown = jwe.encrypt_compact(
        {"alg": "dir", "enc": "A256GCM"}, json.dumps(claims()), OctKey.import_key(SECRET[:32].encode())
    )

    assert await refused(shared, f"Bearer {shown}") == "TOKEN_INVALID"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic eDp5", "Bearer a b", "Bearer " + "x" * 40_000, "Bearer é.e30.x"]
)
async def test_headers_that_hold_no_token(shared: Authenticator, header: str) -> None:
    assert await refused(shared, header) == "TOKEN_INVALID"


@given(
    st.text() | st.lists(st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode()), max_size=4).map(".".join)
)
async def test_no_text_gets_past_or_breaks_the_check(text: str) -> None:
    await refused(authenticator(), f"Bearer {text}")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.dictionaries(
        st.sampled_from(["iss", "aud", "sub", "exp", "iat", "nbf", "jti", "role", "people", "scope", "value", ""]),
        _JSON,
        min_size=1,
    )
)
async def test_no_claims_break_the_check(changes: dict[str, Any]) -> None:
    checking = authenticator()
    body = json.dumps({**claims(), **changes}).encode()
    try:
        await checking.principal(f"Bearer {signed({'alg': 'HS256'}, body)}")
    except Exception as error:  # noqa: BLE001 # the kind is what is tested
        assert type(error).__name__ == "Unauthenticated"  # noqa: PT017 # a good token is fine too


async def test_a_header_of_nested_brackets(shared: Authenticator) -> None:
    nested = base64.urlsafe_b64encode(b'{"alg":' + b"[" * 20_000).decode()

    assert await refused(shared, f"Bearer {nested}.e30.x") == "TOKEN_INVALID"


def two_issuers() -> Authenticator:
    """Patients from one issuer, staff from another."""
    other = {"issuer": "https://staff.example", "audience": "patient-graph-staff", "hs256_secret": OTHER_SECRET}
    return authenticator(roles=["patient"], others=[{**other, "roles": ["staff", "system"]}])


def of_staff(**changes: Any) -> str:
    key = changes.pop("key", OTHER_SECRET)
    at = {"iss": "https://staff.example", "aud": "patient-graph-staff"}
    return token(OctKey.import_key(key), **staff(**{**at, **changes}))


async def test_each_issuer_is_trusted_for_its_own_tokens() -> None:
    checking = two_issuers()

    assert (await checking.principal(f"Bearer {token()}")).issuer == ISSUER
    assert (await checking.principal(f"Bearer {of_staff()}")).issuer == "https://staff.example"


@pytest.mark.parametrize(
    "shown",
    [
        token(**staff()),
        of_staff(role="patient", people=PEOPLE),
        of_staff(key=SECRET),
        token(OctKey.import_key(OTHER_SECRET)),
        of_staff(aud=AUDIENCE),
    ],
    ids=["role of the other", "the other way round", "key of the other", "and again", "audience of the other"],
)
async def test_an_issuer_cannot_speak_for_another(shown: str) -> None:
    assert await refused(two_issuers(), f"Bearer {shown}") == "TOKEN_INVALID"


async def test_while_revocations_are_not_known_a_token_is_neither_trusted_nor_refused() -> None:
    revoked = revocations()
    revoked.known = False
    with pytest.raises(IdentityUnavailable):
        await authenticator(revoked=revoked).principal(f"Bearer {token()}")
