"""strawberry.asgi, httpx and aiodataloader, put together as their manuals show: PORT UPSTREAM SCENE."""

import asyncio
import datetime as dt
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

import httpx
import strawberry
import uvicorn
from aiodataloader import DataLoader
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.types import Info

from bench.peers import strawberry_types as types
from bench.peers.strawberry_types import Bill, Gender, Held, HospitalFailure, LabReportDetail, ReportStatus, Row, Visit

PORT, UPSTREAM, SCENE = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
PEOPLE = {person["id"]: person["cards"] for person in json.loads(SCENE.read_text())["people"]}
client = httpx.AsyncClient(base_url=UPSTREAM, trust_env=False)
T = TypeVar("T")
First = Annotated[int, strawberry.argument(name="first")]


async def his(name: str, body: Row) -> Any:
    """Call the regional HIS."""
    answer = (await client.post(f"/regional/hospital.interface.{name}", json=body)).raise_for_status().json()
    if not answer["success"] or answer["code"] != "10001":
        raise RuntimeError(answer["msg"])
    return answer["data"]


async def palm(path: str, body: Any) -> Row:
    """Call the palm hospital."""
    answer: Row = (await client.post(f"/palm{path}", json=body)).raise_for_status().json()
    if answer["head"]["code"] <= 0:
        raise RuntimeError(answer["head"]["msg"])
    return answer


async def _holder(card: Sequence[str]) -> Row:
    row: Row = await his("queryPatientInfo", {"hospitalId": card[0], "medicalCardNumber": card[1]})
    return row


async def _palm_holders(cards: list[Sequence[str]]) -> list[Row]:
    answer = await palm("/getPatientList", [{"patient_id": card[2], "op_flag": 1} for card in cards])
    found = {row["id"]: row for row in answer["patients"]}
    return [found[card[2]] for card in cards]


async def _balance(card: Sequence[str]) -> str | None:
    if card[2]:
        answer = await palm("/getPatient", {"patient_id": card[2], "op_flag": 1})
        return types.money(answer["patient"]["balance"])
    return types.money((await his("queryBalance", {"hospitalId": card[0], "medicalCardNumber": card[1]}))["balance"])


def _each(load: Callable[[Any], Any]) -> DataLoader[Any, Any]:
    async def batch(keys: list[Any]) -> list[Any]:
        return list(await asyncio.gather(*map(load, keys)))

    return DataLoader(batch)


class Context(dict[str, Any]):
    """The loaders of one request."""

    def __init__(self) -> None:
        super().__init__(holder=_each(_holder), palm=DataLoader(_palm_holders), balance=_each(_balance))
        self["stays"] = _each(self._stays)

    async def _stays(self, card: Sequence[str]) -> list[Row]:
        holder = await self["palm"].load(card)
        found = (await palm("/getInHospitalList", {"id_no": holder["id_no"]}))["patient"]
        return [] if found is None else [found]


@strawberry.type
class Card(Held):
    """A card."""

    number: str
    patient: strawberry.Private[str | None]

    @strawberry.field
    async def balance(self, info: Info) -> str | None:
        """Money on it."""
        found: str | None = await info.context["balance"].load((self.hospital_id, self.number, self.patient))
        return found


@strawberry.interface
class Report(Held):
    """A report."""

    title: str
    status: ReportStatus
    reported_at: str | None


@strawberry.type
class ImagingReport(Report):
    """An imaging report."""


@strawberry.type
class LabReport(Report):
    """A laboratory report."""

    asked: strawberry.Private[Row | None]

    @strawberry.field
    async def detail(self) -> LabReportDetail | None:
        """What it found, emptied of what is withheld."""
        if self.asked is None:
            return LabReportDetail()
        if self.hospital_id == "501":
            return types.palm_lab_report(await palm("/getLisReport", self.asked))
        found = types.regional_lab_report(await his("laboratoryReportDetail", self.asked))
        return found if found.shown else LabReportDetail()


@strawberry.type
class Prescription(Held):
    """A prescription."""

    prescribed_at: str | None
    diagnosis: str | None
    patient: strawberry.Private[str | None] = None

    @strawberry.field
    async def detail(self) -> types.PrescriptionDetail | None:
        """What was prescribed."""
        if self.patient:
            body = {"patient_id": self.patient, "recipe_id": self.key}
            return types.palm_prescription((await palm("/getElectronicPrescriptionDetail", body))["record"])
        body = {"hospitalId": self.hospital_id, "prescriptionId": self.key}
        return types.regional_prescription(await his("getPrescriptionDetail", body))


