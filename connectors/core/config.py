"""What a connector is told about the hospitals it serves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from connectors.core.cache import Cache
from connectors.core.downloads import Downloads, HttpxDownloads
from connectors.core.kinds import KeyedHash
from connectors.core.transport import Limits, Transport
from connectors.records.drift import DriftKind


@dataclass(frozen=True, kw_only=True, slots=True)
class HospitalConfig:
    """One hospital: our id and name, and what its vendor calls it; `sends` says whether its system may call here."""

    id: str
    name: str
    upstream_id: str
    base_url: str
    paths: Mapping[str, str] = field(default_factory=dict)
    sends: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SystemConfig:
    """One vendor system, which may serve several hospitals. `options` are the vendor's own, already validated.

    Files are fetched from the hospitals' own addresses and from `file_origins` (`https://host:port`).
    """

    name: str
    vendor: str
    hospitals: Mapping[str, HospitalConfig]
    options: Any
    limits: Limits = field(default_factory=Limits)
    file_origins: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Machinery:
    """What the process lends to all connectors; `drifted` is told where an answer is not as documented."""

    cache: Cache
    digest: Callable[[str], KeyedHash]
    transport: Callable[[Limits], Transport]
    downloads: Callable[[Limits], Downloads] = HttpxDownloads
    drifted: Callable[[str, str, DriftKind], None] = lambda system, interface, kind: None  # noqa: ARG005 # for nobody
