"""HTML that hospitals put into texts, as plain text: front ends show it as it is."""

import re
from html.parser import HTMLParser

from connectors.core import convert

_BREAKING = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = frozenset({"script", "style"})
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r" ?\n[ \n]*")


class _Words(HTMLParser):
    """Collects what a browser would show, with a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 # given by the parser
        if tag in _BREAKING:
            self.found.append("\n")
        self._hidden += tag in _HIDDEN

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKING:
            self.found.append("\n")
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data)


def plain_text(value: object) -> str | None:
    """Text without tags and entities; each paragraph and line break begins a line."""
    written = convert.text(value)
    if written is None or not ("<" in written or "&" in written):
        return written
    words = _Words()
    words.feed(written)
    words.close()
    shown = _EMPTY_LINES.sub("\n", _SPACES.sub(" ", "".join(words.found)))
    return shown.strip() or None
