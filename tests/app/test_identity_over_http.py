"""The issuer's keys over a real connection: fetched late, fetched once, changed, withheld, and lied about."""

import asyncio
import gzip
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import structlog
from joserfc import jwt
from joserfc.jwk import ECKey, Key, OctKey, RSAKey
from joserfc.jws import JWSRegistry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from app import key_sets
from app.identity import Authenticator, IdentityUnavailable
from resolvers.access_control.principal import Role
from sandbox.serving import running
from sandbox.tokens import AUDIENCE, ISSUER, patient_token, staff_token, system_token
from sandbox.town.generator import build_town
from tests.app.issuing import SECRET, authenticator, claims, refused, signed, token

RSA, OTHER_RSA, EC = RSAKey.generate_key(2048), RSAKey.generate_key(2048), ECKey.generate_key("P-256")
P384 = ECKey.generate_key("P-384")
GOOD = json.dumps({"keys": [RSA.as_dict(private=False) | {"kid": "rsa"}]}).encode()
Answer = Callable[[Request], Awaitable[Response]]


class Issuer:
    """Serves its present keys, or answers as a test wants it to."""

    def __init__(self) -> None:
        self.rsa, self.ec = RSA, EC
        self.keys: list[Any] = [public(self.rsa, kid="rsa"), public(self.ec, kid="ec")]
        self.asked = 0
        self.lured = 0
        self.answer: Answer | None = None

    async def serve(self, request: Request) -> Response:
        self.asked += 1
        if self.answer is not None:
            return await self.answer(request)
        await asyncio.sleep(0.05)
        return JSONResponse({"keys": self.keys})

    async def lure(self, _: Request) -> Response:
        """Where tokens and redirects point that are to be ignored."""
        self.lured += 1
        return JSONResponse({"keys": self.keys})


def public(key: Key, **changes: Any) -> dict[str, Any]:
    return {**key.as_dict(private=False), **changes}


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def address(issuer: Issuer) -> Iterator[str]:
    with running(Starlette(routes=[Route("/jwks", issuer.serve), Route("/lure", issuer.lure)])) as base:
        yield base


@pytest.fixture
async def checking(issuer: Issuer, address: str) -> AsyncIterator[Authenticator]:
    made = authenticator(jwks_url=f"{address}/jwks")
    assert issuer.asked == 0
    yield made
    await made.close()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the key sets' own clock on; the event loop lives by the real one."""

    def move(seconds: float) -> None:
        moved = SimpleNamespace(monotonic=lambda: time.monotonic() + seconds)
        monkeypatch.setattr(key_sets, "time", moved)

    return move


def by(key: Key, algorithm: str = "RS256", kid: str | None = "rsa") -> str:
    return f"Bearer {token(key, algorithm, kid)}"


async def test_many_first_requests_fetch_the_keys_once(checking: Authenticator, issuer: Issuer) -> None:
    headers = [by(issuer.rsa), by(issuer.rsa, "PS256"), by(issuer.ec, "ES256", "ec")] * 7
    principals = await asyncio.gather(*(checking.principal(header) for header in headers))

    assert {principal.role for principal in principals} == {Role.PATIENT}
    assert issuer.asked == 1


async def test_made_up_key_ids_do_not_reach_the_issuer_each_time(
    checking: Authenticator, issuer: Issuer, later: Callable[[float], None]
) -> None:
    made_up = [by(issuer.rsa, kid=f"made-up-{number}") for number in range(20)]
    assert set(await asyncio.gather(*(refused(checking, header) for header in made_up))) == {"TOKEN_INVALID"}
    assert issuer.asked == 1

    later(31)
    assert set(await asyncio.gather(*(refused(checking, header) for header in made_up))) == {"TOKEN_INVALID"}
    assert issuer.asked == 2


async def test_who_goes_away_does_not_end_the_fetch_for_the_others(checking: Authenticator, issuer: Issuer) -> None:
    impatient = asyncio.create_task(checking.principal(by(issuer.rsa)))
    await asyncio.sleep(0.02)
    patient = asyncio.create_task(checking.principal(by(issuer.rsa)))
    await asyncio.sleep(0)
    impatient.cancel()

    assert (await patient).role is Role.PATIENT
    assert issuer.asked == 1


async def test_during_a_change_the_old_and_the_new_key_are_good(
    checking: Authenticator, issuer: Issuer, later: Callable[[float], None]
) -> None:
    old, new = issuer.rsa, RSAKey.generate_key(2048, {"kid": "new"})
    await checking.principal(by(old))
    issuer.keys.append(public(new))
    later(31)

    assert (await checking.principal(by(new, kid="new"))).role is Role.PATIENT
    assert (await checking.principal(by(old))).role is Role.PATIENT


