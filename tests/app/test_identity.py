"""Who asks is decided by the token alone, and by nothing that a client can make up."""

import base64
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, Key, OctKey, RSAKey

from app import key_sets
from app.identity import Authenticator, Unauthenticated
from app.key_sets import KeySetAddress, KeysUnavailable
from app.settings import IdentitySettings
from connectors.records.base import CardRef
from resolvers.principal import ANONYMOUS, Principal, Relation, Role

SECRET = "a-shared-secret-of-the-test-suite-only"
ISSUER, AUDIENCE = "https://login.example", "patient-graph"
PEOPLE = [
    {"id": "p1", "relation": "self", "cards": [{"hospital": "253", "number": "1", "patient": "9"}]},
    {"id": "p2", "relation": "child", "cards": []},
]


def claims(**changes: Any) -> dict[str, Any]:
    made = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "account-1",
        "exp": int(time.time()) + 600,
        "role": "patient",
        "people": PEOPLE,
        **changes,
    }
    return {name: value for name, value in made.items() if value is not None}


def token(key: Key | None = None, algorithm: str = "HS256", kid: str | None = None, **changes: Any) -> str:
    header = {"alg": algorithm} | ({"kid": kid} if kid else {})
    return jwt.encode(header, claims(**changes), key or OctKey.import_key(SECRET), algorithms=[algorithm])


@pytest.fixture
def shared() -> Authenticator:
    return Authenticator(IdentitySettings(issuer=ISSUER, audience=AUDIENCE, hs256_secret=SECRET))  # type: ignore[arg-type]


async def refused(authenticator: Authenticator, header: str) -> str:
    with pytest.raises(Unauthenticated) as caught:
        await authenticator.principal(header)
    assert header.removeprefix("Bearer ").strip() not in str(caught.value) or not header.removeprefix("Bearer ").strip()
    return caught.value.code


async def test_nobody_is_nobody(shared: Authenticator) -> None:
    assert await shared.principal(None) is ANONYMOUS


async def test_a_patient(shared: Authenticator) -> None:
    principal = await shared.principal(f"Bearer {token()}")

    assert principal.role is Role.PATIENT
    assert principal.subject == "account-1"
    assert principal.people["p1"].cards == (CardRef("253", "1", "9"),)
    assert principal.people["p2"].relation is Relation.CHILD


async def test_a_member_of_staff(shared: Authenticator) -> None:
    principal = await shared.principal(f"bearer {token(role='staff', people=None, hospitals=['253'])}")

    assert principal == Principal(role=Role.STAFF, subject="account-1", hospital_ids=frozenset({"253"}))


async def test_an_expired_token_says_so(shared: Authenticator) -> None:
    assert await refused(shared, f"Bearer {token(exp=int(time.time()) - 31)}") == "TOKEN_EXPIRED"


async def test_clocks_may_differ_a_little(shared: Authenticator) -> None:
    assert (await shared.principal(f"Bearer {token(exp=int(time.time()) - 10)}")).role is Role.PATIENT


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://other.example"},
        {"aud": "other"},
        {"iss": None},
        {"aud": None},
        {"exp": None},
        {"exp": "tomorrow"},
        {"sub": None},
        {"sub": 5},
        {"nbf": int(time.time()) + 600},
        {"role": None},
        {"role": "admin"},
        {"role": ["staff"]},
        {"people": None},
        {"people": {"id": "p1"}},
        {"people": [{"id": 5, "relation": "self"}]},
        {"people": [{"id": "p1", "relation": "spouse"}]},
        {"people": [{"id": "p1", "relation": "self", "cards": [{"hospital": "253", "number": 1}]}]},
        {"people": [{"id": "p1", "relation": "self", "cards": [{"hospital": "253", "number": ""}]}]},
        {"people": [*PEOPLE, PEOPLE[0]]},
        {"role": "staff", "hospitals": "253"},
        {"role": "staff"},
    ],
    ids=str,
)
async def test_claims_that_do_not_do(shared: Authenticator, changes: dict[str, Any]) -> None:
    assert await refused(shared, f"Bearer {token(**changes)}") == "TOKEN_INVALID"


async def test_forged_tokens(shared: Authenticator) -> None:
    head, body, signature = token().split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    other = base64.urlsafe_b64encode(json.dumps(claims(sub="account-2")).encode()).rstrip(b"=").decode()
    for forged in (
        f"{none}.{body}.",
        f"{none}.{body}.{signature}",
        f"{head}.{other}.{signature}",
        f"{head}.{body}.",
        f"{head}.{body}",
        token(OctKey.import_key("another-secret-of-the-test-suite")),
        token(algorithm="HS512"),
        token(RSAKey.generate_key(2048), "RS256"),
    ):
        assert await refused(shared, f"Bearer {forged}") == "TOKEN_INVALID"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic eDp5", "Bearer a b", "Bearer " + "x" * 40_000])
