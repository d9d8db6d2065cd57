"""A regional HIS's life outside any domain."""

from connectors.core.files import FileClient
from connectors.core.kinds import scope_of
from connectors.core.upstream import Upstream
from connectors.records.base import CardRef
from connectors.regional_wechat.scheduling import Scheduling


class RegionalSystem:
    """Implements `connectors.ports.System`."""

    def __init__(self, upstream: Upstream, scheduling: Scheduling, files: FileClient) -> None:
        """Take the ways to the system and its public domain."""
        self._upstream = upstream
        self._scheduling = scheduling
        self._files = files
        self.seen = upstream.seen

    async def probe(self, hospital_id: str) -> None:
        """Ask for the departments: public, cheap, and every hospital has some."""
        await self._scheduling.departments_on_duty(hospital_id, fresh=True)

    async def forget(self, card: CardRef) -> None:
        """Drop what is kept about a card."""
        await self._upstream.drop(scope_of(self._upstream.config.name, card))

    async def close(self) -> None:
        """Close the connections."""
        await self._upstream.close()
        await self._files.close()
