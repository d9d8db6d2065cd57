"""The settings of logging in."""

from typing import Any

import pytest

from app.configuration import ConfigurationError, parse
from app.identification import revocations_of
from app.login.build import logins_of, own_issuer
from app.settings import Settings
from connectors.core.http import LeanTransport

WECHAT = {"base_url": "https://wechat.example", "app_id": "wx1", "app_secret": "the-apps-secret"}
PLATFORM = {
    "base_url": "http://platform.example/",
    "bindings_url": "https://platform.example/bindings",
    "bindings_token": "the-token-of-the-bindings-32-characters",
}


def raw(**changes: Any) -> dict[str, Any]:
    return {
        "secret": "a-secret-of-the-test-suite-only-32-bytes",
        "identity": {"issuer": "elsewhere", "audience": "us", "hs256_secret": "x" * 32},
        "systems": {"s": {"vendor": "regional_wechat", "base_url": "http://127.0.0.1:1"}},
        "hospitals": [{"id": "253", "name": "县人民医院", "system": "s"}],
        "wechat": WECHAT,
        "platform": PLATFORM,
    } | changes


def problems(**changes: Any) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        parse(raw(**changes))
    return caught.value.problems


def test_without_settings_nobody_is_logged_in_here() -> None:
    settings = parse(raw(wechat=None, platform=None))

    assert own_issuer(settings) is None
    assert logins_of(settings, None, revocations_of(settings, None), LeanTransport) is None


def test_tokens_last_a_quarter_of_an_hour_and_logins_thirty_days() -> None:
    login = parse(raw()).login

    assert (login.access_seconds, login.login_days) == (900, 30)


def test_a_mini_program_needs_the_platform() -> None:
    assert problems(platform=None) == ["configuration: wechat needs platform, which says who is bound to an account"]


def test_own_tokens_have_a_name_of_their_own() -> None:
    assert problems(login={"issuer": "elsewhere"}) == ["configuration: login.issuer is the name of another issuer"]


def test_own_tokens_live_no_longer_than_any_token_may() -> None:
    identity = raw()["identity"] | {"longest_token_seconds": 600}

    assert problems(identity=identity) == [
        "configuration: login.access_seconds is more than identity.longest_token_seconds"
    ]


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("wechat", "base_url", "http://wechat.example"),
        ("wechat", "app_secret", ""),
        ("platform", "bindings_url", "http://platform.example/bindings"),
        ("platform", "bindings_token", "short"),
        ("login", "access_seconds", 7200),
        ("login", "login_days", 0),
        ("login", "signing_keys", ["short"]),
        ("login", "signing_keys", ["k" * 32, "k" * 32]),
    ],
)
def test_what_would_be_unsafe_is_refused_by_its_place_and_not_quoted(part: str, name: str, value: Any) -> None:
    (problem,) = problems(**{part: raw().get(part, {}) | {name: value}})

    assert problem.startswith(f"{part}.{name}")
    assert "wechat.example" not in problem


@pytest.mark.parametrize("package", ["prefront", "wechat"])
def test_what_serves_no_hospital_is_no_hospitals_system(package: str) -> None:
    (problem,) = problems(systems={"s": {"vendor": package, "base_url": "http://127.0.0.1:1"}})

    assert problem == "systems.s.vendor: unknown; known are palm_hospital, regional_wechat"


def test_own_tokens_are_for_patients_alone() -> None:
    issuer = own_issuer(parse(raw()))

    assert issuer is not None
    assert {role.value for role in issuer.roles} == {"PATIENT"}
    assert (issuer.name, issuer.audience) == ("patient-graph", "us")


async def test_a_revocation_is_kept_as_long_as_a_login_can_be_renewed() -> None:
    settings: Settings = parse(raw())
    now = [1_800_000_000.0]
    revocations = revocations_of(settings, None, clock=lambda: now[0])
    await revocations.revoke_subject("account-1")
    begun = now[0] - 1
    now[0] += 29 * 86400

    assert revocations.revoked_since("account-1", begun)
