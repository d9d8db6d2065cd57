"""A bad configuration names every problem at once, with its place, never its value."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from app.configuration import ConfigurationError, cautions, load, parse
from app.settings import Settings, system_configs

EXAMPLE = Path(__file__).parents[2] / "deploy" / "hospitals.example.toml"
SECRET = "sentinel-of-thirty-two-characters-or-more"
GOOD: dict[str, Any] = {
    "secret": SECRET,
    "identity": {"issuer": "i", "audience": "a", "hs256_secret": SECRET},
    "systems": {"county": {"vendor": "regional_wechat", "base_url": "http://his.example/api/"}},
    "hospitals": [{"id": "253", "name": "县人民医院", "system": "county"}],
}


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)


def problems_of(**changes: Any) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        parse({**deepcopy(GOOD), **changes})
    return caught.value.problems


def test_the_example_is_accepted() -> None:
    settings = load(EXAMPLE)

    assert {hospital.id for hospital in settings.hospitals} == {"253", "254", "501"}


def test_defaults_are_filled_in_from_the_system() -> None:
    [system] = system_configs(parse(GOOD))

    assert system.hospitals["253"].upstream_id == "253"
    assert system.hospitals["253"].base_url == "http://his.example/api"
    assert system.limits.connections == 32


def test_every_problem_is_named_at_once() -> None:
    problems = problems_of(
        secret="short",
        deadline_seconds=0,
        typo=1,
        identity={"issuer": "i", "audience": 5},
        systems={
            "a": {"vendor": "nobody", "base_url": "ftp://x"},
            "b": {"vendor": "palm_hospital", "base_url": "http://x", "options": {"signer": {"template": "{x}"}}},
        },
        hospitals=[
            {"id": "1", "name": "一", "system": "a"},
            {"id": "1", "name": "二", "system": "nowhere"},
        ],
    )

    for place in (
        "secret:",
        "deadline_seconds:",
        "typo:",
        "identity.audience:",
        "identity: one of",
        "systems.a.vendor: unknown",
        "systems.a.base_url:",
        "systems.b.options.signer.key:",
        "systems.b.options.signer.template:",
        "hospitals[0].id:",
        "hospitals[1].id:",
        "hospitals[1].system:",
    ):
        assert any(problem.startswith(place) for problem in problems), (place, problems)


def test_no_value_is_quoted() -> None:
    sentinel = "sentinel"
    problems = problems_of(
        secret=sentinel,
        deadline_seconds=sentinel,
        redis_url=f"redos://:{sentinel}@x",
        identity={"issuer": "i", "audience": "a", "hs256_secret": sentinel, "jwks_url": f"http://u:{sentinel}@x"},
        systems={
            "a": {"vendor": sentinel, "base_url": f"http://[{sentinel}", "connections": sentinel},
            "b": {"vendor": "palm_hospital", "base_url": "http://x", "options": {"signer": sentinel}},
            "c": {
                "vendor": "palm_hospital",
                "base_url": f"http://x?{sentinel}",
                "options": {"signer": {"template": sentinel, "key": sentinel}},
            },
        },
        hospitals=[{"id": sentinel, "name": "一", "system": sentinel}, {"id": sentinel, "name": "二", "system": "a"}],
    )

    assert len(problems) >= 10
    assert sentinel not in "\n".join(problems)


@pytest.mark.parametrize("ways", [{}, {"hs256_secret": SECRET, "jwks_url": "https://x/jwks"}])
def test_tokens_are_checked_in_exactly_one_way(ways: dict[str, str]) -> None:
    [problem] = problems_of(identity={"issuer": "i", "audience": "a", **ways})

    assert problem.startswith("identity:")


def test_another_issuer_is_checked_as_the_first_is() -> None:
    other = {"issuer": "o", "audience": "a", "hs256_secret": SECRET}

    assert len(parse({**GOOD, "identity": {**GOOD["identity"], "others": [other]}}).identity.issuers) == 2
    for changes, problem in (
        ({"hs256_secret": None}, "identity.others[0]: one of"),
        ({"issuer": "i"}, "identity: two issuers have the same name"),
        ({"roles": []}, "identity.others[0].roles:"),
        ({"roles": ["admin"]}, "identity.others[0].roles[0]:"),
    ):
        assert problems_of(identity={**GOOD["identity"], "others": [{**other, **changes}]})[0].startswith(problem)


@pytest.mark.parametrize(
    ("address", "accepted"),
    [
        ("https://login.example/jwks", True),
        ("http://127.0.0.1:8080/jwks", True),
        ("http://[::1]/jwks", True),
        ("http://localhost/jwks", True),
        ("http://login.example/jwks", False),
        ("http://127.0.0.1.example/jwks", False),
        ("http://10.0.0.1/jwks", False),
    ],
)
def test_keys_are_not_fetched_where_somebody_on_the_way_can_change_them(address: str, accepted: bool) -> None:
    identity = {"issuer": "i", "audience": "a", "jwks_url": address}
    if accepted:
        assert parse({**GOOD, "identity": identity}).identity.jwks_url == address
    else:
        assert problems_of(identity=identity) == ["identity.jwks_url: must be an https address, or of this machine"]


@pytest.mark.parametrize("wrong", [None, [], "x", {"county": "x"}])
def test_a_part_of_another_form_is_a_problem_and_no_exception(wrong: Any) -> None:
    assert problems_of(systems=wrong)
    assert problems_of(hospitals=wrong)
    assert problems_of(identity=wrong)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path / "none.toml")

    assert "FileNotFoundError" in caught.value.problems[0]


def test_a_file_that_is_not_toml_is_not_quoted(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(f'secret = "{SECRET}" "sentinel"\n')
    with pytest.raises(ConfigurationError) as caught:
        load(path)

    assert "line 1" in caught.value.problems[0]
    assert "sentinel" not in "\n".join(caught.value.problems)


def test_the_environment_is_laid_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATIENT_GRAPH_SERVER__PORT", "9000")
    monkeypatch.setenv("PATIENT_GRAPH_SYSTEMS__PALM__OPTIONS__SIGNER__KEY", "from-the-environment")
    monkeypatch.setenv("REDIS_URL", "redis://plain")
    settings = load(EXAMPLE)

    assert settings.server.port == 9000
    assert settings.systems["palm"].options["signer"]["key"] == "from-the-environment"
    assert settings.redis_url is not None
    assert settings.redis_url.get_secret_value() == "redis://plain"
    monkeypatch.setenv("PATIENT_GRAPH_REDIS_URL", "redis://prefixed")
    assert "prefixed" in load(EXAMPLE).redis_url.get_secret_value()  # type: ignore[union-attr]


def test_an_unreadable_variable_is_named_and_not_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATIENT_GRAPH_HOSPITALS", "[sentinel")
    with pytest.raises(ConfigurationError) as caught:
        load(EXAMPLE)

    assert "hospitals" in caught.value.problems[0]
    assert "sentinel" not in "\n".join(caught.value.problems)


def test_keys_come_from_the_environment_the_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(EXAMPLE).encryption_keys == []
    monkeypatch.setenv("PATIENT_GRAPH_ENCRYPTION_KEYS", f'["{SECRET}-newer", "{SECRET}-older"]')

    assert [key.get_secret_value() for key in load(EXAMPLE).encryption_keys] == [f"{SECRET}-newer", f"{SECRET}-older"]


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ([SECRET, "sentinel"], "encryption_keys[1]:"),
        ([SECRET, SECRET], "encryption_keys:"),
        (SECRET, "encryption_keys:"),
    ],
)
def test_a_short_or_repeated_key_is_a_problem_and_not_quoted(keys: Any, place: str) -> None:
    [problem] = problems_of(encryption_keys=keys)

    assert problem.startswith(place)
    assert "sentinel" not in problem


@pytest.mark.parametrize(
    ("where", "told"), [({"redis_url": "redis://127.0.0.1"}, "Redis"), ({}, "the file of the audit log")]
)
def test_what_is_kept_without_keys_is_a_caution(where: dict[str, str], told: str) -> None:
    assert cautions(parse({**GOOD, **where, "encryption_keys": [SECRET]})) == []
    [caution] = cautions(parse({**GOOD, **where}))
    assert caution.startswith("encryption_keys:")
    assert told in caution


def test_the_audit_log_and_grants_have_settings_with_safe_defaults() -> None:
    settings = parse(GOOD)

    assert (settings.audit.path, settings.audit.most_waiting) == (Path("audit.sqlite3"), 20_000)
    assert settings.emergency_seconds == 900
    assert problems_of(audit={"path": "x", "most_waiting": 0, "typo": 1}, emergency_seconds=86400) == [
        "audit.most_waiting: Input should be greater than or equal to 100",
        "audit.typo: Extra inputs are not permitted",
        "emergency_seconds: Input should be less than or equal to 3600",
    ]


def test_settings_do_not_print_their_secrets() -> None:
    settings = Settings.model_validate({**GOOD, "encryption_keys": [SECRET]})

    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    ("given", "meant"), [(True, "everybody"), (False, "nobody"), ("true", "everybody"), ("staff", "staff")]
)
def test_who_may_ask_for_the_schema_may_be_a_yes_or_no(given: object, meant: str) -> None:
    assert parse({**GOOD, "server": {"introspection": given}}).server.introspection == meant
    assert parse(GOOD).server.introspection == "staff"


def test_a_manifest_closes_the_door_unless_told_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.touch()

    def closed(**documents: Any) -> bool:
        return parse({**GOOD, "documents": documents}).documents.closed

    assert not closed()
    assert closed(manifest=path)
    assert closed(manifest=path, only_trusted=True)
    assert not closed(manifest=path, only_trusted=False, automatic=True)


@pytest.mark.parametrize(
    ("part", "given", "problem"),
    [
        ("server", {"introspection": "patients"}, "server.introspection: Input should be 'everybody', 'staff' or"),
        ("server", {"introspection": 5}, "server.introspection: Input should be 'everybody', 'staff' or"),
        ("server", {"allowed_origins": ["*"]}, "server.allowed_origins[0]: must be an http or https address"),
        ("server", {"allowed_origins": ["https://a.example/"]}, "server.allowed_origins[0]: must be like https://host"),
        (
            "server",
            {"allowed_origins": ["https://a.example/x"]},
            "server.allowed_origins[0]: must be like https://host",
        ),
        ("server", {"allowed_origins": ["https://A.example"]}, "server.allowed_origins[0]: must be like https://host"),
        ("documents", {"manifest": "nowhere.json"}, "documents.manifest: Path does not point to a file"),
        ("documents", {"only_trusted": True}, "documents: only_trusted needs a manifest"),
        ("documents", {"manifest": __file__, "automatic": True}, "documents: automatic is for development"),
        ("documents", {"automatic": True, "typo": 1}, "documents.typo: Extra inputs are not permitted"),
    ],
)
def test_settings_of_documents_and_browsers_that_cannot_be_meant(part: str, given: Any, problem: str) -> None:
    assert any(said.startswith(problem) for said in problems_of(**{part: given}))