@strawberry.type
class Connection(Generic[T]):
    """A page of a list."""

    nodes: list[T]
    total_count: int
    failures: list[HospitalFailure]


def page(nodes: list[Any], place: str, first: int) -> Any:
    """Sort newest first and cut."""
    ordered = sorted(nodes, key=lambda node: (getattr(node, place) or "", node.hospital_id, node.key), reverse=True)
    return Connection(nodes=ordered[:first], total_count=len(nodes), failures=[])


def _period() -> tuple[str, str]:
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date()
    return (today - dt.timedelta(days=365)).isoformat(), today.isoformat()


@strawberry.type
class Patient:
    """A person."""

    held: strawberry.Private[list[tuple[str, str, str | None]]]

    async def _holder(self, info: Info) -> Row:
        row: Row = await info.context["holder"].load(self.held[0])
        return row

    async def _joined(self, info: Info, **more: str) -> Row:
        holder, (since, until) = await self._holder(info), _period()
        return {
            "medicalCardNumber": self.held[0][1],
            "idCard": holder["idCardNo"],
            "startTime": f"{since} 00:00:00",
            "endTime": f"{until} 23:59:59",
            "patientName": holder["name"],
            "hospitalId": "253,254",
            **more,
        }

    async def _palm(self, info: Info, path: str, **more: Any) -> list[Row]:
        await info.context["palm"].load(self.held[2])
        rows: list[Row] = (await palm(path, {"patient_id": self.held[2][2], **more}))["records"]
        return rows

    @strawberry.field
    async def name(self, info: Info) -> str | None:
        """Name."""
        return types.text((await self._holder(info))["name"])

    @strawberry.field
    async def gender(self, info: Info) -> Gender | None:
        """Gender."""
        return Gender((await self._holder(info))["sex"])

    @strawberry.field
    async def birth_date(self, info: Info) -> str | None:
        """Birth date."""
        return str((await self._holder(info))["birthdate"])[:10]

    @strawberry.field
    async def phone(self, info: Info) -> str | None:
        """Phone."""
        return types.text((await self._holder(info))["phone"])

    @strawberry.field
    async def identity_number(self, info: Info) -> str | None:
        """Identity number."""
        return types.text((await self._holder(info))["idCardNo"])

    @strawberry.field
    def cards(self) -> list[Card]:
        """Cards."""
        return [Card(hospital_id=card[0], key="", number=card[1], patient=card[2]) for card in self.held]

    @strawberry.field
    async def visits(self, info: Info, first: First = 20) -> Connection[Visit]:
        """Visits."""

        async def regional() -> list[Visit]:
            asked = await self._joined(info)
            records, stays = await asyncio.gather(
                his("electronicMedicalRecord", {**asked, "patType": ""}), his("queryHospitalizationRecord", asked)
            )
            return [
                Visit(
                    hospital_id=row["hospitalId"],
                    key=f"record {row['id']}",
                    started_at=types.moment(row["time"]),
                    visit_class=types.VisitClass(row["patType"]),
                    department_name=types.text(row["department"]),
                    doctor_name=types.text(row["doctor"]),
                    complaint=types.text(row["complaints"]),
                )
                for row in records
                if row["patType"] != "2"
            ] + [
                Visit(
                    hospital_id=row["hospitalId"],
                    key=f"stay {row['id']}",
                    started_at=types.moment(row["dateOfAdmission"]),
                    visit_class=types.VisitClass.INPATIENT,
                    department_name=types.text(row["dept"]),
                )
                for row in stays
            ]

        stays = info.context["stays"].load(self.held[2])
        found, rows, stayed = await asyncio.gather(regional(), self._palm(info, "/getVisitInfoNew"), stays)
        found += [types.palm_stay(row) for row in stayed]
        found += [
            Visit(
                hospital_id="501",
                key=row["id"],
                started_at=types.moment(row["visit_date"]),
                visit_class=types.VisitClass.OUTPATIENT,
                department_name=types.text(row["dept_name"]),
                doctor_name=types.text(row["doctor_name"]),
            )
            for row in rows
        ]
        return page(found, "started_at", first)  # type: ignore[no-any-return]

    @strawberry.field
    async def bills(
        self,
        info: Info,
        first: First = 20,
        hospitals: list[strawberry.ID] | None = None,  # noqa: ARG002 # the operation names these two
    ) -> Connection[Bill]:
        """Bills of the two regional hospitals."""
        rows = await his("queryOutpatientCostDetail", await self._joined(info))
        return page([types.bill(row) for row in rows], "charged_at", first)  # type: ignore[no-any-return]

    @strawberry.field
    async def reports(self, info: Info, first: First = 20) -> Connection[Report]:
        """Reports."""
        since, until = _period()

        async def regional() -> list[Report]:
            asked = await self._joined(info, patType="")
            return [_regional_report(row, asked) for row in (await his("laboratoryReport", asked))["report"]]

        async def listed(**more: Any) -> list[Report]:
            asked = {"card_no": self.held[2][1], "start_time": since, "end_time": until, **more}
            return [_palm_report(row, more["op_flag"]) for row in await self._palm(info, "/getLisPacsList", **asked)]

        async def of_stays() -> list[Report]:
            stays = await info.context["stays"].load(self.held[2])
            asked = (listed(patient_id=stay["id"], visit_no=stay["visit_no"], op_flag=2) for stay in stays)
            return [report for found in await asyncio.gather(*asked) for report in found]

        parts = await asyncio.gather(regional(), listed(visit_no="", op_flag=1), of_stays())
        found = [report for part in parts for report in part]
        # Patients are not told of reports that are unaudited or recalled.
        shown = [report for report in found if report.status in {ReportStatus.FINAL, ReportStatus.UNKNOWN}]
        return page(shown, "reported_at", first)  # type: ignore[no-any-return]

    @strawberry.field
    async def prescriptions(self, info: Info, first: First = 20) -> Connection[Prescription]:
        """Prescriptions."""

        async def regional() -> list[Prescription]:
            return [
                Prescription(
                    hospital_id=row["hospitalId"],
                    key=row["prescriptionId"],
                    prescribed_at=types.moment(row["createTime"]),
                    diagnosis=types.text(row["diagnose"]),
                )
                for row in await his("getPrescriptionRecord", await self._joined(info))
            ]

        found, rows = await asyncio.gather(regional(), self._palm(info, "/getElectronicPrescriptionBasicInfo"))
        found += [
            Prescription(
                hospital_id="501",
                key=row["id"],
                prescribed_at=types.moment(row["bill_time"]),
                diagnosis=None,
                patient=self.held[2][2],
            )
            for row in rows
        ]
        return page(found, "prescribed_at", first)  # type: ignore[no-any-return]


