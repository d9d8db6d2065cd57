"""A bad configuration names every problem at once, with its place, never its value."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from app.configuration import ConfigurationError, load, parse
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


def test_settings_do_not_print_their_secrets() -> None:
    settings = Settings.model_validate(GOOD)

    assert SECRET not in repr(settings)
