"""The kinds of values that settings have, each with its check; what is refused is named, never quoted."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from app.rate_limits import sound_rate


def _http_url(text: str) -> str:
    """Accept an http or https address without credentials, query or fragment."""
    # urlsplit itself quotes the value when it refuses one: its sentence is replaced.
    try:
        parts = urlsplit(text)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise ValueError("must be an http or https address")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("must not hold credentials, a query or a fragment")
    return text.rstrip("/")


def _safe_url(text: str) -> str:
    """Accept what nobody on the way can read or change: who can, makes keys or takes secrets, and is anybody then."""
    address = _http_url(text)
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in _THIS_MACHINE:
        raise ValueError("must be an https address, or of this machine")
    return address


def _redis_url(secret: SecretStr) -> SecretStr:
    if urlsplit(secret.get_secret_value()).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("must begin with redis://, rediss:// or unix://")
    return secret


def _distinct(secrets: list[SecretStr]) -> list[SecretStr]:
    if len(set(secrets)) != len(secrets):
        raise ValueError("must not name a key twice")
    return secrets


def _who(value: object) -> object:
    """Take yes and no for everybody and nobody."""
    return _PLAIN_WHO.get(str(value).lower(), value) if isinstance(value, bool | str) else value


def _origin(text: str) -> str:
    """Accept what browsers send in the header of this name."""
    parts = urlsplit(_http_url(text))
    if text != f"{parts.scheme}://{parts.netloc.lower()}":
        raise ValueError("must be like https://host or https://host:port, in lower case")
    return text


_PLAIN_WHO = {"true": "everybody", "false": "nobody"}
Introspection = Annotated[Literal["everybody", "staff", "nobody"], BeforeValidator(_who)]
Origin = Annotated[str, AfterValidator(_origin)]
_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
HttpUrl = Annotated[str, AfterValidator(_http_url)]
SafeUrl = Annotated[str, AfterValidator(_safe_url)]
RedisUrl = Annotated[SecretStr, AfterValidator(_redis_url)]
Secret = Annotated[SecretStr, Field(min_length=32)]
# The newest first. One that is named twice was meant to be another.
Secrets = Annotated[list[Secret], AfterValidator(_distinct)]
Name = Annotated[str, Field(min_length=1)]
Rate = Annotated[str, AfterValidator(sound_rate)]
