"""Answers compared with the document's own example, which the golden case of an interface has."""

import json
from pathlib import Path
from typing import Any

CASES = Path(__file__).parents[1] / "cases" / "regional_wechat"


def example(number: str) -> Any:
    """The documented answer of an interface."""
    return json.loads((CASES / f"{number}.json").read_text())["response"]


def unlike(answer: Any, documented: Any, place: str = "") -> list[str]:
    """Name the places where an answer has other fields or kinds of values than the documented one.

    Rows of a documented list may each have other fields: an answer's rows keep to one of them.
    """
    if isinstance(documented, dict) and isinstance(answer, dict):
        places = [f"{place}.{name}" for name in answer.keys() ^ documented.keys()]
        for name in answer.keys() & documented.keys():
            places += unlike(answer[name], documented[name], f"{place}.{name}")
        return places
    if isinstance(documented, list) and isinstance(answer, list):
        found = [min((unlike(row, known, f"{place}[]") for known in documented), key=len) for row in answer]
        return [each for row in found for each in row]
    return [] if _kind(answer) == _kind(documented) else [place]


def _kind(value: Any) -> str:
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__
