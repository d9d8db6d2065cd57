"""The process's settings: `hospitals.toml`, with the environment laid over it."""

from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from connectors.core.config import HospitalConfig, SystemConfig
from connectors.core.transport import Limits
from connectors.registry import vendor_options


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


def _redis_url(secret: SecretStr) -> SecretStr:
    if urlsplit(secret.get_secret_value()).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("must begin with redis://, rediss:// or unix://")
    return secret


HttpUrl = Annotated[str, AfterValidator(_http_url)]
RedisUrl = Annotated[SecretStr, AfterValidator(_redis_url)]
Secret = Annotated[SecretStr, Field(min_length=32)]
Name = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    """A part of the settings; a misspelt name is a problem, not silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ServerSettings(_Part):
    """Where the server listens and what it shows."""

    host: Name = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    max_body_bytes: int = Field(1024 * 1024, ge=1024)
    max_tokens: int = Field(4000, ge=100)
    introspection: bool = True
    graphiql: bool = True


class IdentitySettings(_Part):
    """Whose tokens are trusted. Exactly one of `hs256_secret` and `jwks_url` is set."""

    issuer: Name
    audience: Name
    hs256_secret: Secret | None = None
    jwks_url: HttpUrl | None = None
    leeway_seconds: int = Field(30, ge=0, le=300)


class SystemSettings(_Part):
    """One vendor system. The vendor's own model checks `options`."""

    vendor: Name
    base_url: HttpUrl
    connect_seconds: float = Field(2.0, gt=0)
    read_seconds: float = Field(10.0, gt=0)
    connections: int = Field(32, ge=1)
    response_bytes: int = Field(8 * 1024 * 1024, ge=1024)
    options: dict[str, Any] = Field(default_factory=dict, repr=False)


class HospitalSettings(_Part):
    """One hospital and the system that serves it. `paths` are single interfaces' addresses that differ."""

    id: Name
    name: Name
    system: Name
    upstream_id: Name | None = None
    base_url: HttpUrl | None = None
    paths: dict[str, str] = Field(default_factory=dict)


class Settings(_Part):
    """All of it."""

    secret: Secret
    deadline_seconds: float = Field(8.0, gt=0, le=120)
    redis_url: RedisUrl | None = None
    caches: bool = True
    server: ServerSettings = ServerSettings()
    identity: IdentitySettings
    systems: dict[str, SystemSettings] = Field(min_length=1)
    hospitals: list[HospitalSettings] = Field(min_length=1)


def system_configs(settings: Settings) -> list[SystemConfig]:
    """Say it in the connectors' terms."""
    return [_system_config(settings, name, system) for name, system in settings.systems.items()]


def _system_config(settings: Settings, name: str, system: SystemSettings) -> SystemConfig:
    return SystemConfig(
        name=name,
        vendor=system.vendor,
        hospitals={
            hospital.id: HospitalConfig(
                id=hospital.id,
                name=hospital.name,
                upstream_id=hospital.upstream_id or hospital.id,
                base_url=hospital.base_url or system.base_url,
                paths=hospital.paths,
            )
            for hospital in settings.hospitals
            if hospital.system == name
        },
        options=vendor_options(system.vendor).model_validate(system.options),
        limits=Limits(
            connect_seconds=system.connect_seconds,
            read_seconds=system.read_seconds,
            connections=system.connections,
            response_bytes=system.response_bytes,
        ),
    )
