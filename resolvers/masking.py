"""Masks: what of a personal value is shown."""

_SHOWN_START = 3
_SHOWN_END = 4


def masked_identity_number(number: str) -> str:
    """Show the first three and the last four characters: `370***********5236`."""
    return _masked(number)


def masked_phone(number: str) -> str:
    """Show the first three and the last four digits: `100****0001`."""
    return _masked(number)


def _masked(value: str) -> str:
    hidden = len(value) - _SHOWN_START - _SHOWN_END
    if hidden <= 0:
        return "*" * len(value)
    return value[:_SHOWN_START] + "*" * hidden + value[-_SHOWN_END:]
