"""Check-ups: /getPeis, /getPeisReport, and a detail for each kind of examination.

Nothing lists a person's check-ups: one is found by its number. A report is released once it has a printed form.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.concurrency import together
from connectors.core.readers import Reader, listing, single
from connectors.core.shape import One
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.checkup_shapes import (
    CHECKUP,
    DETAIL,
    EXAMINATIONS,
    IMAGING,
    OBSERVATIONS,
)
from connectors.records.checkup_reports import (
    CheckupExamination,
    CheckupExaminationKind,
    CheckupReport,
    CheckupReportDetail,
)
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.reports import ImagingReportDetail, Observation

R = TypeVar("R")
_PERSON = "patient"


def _of(holder: CardHolder, one: One[R], **given: object) -> Reader[R | None]:
    """One record, if it is of the holder: the number on a form is easily another's."""
    inner = single(one, holder.card, **given)

    def read(body: Mapping[str, Any]) -> R | None:
        row = one.row(body)
        return inner.read(body) if row is None or _is_of(holder, row) else None

    about = (inner.about, holder.name, holder.identity_number, holder.phone)
    return Reader(inner.kind, read, inner.nothing, about)


def _is_of(holder: CardHolder, row: object) -> bool:
    if not isinstance(row, Mapping) or convert.text(row.get("name")) != holder.name:
        return False
    identity = convert.text(row.get("id_no"))
    if identity and holder.identity_number:
        return identity.upper() == holder.identity_number.upper()
    return holder.phone is not None and convert.text(row.get("phone_no")) == holder.phone


class CheckupReports:
    """Implements `connectors.ports.NumberedCheckups` and `connectors.ports.CheckupContents`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    @endpoint("/getPeis", variant="by number")
    async def numbered_checkup(self, holder: CardHolder, number: str) -> CheckupReport | None:
        """Find the person's check-up by its number (/getPeis)."""
        return await self._checkup(holder, number, None, _of(holder, One(CHECKUP, _PERSON)))

    @endpoint("/getPeis", variant="by key")
    async def checkup(self, holder: CardHolder, report_id: str) -> CheckupReport | None:
        """Read a check-up again (/getPeis)."""
        number, key = self._palm.key("/getPeis", report_id, 2)
        return await self._checkup(holder, number, key, _of(holder, One(CHECKUP, _PERSON)))

    @endpoint("/getPeis", variant="content")
    async def checkup_report(self, holder: CardHolder, report_id: str) -> CheckupReportDetail | None:
        """What is told of the person with a check-up (/getPeis); the examinations are asked for apart."""
        number, key = self._palm.key("/getPeis", report_id, 2)
        return await self._checkup(holder, number, key, _of(holder, One(DETAIL, _PERSON), report_id=report_id))

    async def checkup_examinations(self, holder: CardHolder, report_id: str) -> list[CheckupExamination]:
        """All that was examined, each with its results."""
        found = await self.examination_list(holder, report_id)
        return await together(*(self._with_results(holder, examination) for examination in found))

    @endpoint("/getPeisReport")
    async def examination_list(self, holder: CardHolder, report_id: str) -> list[CheckupExamination]:
        """What was examined, without results (/getPeisReport)."""
        return await self.call(
            "/getPeisReport",
            holder.card.hospital_id,
            {"peis_id": self._key("/getPeisReport", report_id)},
            listing(EXAMINATIONS, report_id=report_id),
            self._palm.read(holder.card),
        )

    @endpoint("/getPeisReport-general")
    async def general_results(self, holder: CardHolder, report_id: str, examination_id: str) -> list[Observation]:
        """Results of a general examination (/getPeisReport-general)."""
        return await self._results("/getPeisReport-general", holder, report_id, examination_id, "general")

    @endpoint("/getPeisReport-lis")
    async def lab_results(self, holder: CardHolder, report_id: str, examination_id: str) -> list[Observation]:
        """Results of a laboratory (/getPeisReport-lis)."""
        return await self._results("/getPeisReport-lis", holder, report_id, examination_id, "lis")

    @endpoint("/getPeisReport-pacs")
    async def imaging_report(
        self, holder: CardHolder, report_id: str, examination_id: str
    ) -> ImagingReportDetail | None:
        """What the images showed (/getPeisReport-pacs)."""
        return await self.call(
            "/getPeisReport-pacs",
            holder.card.hospital_id,
            self._request("/getPeisReport-pacs", report_id, examination_id, "pacs"),
            single(One(IMAGING, "records"), holder.card),
            self._palm.read(holder.card),
        )

    async def _with_results(self, holder: CardHolder, examination: CheckupExamination) -> CheckupExamination:
        """Ask for the results as the kind needs; of another kind nothing more can be asked."""
        id_, report_id = examination.id or "", examination.report_id or ""
        if examination.kind is CheckupExaminationKind.GENERAL:
            return replace(examination, observations=await self.general_results(holder, report_id, id_))
        if examination.kind is CheckupExaminationKind.LAB:
            return replace(examination, observations=await self.lab_results(holder, report_id, id_))
        if examination.kind is CheckupExaminationKind.IMAGING:
            return replace(examination, imaging=await self.imaging_report(holder, report_id, id_))
        return examination

    async def _checkup(self, holder: CardHolder, number: str, key: str | None, reader: Reader[R]) -> R:
        """The key, where it is known, goes beside what identifies the person, not in its place."""
        if not (holder.identity_number or holder.phone):
            raise self._palm.refused(
                "/getPeis", ProblemCode.IDENTITY_NUMBER_MISSING, "neither identity number nor phone"
            )
        body = {"peis_id": key, "peis_no": number, "name": holder.name}
        body |= {"phone_no": holder.phone, "id_no": holder.identity_number}
        return await self.call("/getPeis", holder.card.hospital_id, body, reader, self._palm.read(holder.card))

    async def _results(
        self, path: str, holder: CardHolder, report_id: str, examination_id: str, category: str
    ) -> list[Observation]:
        return await self.call(
            path,
            holder.card.hospital_id,
            self._request(path, report_id, examination_id, category),
            listing(OBSERVATIONS),
            self._palm.read(holder.card),
        )

    def _request(self, path: str, report_id: str, examination_id: str, category: str) -> dict[str, Any]:
        return {"peis_id": self._key(path, report_id), "peis_item_id": examination_id, "category": category}

    def _key(self, path: str, report_id: str) -> str:
        return self._palm.key(path, report_id, 2)[1]
