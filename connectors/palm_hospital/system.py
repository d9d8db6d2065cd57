"""A palm hospital's life outside any domain, and its campuses: /getHospitalList."""

from connectors.core.claims import endpoint
from connectors.core.files import FileClient
from connectors.core.kinds import scope_of
from connectors.core.readers import listing
from connectors.core.shape import GIVEN, Many, Shape
from connectors.core.upstream import Upstream
from connectors.palm_hospital.base import Palm
from connectors.records.base import CardRef
from connectors.records.hospitals import Campus

CAMPUS = Shape(Campus, hospital_id=GIVEN, id="hospital_id", name="hospital_name")

_CAMPUSES_SECONDS = 300


class Campuses:
    """Implements `connectors.ports.Campuses`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    @endpoint("/getHospitalList")
    async def campuses(self, hospital_id: str, *, fresh: bool = False) -> list[Campus]:
        """Campuses (/getHospitalList, the one that takes a form, here an empty one); `fresh` asks past the cache."""
        return await self.call(
            "/getHospitalList",
            hospital_id,
            {},
            listing(Many(CAMPUS, "data"), hospital_id=hospital_id),
            self._palm.read(f"campuses {hospital_id}", 0 if fresh else _CAMPUSES_SECONDS),
        )


class PalmSystem:
    """Implements `connectors.ports.System`."""

    def __init__(self, upstream: Upstream, campuses: Campuses, files: FileClient) -> None:
        """Take the ways to the system and its public domain."""
        self._upstream = upstream
        self._campuses = campuses
        self._files = files
        self.seen = upstream.seen

    async def probe(self, hospital_id: str) -> None:
        """Ask for the campuses: public, cheap, and every hospital has one."""
        await self._campuses.campuses(hospital_id, fresh=True)

    async def forget(self, card: CardRef) -> None:
        """Drop what is kept about a card."""
        await self._upstream.drop(scope_of(self._upstream.config.name, card))

    async def close(self) -> None:
        """Close the connections."""
        await self._upstream.close()
        await self._files.close()