async def test_a_new_key_counts_once_the_issuer_may_be_asked_again(
    checking: Authenticator, issuer: Issuer, later: Callable[[float], None]
) -> None:
    old, shown = issuer.rsa, by(issuer.rsa)
    await checking.principal(shown)
    new = RSAKey.generate_key(2048, {"kid": "new"})
    issuer.keys = [public(new)]
    assert await refused(checking, by(new, kid="new")) == "TOKEN_INVALID"
    assert issuer.asked == 1

    later(31)
    assert (await checking.principal(by(new, kid="new"))).role is Role.PATIENT
    # The withdrawn key's tokens end with it, those that were remembered too.
    assert await refused(checking, shown) == "TOKEN_INVALID"
    assert await refused(checking, by(old)) == "TOKEN_INVALID"
    assert issuer.asked == 2


async def test_a_withdrawn_key_ends_within_ten_minutes_though_nobody_shows_another(
    checking: Authenticator, issuer: Issuer, later: Callable[[float], None]
) -> None:
    await checking.principal(by(issuer.rsa))
    issuer.keys = []
    later(601)

    # Another one: that one is remembered by a clock that has not moved.
    assert await refused(checking, by(issuer.rsa, "PS256")) == "TOKEN_INVALID"


async def test_an_issuer_that_is_down_locks_nobody_out_for_an_hour(
    checking: Authenticator, issuer: Issuer, later: Callable[[float], None]
) -> None:
    await checking.principal(by(issuer.rsa))

    async def down(_: Request) -> Response:
        return Response(status_code=500)

    issuer.answer = down
    later(3590)
    assert (await checking.principal(by(issuer.rsa, "PS256"))).role is Role.PATIENT
    assert await refused(checking, by(issuer.rsa, kid="made-up")) == "TOKEN_INVALID"
    later(3660)
    with pytest.raises(IdentityUnavailable):
        await checking.principal(by(issuer.rsa, "PS256"))


async def slow(_: Request) -> Response:
    """A good set, in parts that each come soon enough."""

    async def drops() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b" "
            await asyncio.sleep(0.05)
        yield GOOD

    return StreamingResponse(drops())


async def fixed(content: bytes, **headers: str) -> Response:
    return Response(content, headers={name.replace("_", "-"): value for name, value in headers.items()})


async def fixed_status(status: int) -> Response:
    return Response(status_code=status)


async def redirect(request: Request) -> Response:
    return RedirectResponse(request.url.replace(path="/lure"))


