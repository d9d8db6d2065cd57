"""The limits as the settings say them."""

from typing import Any

import pytest

from app.configuration import ConfigurationError, load, parse
from app.endpoint.budget import AllowedCalls
from app.endpoint.complexity import DocumentLimits
from app.settings import LimitSettings
from tests.app.test_configuration import GOOD


def test_without_a_word_everything_is_limited() -> None:
    limits = parse(GOOD).limits

    assert limits == LimitSettings()
    assert limits.document == DocumentLimits()
    assert AllowedCalls(limits.calls_per_operation, limits.calls_per_hospital) == AllowedCalls()
    assert parse(GOOD).server.trusted_proxies == []


def test_every_limit_can_be_set() -> None:
    given = {"document": {"aliases": 5, "tokens": 200}, "calls_per_hospital": 7, "address_rate": "10 per 2 seconds"}
    limits = parse({**GOOD, "limits": given}).limits

    assert (limits.document.aliases, limits.document.tokens, limits.document.depth) == (5, 200, 20)
    assert (limits.calls_per_hospital, limits.address_rate) == (7, "10 per 2 seconds")


def test_the_environment_sets_limits_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("PATIENT_GRAPH_LIMITS__DOCUMENT__DEPTH", "9")
    monkeypatch.setenv("PATIENT_GRAPH_LIMITS__PATIENT_RATE", "7/minute")
    monkeypatch.setenv("PATIENT_GRAPH_SERVER__TRUSTED_PROXIES", '["10.0.0.0/8"]')
    file = tmp_path / "hospitals.toml"
    file.write_text(TOML)
    settings = load(file)

    assert (settings.limits.document.depth, settings.limits.patient_rate) == (9, "7/minute")
    assert [str(network) for network in settings.server.trusted_proxies] == ["10.0.0.0/8"]


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"limits": {"patient_rate": "as often as they like"}}, "limits.patient_rate: must be like 600/minute"),
        ({"limits": {"patient_rate": "0/minute"}}, "limits.patient_rate: must be like 600/minute"),
        ({"limits": {"calls_per_operation": 0}}, "limits.calls_per_operation"),
        ({"limits": {"document": {"aliases": 0}}}, "limits.document.aliases"),
        ({"limits": {"document": {"alias": 5}}}, "limits.document.alias"),
        ({"limits": {"rate": "5/minute"}}, "limits.rate"),
        ({"server": {"trusted_proxies": ["10.0.0.1/8"]}}, "server.trusted_proxies[0]"),
        ({"server": {"body_seconds": 0}}, "server.body_seconds"),
    ],
)
def test_what_is_wrong_is_named_without_its_value(wrong: dict[str, Any], place: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse({**GOOD, **wrong})

    assert any(problem.startswith(place) for problem in caught.value.problems), caught.value.problems
    assert "as often" not in str(caught.value.problems)


TOML = """
secret = "a-secret-of-the-test-suite-only-32-bytes"
[identity]
issuer = "i"
audience = "a"
hs256_secret = "a-secret-of-the-test-suite-only-32-bytes"
[systems.s]
vendor = "palm_hospital"
base_url = "http://127.0.0.1:1"
[[hospitals]]
id = "1"
name = "n"
system = "s"
"""
