"""The health card's id is cut out of what its code holds, at the configured place."""

import pytest

from connectors.regional_wechat.health_card import card_number
from tests.connectors.golden import ScriptedTransport, connect

FIRST = "1F40CDA21B28AA6E491CA4FA89E3D3EBBE0CD9F5C9A58DD91657ADF3A67063B8"
SECOND = "AAAAAA9F9E9B7AA7F669D507662234156C04D80062DE9F4BD638D2DCF9A23B77"
# As printed; whether the line break belongs to it is not stated.
PRINTED = f"{FIRST}:1\n{SECOND}:0:00498E623C7AFE337F33E8C60B40F1A8::"


@pytest.mark.parametrize(
    ("scanned", "position", "number"),
    [
        (PRINTED, 0, FIRST),
        (f"1:\n{SECOND} :0::", 1, SECOND),
        ("001000056254587", 0, "001000056254587"),
        (" 001000056254587\n", 3, "001000056254587"),
    ],
)
def test_the_number_is_the_part_at_the_configured_place_or_the_whole_code(
    scanned: str, position: int, number: str
) -> None:
    assert card_number(scanned, position) == number


@pytest.mark.parametrize(
    ("scanned", "position"),
    [
        (PRINTED, 1),
        (PRINTED, 2),
        (PRINTED, 9),
        ("", 0),
        ("  ", 0),
        ("卡号", 0),
        ("a b", 0),
        ("https://example.test", 0),
    ],
)
def test_what_holds_no_number_there_is_no_card(scanned: str, position: int) -> None:
    assert card_number(scanned, position) is None


def test_the_place_is_an_option_of_the_system() -> None:
    usual = connect("regional_wechat", ScriptedTransport(b""), ["253"], {})
    moved = connect("regional_wechat", ScriptedTransport(b""), ["253"], {"health_card_position": 1})

    assert usual.card_number(PRINTED) == FIRST
    assert moved.card_number(f"1:{SECOND}:0") == SECOND


def test_another_vendors_codes_are_the_numbers_themselves() -> None:
    palm = connect("palm_hospital", ScriptedTransport(b""), ["501"], {})

    assert palm.card_number(" PC000001 ") == "PC000001"
    assert palm.card_number(" ") is None
