"""Guides of outpatient visits."""

import datetime as dt
from typing import Protocol

from connectors.records.people import CardHolder
from connectors.records.visit_guides import GuideRoom


class VisitGuides(Protocol):
    """Guides of outpatient visits."""

    async def visit_guide(self, holder: CardHolder, day: dt.date) -> list[GuideRoom]:
        """List the rooms to go to on a day."""
        ...
