"""All settings, read once from a TOML file and the environment; every problem is named at once, never a value."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, UrlConstraints, ValidationError
from pydantic_core import Url
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from connectors.core.config import HospitalConfig, SystemConfig
from connectors.core.transport import Limits
from connectors.registry import vendor_options, vendors

_SECRET_LENGTH = 32


class ConfigurationError(Exception):
    """The configuration cannot be used; `problems` has a line for each reason, with its place."""

    def __init__(self, problems: list[str]) -> None:
        """Take the lines."""
        self.problems = problems
        super().__init__("\n".join(problems))


def _without_slash(url: Url) -> str:
    return str(url).rstrip("/")


Address = Annotated[
    Url, UrlConstraints(allowed_schemes=["http", "https"], host_required=True), AfterValidator(_without_slash)
]
Secret = Annotated[SecretStr, Field(min_length=_SECRET_LENGTH)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Server(_Part):
    """Where the server listens and what it shows."""

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    max_body_bytes: int = Field(1024 * 1024, ge=1024)
    max_tokens: int = Field(4000, ge=100)
    graphiql: bool = True


class Identity(_Part):
    """Whose tokens are believed: signed with a shared secret, or with a key of a key set."""

    issuer: str = Field(min_length=1)
    audience: str = Field(min_length=1)
    hs256_secret: Secret | None = None
    jwks_url: Address | None = None
    leeway_seconds: int = Field(30, ge=0, le=300)


class System(_Part):
    """A vendor system and what it may cost us."""

    vendor: str
    base_url: Address
    connect_seconds: float = Field(2.0, gt=0)
    read_seconds: float = Field(10.0, gt=0)
    connections: int = Field(32, ge=1)
    response_bytes: int = Field(8 * 1024 * 1024, ge=1024)
    options: dict[str, Any] = {}


class Hospital(_Part):
    """A hospital and the system it is reached through."""

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    system: str
    upstream_id: str | None = None
    base_url: Address | None = None
    paths: dict[str, str] = {}


class Settings(BaseSettings):
    """The whole configuration. The environment (`PATIENT_GRAPH_...`, `REDIS_URL`) goes before the file."""

    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        env_prefix="PATIENT_GRAPH_",
        env_nested_delimiter="__",
    )

    secret: Secret
    deadline_seconds: float = Field(8.0, gt=0, le=60)
    redis_url: SecretStr | None = None
    server: Server = Server()
    identity: Identity
    systems: dict[str, System] = Field(min_length=1)
    hospitals: list[Hospital] = Field(min_length=1)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 # the base class's form
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 # the base class's form
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 # the base class's form
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file, which arrives as arguments."""
        return env_settings, init_settings


def load(path: Path) -> Settings:
    """Read and check the configuration; raises ConfigurationError with every problem."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError([f"{path.name}: cannot be read ({type(error).__name__})"]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError([f"{path.name}: not TOML ({error})"]) from None
    return check(raw)


def check(raw: Mapping[str, Any]) -> Settings:
    """Check a configuration; raises ConfigurationError with every problem."""
    given = dict(raw)
    if "REDIS_URL" in os.environ:
        given.setdefault("redis_url", os.environ["REDIS_URL"])
    problems = [*_cross_problems(given)]
    try:
        settings = Settings(**given)
    except ValidationError as error:
        structural = [f"{_place(problem['loc'])}: {problem['msg']}" for problem in _errors(error)]
        raise ConfigurationError(structural + problems) from None
    if (settings.identity.hs256_secret is None) == (settings.identity.jwks_url is None):
        problems.append("identity: name exactly one of hs256_secret and jwks_url")
    if problems:
        raise ConfigurationError(problems)
    return settings


def system_configs(settings: Settings) -> list[SystemConfig]:
    """Make what the connectors are told."""
    return [
        SystemConfig(
            name=name,
            vendor=system.vendor,
            hospitals={
                hospital.id: HospitalConfig(
                    id=hospital.id,
                    name=hospital.name,
                    upstream_id=hospital.upstream_id or hospital.id,
                    base_url=str(hospital.base_url or system.base_url),
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
        for name, system in settings.systems.items()
    ]


def _cross_problems(raw: Mapping[str, Any]) -> Iterator[str]:
    """Find what no single part shows, on the raw values, so that it is told beside the structural problems."""
    systems = raw.get("systems")
    systems = systems if isinstance(systems, dict) else {}
    for name, system in systems.items():
        if isinstance(system, dict):
            yield from _vendor_problems(name, system)
    hospitals = raw.get("hospitals")
    seen: set[object] = set()
    for index, hospital in enumerate(hospitals if isinstance(hospitals, list) else []):
        if not isinstance(hospital, dict):
            continue
        if "system" in hospital and hospital["system"] not in systems:
            yield f"hospitals[{index}].system: no such system"
        if hospital.get("id") in seen:
            yield f"hospitals[{index}].id: a hospital of this id stands above"
        seen.add(hospital.get("id"))


def _vendor_problems(name: str, system: Mapping[str, Any]) -> Iterator[str]:
    vendor = system.get("vendor")
    if not isinstance(vendor, str):
        return
    if vendor not in vendors():
        yield f"systems.{name}.vendor: unknown; there are {', '.join(vendors())}"
        return
    try:
        vendor_options(vendor).model_validate(system.get("options", {}))
    except ValidationError as error:
        for problem in _errors(error):
            yield f"systems.{name}.options.{_place(problem['loc'])}: {problem['msg']}"


def _errors(error: ValidationError) -> list[Any]:
    return list(error.errors(include_input=False, include_url=False, include_context=False))


def _place(location: tuple[int | str, ...]) -> str:
    place = ""
    for part in location:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else str(part)
    return place or "configuration"
