"""Answers in the form that nearly all servers send, read without the parser: it calls back for each header."""

import re

# Longer heads, and bodies of more digits than that, are the parser's.
_MOST_HEAD = 4096
_HEAD = re.compile(rb"HTTP/1\.1 200 [\x20-\x7e]*((?:\r\n[A-Za-z0-9-]+:[\x20-\x7e]*)*)")
_LENGTH = re.compile(rb"\r\ncontent-length: ?([0-9]{1,9}) *(?=\r\n|$)")
# Whatever says more about how the body is sent or what comes after it.
_MORE = re.compile(rb"\r\n(?:transfer-|content-encoding|upgrade|trailer|connection:(?! *keep-alive *(?:\r\n|$)))")


def body_at(data: bytes) -> int | None:
    """Where the body begins in an answer of status 200 that is here whole, with nothing after it.

    None for anything that is not plainly that: an answer in pieces, of another status or form, packed or in chunks,
    with two lengths or none.
    """
    end = data.find(b"\r\n\r\n", 0, _MOST_HEAD)
    if end < 0:
        return None
    head = _HEAD.fullmatch(data, 0, end)
    if head is None:
        return None
    fields = head[1].lower()
    length = _LENGTH.search(fields)
    if length is None or fields.count(b"\r\ncontent-length") != 1 or _MORE.search(fields):
        return None
    return end + 4 if end + 4 + int(length[1]) == len(data) else None
