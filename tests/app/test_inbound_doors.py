"""Who may call here is said in the settings, and what they show is checked whole."""

from copy import deepcopy
from typing import Any

import pytest

from app.configuration import ConfigurationError, parse
from app.inbound.doors import doors_of
from app.settings import system_configs
from tests.app.test_configuration import GOOD

OLDER, NEWER = "the-secret-of-last-year-32-characters", "the-secret-of-this-year-32-characters"


def configured(**inbound: Any) -> Any:
    raw = deepcopy(GOOD)
    raw["hospitals"][0]["inbound"] = inbound
    return parse(raw)


@pytest.mark.parametrize(
    "inbound",
    [
        {},
        {"secrets": []},
        {"secrets": ["sentinel-too-short"]},
        {"secrets": [NEWER, NEWER]},
        {"secrets": [NEWER, OLDER, "sentinel-of-a-third-secret-32-characters"]},
        {"secrets": [NEWER], "forward_to": "ftp://sentinel"},
        {"secrets": [NEWER], "forward_to": "http://user:sentinel@host"},
        {"secrets": [NEWER], "typo": 1},
    ],
)
def test_what_is_wrong_is_named_and_not_quoted(inbound: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        configured(**inbound)
    assert all(problem.startswith("hospitals[0].inbound") for problem in caught.value.problems)
    assert not [problem for problem in caught.value.problems if "sentinel" in problem or NEWER in problem]


def test_a_hospital_without_the_setting_has_no_door() -> None:
    settings = parse(GOOD)
    assert doors_of(settings) == {}
    assert not system_configs(settings)[0].hospitals["253"].sends


def test_either_of_two_secrets_opens() -> None:
    settings = configured(secrets=[NEWER, OLDER])
    door = doors_of(settings)["253"]
    assert system_configs(settings)[0].hospitals["253"].sends
    for shown in (f"Bearer {NEWER}", f"bearer {OLDER}"):
        assert door.opens(shown.encode())
    for shown in ("", "Bearer ", "Bearer x", NEWER, f"Basic {NEWER}", f"Bearer {NEWER} ", f"Bearer {NEWER[:-1]}"):
        assert not door.opens(shown.encode())
    assert NEWER not in repr(settings)
    assert NEWER not in repr(door)