BAD_ANSWERS: dict[str, Answer] = {
    "down": lambda _: fixed_status(500),
    "not found": lambda _: fixed_status(404),
    "elsewhere": redirect,
    "slow": slow,
    "too large": lambda _: fixed(b" " * (256 * 1024) + GOOD),
    "not JSON": lambda _: fixed(b"<html>"),
    "no set": lambda _: fixed(b"[]"),
    "no list": lambda _: fixed(b'{"keys":{}}'),
    "nested": lambda _: fixed(b'{"keys":' + b"[" * 50_000),
    "too many": lambda _: fixed(b'{"keys":[' + b"{}," * 100 + b"{}]}"),
    "twice": lambda _: fixed(b'{"keys":[],"keys":[]}'),
    "compressed": lambda _: fixed(gzip.compress(GOOD), content_encoding="gzip"),
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
async def test_an_answer_that_is_no_key_set_is_none(
    checking: Authenticator, issuer: Issuer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_sets, "_FETCH_SECONDS", 0.5)
    issuer.answer = BAD_ANSWERS[name]
    with structlog.testing.capture_logs() as lines, pytest.raises(IdentityUnavailable):
        await checking.principal(by(issuer.rsa))

    assert [line["event"] for line in lines] == ["key_set_unavailable"]
    assert issuer.lured == 0


UNUSABLE: dict[str, tuple[list[Any], str]] = {
    "for encryption": ([public(RSA, kid="k", use="enc")], by(RSA, kid="k")),
    "of an unknown use": ([public(RSA, kid="k", use="tls")], by(RSA, kid="k")),
    "of another algorithm": ([public(RSA, kid="k", alg="RS512")], by(RSA, kid="k")),
    "of another operation": ([public(RSA, kid="k", key_ops=["encrypt"])], by(RSA, kid="k")),
    "of another curve": ([public(P384, kid="k")], f"Bearer {token(P384, 'ES384', 'k')}"),
    "elliptic for RS256": ([public(EC, kid="k")], by(RSA, kid="k")),
    "rsa for ES256": ([public(RSA, kid="k")], by(EC, "ES256", "k")),
    "another of the name": ([public(OTHER_RSA, kid="k"), public(RSA, kid="k")], by(RSA, kid="k")),
    "another of the name behind it": ([public(RSA, kid="k"), public(OTHER_RSA, kid="k")], by(RSA, kid="k")),
    "private": ([{**RSA.as_dict(private=True), "kid": "k"}], by(RSA, kid="k")),
    "a shared secret": ([{**OctKey.import_key(SECRET).as_dict(), "kid": "k"}], f"Bearer {token(kid='k')}"),
    "without an id": ([public(RSA), public(OTHER_RSA)], by(RSA, kid=None)),
    "not named": ([public(RSA, kid="k"), public(EC, kid="l")], by(RSA, kid=None)),
    "of a stranger": ([public(OTHER_RSA, kid="k")], by(RSA, kid="k")),
}


@pytest.mark.parametrize("name", UNUSABLE)
async def test_a_key_is_used_for_what_it_is_only(checking: Authenticator, issuer: Issuer, name: str) -> None:
    issuer.keys, header = UNUSABLE[name]

    assert await refused(checking, header) == "TOKEN_INVALID"


async def test_keys_too_short_to_be_trusted_are_not(checking: Authenticator, issuer: Issuer) -> None:
    with pytest.warns(Warning, match="2048"):
        short = RSAKey.generate_key(1024)
    issuer.keys = [public(short, kid="k")]

    assert await refused(checking, by(short, kid="k")) == "TOKEN_INVALID"


async def test_what_cannot_be_used_leaves_the_others(checking: Authenticator, issuer: Issuer) -> None:
    strange: list[Any] = [None, 5, {}, {"kty": []}, {"kty": "AKP", "kid": "rsa"}, {"kty": "RSA", "n": "!", "e": "AQAB"}]
    issuer.keys = [*strange, *issuer.keys, public(issuer.ec, kid=5)]
    with structlog.testing.capture_logs() as lines:
        assert (await checking.principal(by(issuer.rsa))).role is Role.PATIENT

    assert [(line["event"], line["count"]) for line in lines] == [("keys_not_used", 7)]


async def test_one_name_for_two_kinds_of_key_is_no_doubt(checking: Authenticator, issuer: Issuer) -> None:
    issuer.keys = [public(issuer.rsa, kid="k"), public(issuer.ec, kid="k")]

    assert await checking.principal(by(issuer.rsa, kid="k"))
    assert await checking.principal(by(issuer.ec, "ES256", "k"))


async def test_without_an_id_the_only_key_for_signatures_is_meant(checking: Authenticator, issuer: Issuer) -> None:
    issuer.keys = [public(issuer.rsa), public(OTHER_RSA, use="enc")]

    assert (await checking.principal(by(issuer.rsa, kid=None))).role is Role.PATIENT


async def test_a_public_key_is_no_shared_secret(checking: Authenticator, issuer: Issuer) -> None:
    for secret in (issuer.rsa.as_pem(private=False), issuer.rsa.as_der(private=False)):  # type: ignore[union-attr]  # RSA
        for kid in ("rsa", "ec"):
            header = {"alg": "HS256", "kid": kid}
            assert await refused(checking, f"Bearer {signed(header, claims(), secret)}") == "TOKEN_INVALID"


@pytest.mark.parametrize("kid", [["rsa"], {"rsa": 1}, 5, None], ids=str)
async def test_a_key_id_that_is_no_text_is_refused(checking: Authenticator, kid: Any) -> None:
    assert await refused(checking, f"Bearer {signed({'alg': 'RS256', 'kid': kid}, claims())}") == "TOKEN_INVALID"


async def test_a_shared_secret_is_for_one_algorithm() -> None:
    keys = key_sets.SharedSecret(SECRET)

    assert await keys.find("HS256", None) is not None
    assert [await keys.find(other, None) for other in ("HS512", "RS256", "none")] == [None, None, None]


@pytest.mark.parametrize("name", ["jwk", "jku", "x5u", "x5c"])
async def test_keys_that_a_token_brings_along_are_not_looked_at(
    checking: Authenticator, issuer: Issuer, address: str, name: str
) -> None:
    brought = {"jwk": public(OTHER_RSA), "jku": f"{address}/lure", "x5u": f"{address}/lure", "x5c": ["MIIB"]}[name]
    # Longer headers than usual, since the key itself is among what is brought.
    anything = JWSRegistry(algorithms=["RS256"])
    anything.max_header_length = 2048
    for key, accepted in ((OTHER_RSA, False), (RSA, True)):
        header = {"alg": "RS256", "kid": "rsa", name: brought}
        shown = f"Bearer {jwt.encode(header, claims(), key, registry=anything)}"
        if accepted and name != "jwk":
            assert (await checking.principal(shown)).role is Role.PATIENT
        else:
            assert await refused(checking, shown) == "TOKEN_INVALID"
    assert issuer.lured == 0


async def test_tokens_of_the_town_are_accepted() -> None:
    town = build_town()
    account = next(iter(town.accounts))
    checking = authenticator(issuer=ISSUER, audience=AUDIENCE)
    patient = await checking.principal(f"Bearer {patient_token(town, account, SECRET)}")
    member = await checking.principal(f"Bearer {staff_token(SECRET, ['253', '501'])}")
    system = await checking.principal(f"Bearer {system_token(SECRET, ['253'])}")

    assert set(patient.people) == {person_id for person_id, _ in town.accounts[account].people}
    assert any(person.cards for person in patient.people.values())
    assert (member.role, member.hospital_ids) == (Role.STAFF, {"253", "501"})
    assert (system.role, system.hospital_ids) == (Role.SYSTEM, {"253"})
    await checking.close()
