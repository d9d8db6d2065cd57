"""Whom a hospital wants to hear from or to see again."""

from typing import Protocol

from connectors.records.base import Period
from connectors.records.outreach import FollowUp, FollowUpProgram, SurveyCandidate
from connectors.records.visits import VisitClass


class Outreach(Protocol):
    """Whom a hospital wants to hear from or to see again; for those who work there."""

    async def follow_ups(self, hospital_id: str, program: FollowUpProgram, period: Period) -> list[FollowUp]:
        """List who is due in the time."""
        ...

    async def survey_candidates(
        self, hospital_id: str, visit_class: VisitClass, period: Period
    ) -> list[SurveyCandidate]:
        """List whose visit was in the time, or who was discharged in it."""
        ...
