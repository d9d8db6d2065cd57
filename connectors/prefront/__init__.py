"""The region's platform behind the public account: `prefront/*` of the regional document, and whose cards are whose."""

from dataclasses import dataclass

from connectors.core.config import Machinery, SystemConfig
from connectors.core.upstream import Upstream
from connectors.prefront.base import Options, Prefront
from connectors.prefront.bindings import Bindings
from connectors.prefront.patients import Patients

__all__ = ["CONTRACT", "ENDPOINTS", "Options", "Platform", "connect"]

CONTRACT = "regional-wechat"
ENDPOINTS = (Patients,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """The connected platform."""

    patients: Patients
    bindings: Bindings


def connect(config: SystemConfig, machinery: Machinery) -> Platform:
    """Connect the platform; makes no call yet."""
    prefront = Prefront(config, Upstream(config, machinery))
    patients = Patients(prefront)
    return Platform(patients=patients, bindings=Bindings(prefront, patients))
