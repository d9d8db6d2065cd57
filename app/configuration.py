"""Reads the settings, and names everything that is wrong with them at once: places and reasons, never values."""

import os
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict, SettingsError

from app.settings import Settings
from connectors.registry import vendor_options, vendors


class ConfigurationError(Exception):
    """The settings cannot be used; `problems` holds one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        """Take the sentences."""
        self.problems = problems
        super().__init__(f"{len(problems)} problems with the configuration")


class _Environment(BaseSettings, Settings):
    """The names that the environment may set; never made, only read for its fields."""

    model_config = SettingsConfigDict(env_prefix="PATIENT_GRAPH_", env_nested_delimiter="__", extra="forbid")


def load(path: Path | None) -> Settings:
    """Read the file, lay the environment over it, check the whole. Raises ConfigurationError."""
    problems: list[str] = []
    raw = _file(path, problems)
    try:
        raw = _merged(raw, EnvSettingsSource(_Environment)())
    except SettingsError as error:
        # The sentence names the field and no value.
        problems.append(f"environment: {error}")
    plain = os.environ.get("REDIS_URL")
    if plain and not os.environ.get("PATIENT_GRAPH_REDIS_URL"):
        raw["redis_url"] = plain
    if problems and not raw:
        raise ConfigurationError(problems)
    try:
        settings = parse(raw)
    except ConfigurationError as error:
        raise ConfigurationError(problems + error.problems) from None
    if problems:
        raise ConfigurationError(problems)
    return settings


def parse(raw: Mapping[str, Any]) -> Settings:
    """Check settings that are already read. Raises ConfigurationError."""
    problems: list[str] = []
    settings: Settings | None = None
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as error:
        problems += _sentences("", error)
    # What no single field shows is looked up in the raw form, so that it is named even where the form is wrong.
    problems += [*_identity_problems(raw), *_system_problems(raw), *_hospital_problems(raw)]
    if problems or settings is None:
        raise ConfigurationError(problems)
    return settings


def cautions(settings: Settings) -> list[str]:
    """Name what is allowed but is not meant for patients' real data."""
    if settings.encryption_keys:
        return []
    if settings.redis_url is not None:
        return ["encryption_keys: none, though redis_url is set; what Redis keeps of patients can be read there"]
    return ["encryption_keys: none; card numbers can be read in the file of the audit log"]


def _file(path: Path | None, problems: list[str]) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        problems.append(f"{path}: cannot be read ({type(error).__name__})")
    except UnicodeDecodeError:
        problems.append(f"{path}: is not UTF-8")
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{path}: is not TOML ({_place(error)})")
    return {}


def _place(error: tomllib.TOMLDecodeError) -> str:
    """Keep the place of a TOML error: its sentence may quote the file."""
    _, found, place = str(error).rpartition("(at ")
    return f"at {place.rstrip(')')}" if found else "somewhere"


def _merged(below: dict[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for name, value in above.items():
        known = merged.get(name)
        merged[name] = _merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return merged


def _sentences(place: str, error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        yield f"{_path(place, detail['loc'])}: {detail['msg'].removeprefix('Value error, ')}"


def _path(place: str, steps: tuple[int | str, ...]) -> str:
    for step in steps:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else step
    return place or "configuration"


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = raw.get(name)
    return table if isinstance(table, Mapping) else {}


def _identity_problems(raw: Mapping[str, Any]) -> Iterator[str]:
    identity = raw.get("identity")
    if not isinstance(identity, Mapping):
        return
    yield from _issuer_problems("identity", identity)
    others = identity.get("others")
    for index, other in enumerate(others if isinstance(others, list) else []):
        if isinstance(other, Mapping):
            yield from _issuer_problems(f"identity.others[{index}]", other)


def _issuer_problems(place: str, issuer: Mapping[str, Any]) -> Iterator[str]:
    ways = [name for name in ("hs256_secret", "jwks_url") if issuer.get(name) is not None]
    if len(ways) != 1:
        yield f"{place}: {'only one' if ways else 'one'} of hs256_secret and jwks_url must be set"


def _system_problems(raw: Mapping[str, Any]) -> Iterator[str]:
    for name, system in _table(raw, "systems").items():
        vendor = system.get("vendor") if isinstance(system, Mapping) else None
        if not isinstance(vendor, str) or not vendor:
            continue
        if vendor not in vendors():
            yield f"systems.{name}.vendor: unknown; known are {', '.join(vendors())}"
            continue
        try:
            vendor_options(vendor).model_validate(system.get("options", {}))
        except ValidationError as error:
            yield from _sentences(f"systems.{name}.options", error)


def _hospital_problems(raw: Mapping[str, Any]) -> Iterator[str]:
    listed = raw.get("hospitals")
    hospitals = [
        (index, hospital)
        for index, hospital in enumerate(listed if isinstance(listed, list) else [])
        if isinstance(hospital, Mapping)
    ]
    times = Counter(hospital["id"] for _, hospital in hospitals if isinstance(hospital.get("id"), str))
    systems = _table(raw, "systems")
    for index, hospital in hospitals:
        if isinstance(hospital.get("id"), str) and times[hospital["id"]] > 1:
            yield f"hospitals[{index}].id: used by {times[hospital['id']]} hospitals"
        if isinstance(hospital.get("system"), str) and hospital["system"] not in systems:
            yield f"hospitals[{index}].system: there is no system of this name"
