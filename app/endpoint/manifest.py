"""Reads the manifest of trusted documents, in either of the two forms that clients' build tools write."""

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import orjson
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

_PREFIX = "sha256:"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_OPERATION = re.compile(r"\b(?:query|mutation|subscription)\s+([A-Za-z_][A-Za-z0-9_]*)")


class ManifestError(Exception):
    """The manifest cannot be used; `problems` holds one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        """Take the sentences."""
        self.problems = problems
        super().__init__(f"{len(problems)} problems with the manifest")


class Listed(NamedTuple):
    """A document of the manifest: what requests call it, what people call it, and its text."""

    id: str
    name: str
    text: str


_Id = Annotated[str, Field(pattern=r"^(sha256:)?[A-Za-z0-9._~-]{1,128}$")]
_Text = Annotated[str, Field(min_length=1)]


class _ApolloOperation(BaseModel):
    id: _Id
    name: str = ""
    body: _Text


class _ApolloManifest(BaseModel):
    """What @apollo/generate-persisted-query-manifest and Apollo's mobile clients write."""

    format: Literal["apollo-persisted-query-manifest"]
    version: Literal[1]
    operations: list[_ApolloOperation]


_RELAY: TypeAdapter[dict[str, str]] = TypeAdapter(dict[_Id, _Text])


def read_manifest(path: Path) -> list[Listed]:
    """Return the documents that the file lists. Raises ManifestError with everything that is wrong with their form."""
    try:
        content = orjson.loads(path.read_bytes())
    except OSError as error:
        raise ManifestError([f"cannot be read ({type(error).__name__})"]) from None
    except orjson.JSONDecodeError as error:
        raise ManifestError([f"is not JSON (line {error.lineno}, column {error.colno})"]) from None
    try:
        listed = list(_listed(content))
    except ValidationError as error:
        raise ManifestError([_sentence(detail) for detail in error.errors(include_url=False)]) from None
    problems = [*_wrong_digests(listed), *_repeated(listed)]
    if problems:
        raise ManifestError(problems)
    return listed


def digest_of(text: str) -> str:
    """Return the name that clients work out for a document by themselves."""
    return sha256(text.encode()).hexdigest()


def plain_id(given: str) -> str:
    """Take off the prefix that says how the id was made."""
    return given.removeprefix(_PREFIX)


def _listed(content: Any) -> Iterator[Listed]:
    if isinstance(content, dict) and "format" in content:
        for operation in _ApolloManifest.model_validate(content).operations:
            yield Listed(plain_id(operation.id), operation.name or _name(operation.body), operation.body)
    else:
        for given, text in _RELAY.validate_python(content, strict=True).items():
            yield Listed(plain_id(given), _name(text), text)


def _name(text: str) -> str:
    found = _OPERATION.search(text)
    return found.group(1) if found else "a document without a name"


def _sentence(detail: Any) -> str:
    place = ".".join(str(step) for step in detail["loc"])
    return f"{place}: {detail['msg']}" if place else detail["msg"]


def _wrong_digests(listed: list[Listed]) -> Iterator[str]:
    for each in listed:
        if _DIGEST.fullmatch(each.id) and each.id != digest_of(each.text):
            yield f"{each.name}: the id is not the SHA-256 of the text"


def _repeated(listed: list[Listed]) -> Iterator[str]:
    times = Counter(each.id for each in listed)
    for each in listed:
        if times.pop(each.id, 1) > 1:
            yield f"{each.name}: the id is used twice"
