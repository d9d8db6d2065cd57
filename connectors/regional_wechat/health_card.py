"""What the code of a national electronic health card holds (document chapter 1.1).

    1F40...63B8:1 AAAA...3B77:0:00498E623C7AFE337F33E8C60B40F1A8::

Parts between colons, one of which is the card's id; which one, the province may change.
"""

import re

_SEPARATOR = ":"
_HEALTH_CARD_ID = re.compile(r"[0-9A-Za-z]{64}")
_CARD_NUMBER = re.compile(r"[0-9A-Za-z]{1,64}")


def card_number(scanned: str, position: int) -> str | None:
    """Cut the card's number out of what was scanned: the part at `position`, or all of a code without parts.

    None where there is none.
    """
    parts = scanned.split(_SEPARATOR)
    if len(parts) == 1:
        whole = scanned.strip()
        return whole if _CARD_NUMBER.fullmatch(whole) else None
    part = parts[position].strip() if position < len(parts) else ""
    return part if _HEALTH_CARD_ID.fullmatch(part) else None