async def test_headers_that_hold_no_token(shared: Authenticator, header: str) -> None:
    assert await refused(shared, header) == "TOKEN_INVALID"


@given(
    st.text() | st.lists(st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode()), max_size=4).map(".".join)
)
async def test_no_text_gets_past_or_breaks_the_check(text: str) -> None:
    authenticator = Authenticator(IdentitySettings(issuer=ISSUER, audience=AUDIENCE, hs256_secret=SECRET))  # type: ignore[arg-type]
    await refused(authenticator, f"Bearer {text}")


async def test_a_header_of_nested_brackets(shared: Authenticator) -> None:
    nested = base64.urlsafe_b64encode(b'{"alg":' + b"[" * 20_000).decode()

    assert await refused(shared, f"Bearer {nested}.e30.x") == "TOKEN_INVALID"


class Issuer:
    """The issuer's address, without a network."""

    def __init__(self) -> None:
        self.rsa = RSAKey.generate_key(2048, {"kid": "rsa"})
        self.ec = ECKey.generate_key("P-256", {"kid": "ec"})
        self.keys: list[dict[str, Any]] = [dict(key.as_dict(private=False)) for key in (self.rsa, self.ec)]
        self.asked = 0
        self.down = False

    def answer(self, _: httpx.Request) -> httpx.Response:
        self.asked += 1
        return httpx.Response(500) if self.down else httpx.Response(200, json={"keys": self.keys})


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Issuer:
    made = Issuer()
    plain = httpx.AsyncClient
    monkeypatch.setattr(key_sets.httpx, "AsyncClient", lambda **_: plain(transport=httpx.MockTransport(made.answer)))
    return made


@pytest.fixture
async def public(issuer: Issuer) -> AsyncIterator[Authenticator]:
    assert issuer.asked == 0
    made = Authenticator(IdentitySettings(issuer=ISSUER, audience=AUDIENCE, jwks_url="https://login.example/jwks"))
    yield made
    await made.close()


async def test_keys_of_the_issuer_are_fetched_once(public: Authenticator, issuer: Issuer) -> None:
    for made in (token(issuer.rsa, "RS256", "rsa"), token(issuer.rsa, "PS256", "rsa"), token(issuer.ec, "ES256", "ec")):
        assert (await public.principal(f"Bearer {made}")).role is Role.PATIENT
    assert issuer.asked == 1


async def test_a_public_key_is_no_shared_secret(public: Authenticator, issuer: Issuer) -> None:
    header = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"rsa"}').rstrip(b"=").decode()
    pem = issuer.rsa.as_pem(private=False)
    body = token(issuer.rsa, "RS256", "rsa").split(".")[1]
    import hashlib  # noqa: PLC0415
    import hmac  # noqa: PLC0415

    mac = hmac.new(pem, f"{header}.{body}".encode(), hashlib.sha256).digest()
    forged = f"{header}.{body}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    assert await refused(public, f"Bearer {forged}") == "TOKEN_INVALID"


async def test_a_shared_secret_in_a_public_set_is_not_used(public: Authenticator, issuer: Issuer) -> None:
    issuer.keys.append({**OctKey.import_key(SECRET).as_dict(), "kid": "oct"})

    assert await refused(public, f"Bearer {token(kid='oct')}") == "TOKEN_INVALID"


async def test_a_token_without_a_key_id_is_not_guessed_about(public: Authenticator, issuer: Issuer) -> None:
    assert await refused(public, f"Bearer {token(issuer.rsa, 'RS256')}") == "TOKEN_INVALID"


async def test_made_up_key_ids_do_not_reach_the_issuer_each_time(public: Authenticator, issuer: Issuer) -> None:
    for number in range(20):
        await refused(public, f"Bearer {token(issuer.rsa, 'RS256', f'made-up-{number}')}")

    assert issuer.asked == 1


async def test_a_new_key_is_found_and_a_withdrawn_one_ends(issuer: Issuer) -> None:
    keys = KeySetAddress("https://login.example/jwks", refetch_seconds=0)
    assert await keys.find("rsa") is not None
    issuer.keys = [dict(RSAKey.generate_key(2048, {"kid": "new"}).as_dict(private=False))]

    assert await keys.find("new") is not None
    assert await keys.find("rsa") is None
    await keys.close()


async def test_an_issuer_that_is_down_locks_nobody_out(issuer: Issuer) -> None:
    keys = KeySetAddress("https://login.example/jwks", refetch_seconds=0)
    await keys.find("rsa")
    issuer.down = True

    assert await keys.find("made-up") is None
    assert await keys.find("rsa") is not None
    await keys.close()


async def test_without_any_keys_a_token_is_neither_trusted_nor_refused(public: Authenticator, issuer: Issuer) -> None:
    issuer.down = True
    with pytest.raises(KeysUnavailable):
        await public.principal(f"Bearer {token(issuer.rsa, 'RS256', 'rsa')}")
