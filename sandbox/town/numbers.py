"""Numbers that nobody else has: identity numbers with a wrong check digit, phones out of range, card numbers."""

from collections.abc import Sized

PALM_HOSPITALS = frozenset({"501"})

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def check_digit(first_17: str) -> str:
    """The check digit that belongs to the first 17 digits of an identity number (GB 11643)."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_17, strict=True)) % 11]


def wrong_identity_number(first_17: str) -> str:
    """An identity number that cannot be anyone's: its check digit is another than the right one."""
    return first_17 + str((int(check_digit(first_17).replace("X", "0")) + 1) % 10)


def phone_number(number: int) -> str:
    """A phone number of a range that was never given out."""
    return f"{10_000_000_000 + number}"


def card_numbers(hospital_id: str, number: int) -> tuple[str, str]:
    """What is printed on a card, and the hospital's own key of it.

    The regional hospitals share one numbering and use the printed number as the key.
    """
    if hospital_id in PALM_HOSPITALS:
        return f"PC{number:06}", f"PID{number:06}"
    return f"{600_000_000_000_000 + number}", f"{600_000_000_000_000 + number}"


def next_id(hospital_id: str, letters: str, existing: Sized) -> str:
    """The id that follows those of a hospital's list, such as 253-V0012."""
    return f"{hospital_id}-{letters}{len(existing) + 1:04}"
