"""A request's headers as ASGI hands them over, the first where one is given twice."""

from collections.abc import Mapping
from typing import TypeAlias

from starlette.types import Scope

Headers: TypeAlias = Mapping[bytes, bytes]


def headers_of(scope: Scope) -> Headers:
    """Make them findable by name; names are in lower case."""
    return dict(reversed(scope["headers"]))
