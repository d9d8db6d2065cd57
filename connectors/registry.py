"""All configured hospitals and the connection that each is reached by."""

import importlib
import pkgutil
from collections.abc import Iterable
from types import ModuleType

from pydantic import BaseModel

import connectors
from connectors.core.config import HospitalConfig, Machinery, SystemConfig
from connectors.ports import Connection

_SHARED = frozenset({"core", "ports", "records"})
# They serve no hospital: what they are configured by is not a hospital's system.
_BESIDE_HOSPITALS = frozenset({"prefront", "wechat"})


def packages() -> list[str]:
    """Name the packages that each stand for somebody else's system: every one in this folder that is not shared."""
    return sorted(
        found.name for found in pkgutil.iter_modules(connectors.__path__) if found.ispkg and found.name not in _SHARED
    )


def vendors() -> list[str]:
    """Name the packages that connect hospitals."""
    return [name for name in packages() if name not in _BESIDE_HOSPITALS]


def vendor_options(vendor: str) -> type[BaseModel]:
    """Return the model of a vendor's own settings. Raises KeyError for an unknown vendor."""
    options: type[BaseModel] = vendor_package(vendor).Options
    return options


def vendor_package(vendor: str) -> ModuleType:
    """Import a vendor's package. Raises KeyError for an unknown vendor."""
    if vendor not in packages():
        raise KeyError(vendor)
    return importlib.import_module(f"connectors.{vendor}")


class Registry:
    """Finds the connection of a hospital."""

    def __init__(self, connections: Iterable[Connection]) -> None:
        """Take the connected systems. Raises ValueError when two serve one hospital."""
        self.connections = tuple(connections)
        self._by_hospital: dict[str, Connection] = {}
        for connection in self.connections:
            for hospital_id in connection.hospitals:
                if hospital_id in self._by_hospital:
                    raise ValueError(f"hospital {hospital_id} is configured twice")
                self._by_hospital[hospital_id] = connection

    @classmethod
    def connect(cls, systems: Iterable[SystemConfig], machinery: Machinery) -> "Registry":
        """Connect all systems; no call is made yet."""
        return cls(vendor_package(system.vendor).connect(system, machinery) for system in systems)

    def find(self, hospital_id: str) -> Connection | None:
        """Return the hospital's connection, None for an unknown hospital."""
        return self._by_hospital.get(hospital_id)

    def hospital(self, hospital_id: str) -> HospitalConfig | None:
        """Return the hospital's configuration, None for an unknown hospital."""
        connection = self.find(hospital_id)
        return None if connection is None else connection.hospitals[hospital_id]

    @property
    def hospitals(self) -> list[HospitalConfig]:
        """All hospitals, by id."""
        return [self._by_hospital[key].hospitals[key] for key in sorted(self._by_hospital)]

    async def close(self) -> None:
        """Close all connections."""
        for connection in self.connections:
            await connection.system.close()