def _regional_report(row: Row, asked: Row) -> Report:
    facts: Row = {
        "hospital_id": row["hospitalId"],
        "key": row["id"],
        "title": row["item"],
        "status": types.status(row["status"]),
        "reported_at": types.moment(row["time"]),
    }
    if row["type"] == "1":
        return ImagingReport(**facts)
    if row["isPositive"] == "1":
        return LabReport(**facts, asked=None)
    body = {"hospitalId": row["hospitalId"], "id": row["id"], "type": "0", "patType": ""}
    cards = {name: asked[name] for name in ("idCard", "medicalCardNumber")}
    return LabReport(**facts, asked=body | cards)


def _palm_report(row: Row, op_flag: int) -> Report:
    facts: Row = {
        "hospital_id": "501",
        "key": f"{row['category']} {row['id']}",
        "title": row["report_name"],
        "status": ReportStatus.FINAL if row["audit_time_full"] else ReportStatus.SUBMITTED,
        "reported_at": types.moment(row["audit_time_full"]) or types.moment(row["report_date"]),
    }
    if row["category"] == "pacs":
        return ImagingReport(**facts)
    return LabReport(**facts, asked={"report_id": row["id"], "category": "lis", "op_flag": op_flag})


@strawberry.input
class PatientBy:
    """How to find the person."""

    id: strawberry.ID | None = None


@strawberry.type
class Query:
    """Where operations begin."""

    @strawberry.field
    def patient(self, by: PatientBy) -> Patient | None:
        """A person."""
        cards = PEOPLE.get(str(by.id))
        return None if cards is None else Patient(held=[(card[0], card[1], card[2]) for card in cards])


class Application(GraphQL[Context, None]):
    """The ASGI application."""

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:  # noqa: ARG002
        """Make the loaders of a request."""
        return Context()


if __name__ == "__main__":
    schema = strawberry.Schema(Query, types=[LabReport, ImagingReport])
    uvicorn.run(Application(schema), host="127.0.0.1", port=PORT, log_level="warning", access_log=False)
