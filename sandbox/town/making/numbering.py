"""Running numbers, per hospital and kind of record."""

from collections import Counter


class Numbering:
    """Hands out ids such as `253V00001`: unique over all hospitals, the same for the same seed."""

    def __init__(self) -> None:
        self._last: Counter[str] = Counter()

    def next(self, hospital: str, kind: str) -> str:
        """The next id of a kind at a hospital."""
        prefix = f"{hospital}{kind}"
        self._last[prefix] += 1
        return f"{prefix}{self._last[prefix]:05d}"
