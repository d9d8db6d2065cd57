"""The home screen on Ariadne, aiohttp and aiodataloader: PORT UPSTREAM SCENE."""

import asyncio
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any, TypeAlias

from aiodataloader import DataLoader
from ariadne import InterfaceType, ObjectType, QueryType, make_executable_schema
from graphql import GraphQLResolveInfo

from bench.peers import ariadne_rows as rows
from bench.peers.ariadne_rows import Row
from bench.peers.ariadne_serving import Client, serve
from bench.peers.strawberry_types import money

TYPES = Path(__file__).with_name("schema.graphql").read_text()
PEOPLE = {person["id"]: person["cards"] for person in json.loads(Path(sys.argv[3]).read_text())["people"]}
_NAMES = {"253": "县人民医院", "254": "县中医院", "501": "掌上医院"}
_EMPTY: Row = {"observations": []}
Info: TypeAlias = GraphQLResolveInfo[Any]
client = Client(sys.argv[2])
query, patient, card = QueryType(), ObjectType("Patient"), ObjectType("Card")
lab_report, prescription = ObjectType("LabReport"), ObjectType("Prescription")
held = [ObjectType(name) for name in ("Visit", "Bill", "ImagingReport")]
report = InterfaceType("Report", lambda root, *_: root["kind"])


async def his(name: str, body: Row) -> Any:
    """Call the regional HIS."""
    answer = await client.post(f"/regional/hospital.interface.{name}", body)
    if not answer["success"] or answer["code"] != "10001":
        raise RuntimeError(answer["msg"])
    return answer["data"]


async def palm(path: str, body: Any) -> Row:
    """Call the palm hospital."""
    answer: Row = await client.post(f"/palm{path}", body)
    if answer["head"]["code"] <= 0:
        raise RuntimeError(answer["head"]["msg"])
    return answer


async def _holders(numbers: list[str]) -> list[Row]:
    asked = ({"hospitalId": "253", "medicalCardNumber": number} for number in numbers)
    return [rows.holder(row) for row in await asyncio.gather(*(his("queryPatientInfo", body) for body in asked))]


async def _palm_holders(patients: list[str]) -> list[Row]:
    answer = await palm("/getPatientList", [{"patient_id": patient, "op_flag": 1} for patient in patients])
    found = {row["id"]: row for row in answer["patients"]}
    return [found[patient] for patient in patients]


def context(*_: Any) -> dict[str, Any]:
    """Make the loaders of a request."""
    holders = DataLoader(_palm_holders)

    async def stays(patients: list[str]) -> list[list[Row]]:
        return await asyncio.gather(*[_stays(await holders.load(patient)) for patient in patients])

    return {"holders": DataLoader(_holders), "palm": holders, "stays": DataLoader(stays)}


async def _stays(holder: Row) -> list[Row]:
    found = (await palm("/getInHospitalList", {"id_no": holder["id_no"]}))["patient"]
    return [] if found is None else [found]


def _period() -> tuple[str, str]:
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date()
    return (today - dt.timedelta(days=365)).isoformat(), today.isoformat()


async def _joined(root: Row, info: Info, **more: str) -> Row:
    number, (since, until) = root["cards"][0]["number"], _period()
    holder = await info.context["holders"].load(number)
    return {
        "medicalCardNumber": number,
        "idCard": holder["number"],
        "startTime": f"{since} 00:00:00",
        "endTime": f"{until} 23:59:59",
        "patientName": holder["name"],
        "hospitalId": "253,254",
        **more,
    }


async def _palm(root: Row, info: Info, path: str, **more: Any) -> list[Row]:
    identifier = root["cards"][2]["patient"]
    await info.context["palm"].load(identifier)
    found: list[Row] = (await palm(path, {"patient_id": identifier, **more}))["records"]
    return found


def _page(nodes: list[Row], place: str, first: int) -> Row:
    nodes.sort(key=lambda node: (node[place] or "", node["hospitalId"], node["key"]), reverse=True)
    return {"nodes": nodes[:first], "totalCount": len(nodes), "failures": []}


@query.field("patient")
def person(_: Any, _info: Any, by: Row) -> Row | None:
    """A person."""
    cards = PEOPLE.get(by["id"])
    return cards and {"cards": [{"hospitalId": one[0], "number": one[1], "patient": one[2]} for one in cards]}


def _of_holder(name: str) -> Any:
    async def resolve(root: Row, info: Info) -> Any:
        return (await info.context["holders"].load(root["cards"][0]["number"]))[name]

    return resolve


for field in ("name", "gender", "birthDate", "phone", "identityNumber"):
    patient.set_field(field, _of_holder(field))


@card.field("balance")
async def balance(root: Row, _info: Any) -> str | None:
    """Money on a card."""
    if root["patient"]:
        return money((await palm("/getPatient", {"patient_id": root["patient"], "op_flag": 1}))["patient"]["balance"])
    body = {"hospitalId": root["hospitalId"], "medicalCardNumber": root["number"]}
    return money((await his("queryBalance", body))["balance"])


@patient.field("visits")
async def visits(root: Row, info: Info, first: int) -> Row:
    """Visits."""

    async def regional() -> list[Row]:
        asked = await _joined(root, info)
        records, stays = await asyncio.gather(
            his("electronicMedicalRecord", {**asked, "patType": ""}), his("queryHospitalizationRecord", asked)
        )
        kept = [rows.record(row) for row in records if row["patType"] != "2"]
        return kept + [rows.stay(row) for row in stays]

    stays = info.context["stays"].load(root["cards"][2]["patient"])
    found, others, stayed = await asyncio.gather(regional(), _palm(root, info, "/getVisitInfoNew"), stays)
    found += [rows.palm_visit(row) for row in others] + [rows.palm_stay(row) for row in stayed]
    return _page(found, "startedAt", first)


@patient.field("bills")
async def bills(root: Row, info: Info, first: int, hospitals: list[str] | None = None) -> Row:  # noqa: ARG001 # the operation names these two
    """Bills of the two regional hospitals."""
    found = await his("queryOutpatientCostDetail", await _joined(root, info))
    return _page([rows.bill(row) for row in found], "chargedAt", first)


@patient.field("reports")
async def reports(root: Row, info: Info, first: int) -> Row:
    """Reports."""
    since, until = _period()

    async def regional() -> list[Row]:
        asked = await _joined(root, info, patType="")
        return [rows.report(row, asked) for row in (await his("laboratoryReport", asked))["report"]]

    async def listed(**more: Any) -> list[Row]:
        asked = {"card_no": root["cards"][2]["number"], "start_time": since, "end_time": until, **more}
        return [rows.palm_report(row, more["op_flag"]) for row in await _palm(root, info, "/getLisPacsList", **asked)]

    async def of_stays() -> list[Row]:
        stays = await info.context["stays"].load(root["cards"][2]["patient"])
        asked = (listed(patient_id=stay["id"], visit_no=stay["visit_no"], op_flag=2) for stay in stays)
        return [row for found in await asyncio.gather(*asked) for row in found]

    parts = await asyncio.gather(regional(), listed(visit_no="", op_flag=1), of_stays())
    found = [row for part in parts for row in part]
    # Patients are not told of reports that are unaudited or recalled.
    return _page([row for row in found if row["status"] in {"FINAL", "UNKNOWN"}], "reportedAt", first)


@patient.field("prescriptions")
async def prescriptions(root: Row, info: Info, first: int) -> Row:
    """Prescriptions."""

    async def regional() -> list[Row]:
        found: list[Row] = await his("getPrescriptionRecord", await _joined(root, info))
        return found

    ours, others = await asyncio.gather(regional(), _palm(root, info, "/getElectronicPrescriptionBasicInfo"))
    found = [rows.prescription(row) for row in ours] + [rows.palm_prescription(row) for row in others]
    return _page(found, "prescribedAt", first)


@lab_report.field("detail")
async def lab_detail(root: Row, _info: Any) -> Row:
    """What a laboratory found, emptied of what is withheld."""
    if root["asked"] is None:
        return _EMPTY
    if root["hospitalId"] == "501":
        return rows.palm_found(await palm("/getLisReport", root["asked"]))
    return rows.found(await his("laboratoryReportDetail", root["asked"])) or _EMPTY


@prescription.field("detail")
async def drugs(root: Row, _info: Any) -> Row:
    """What was prescribed."""
    if root["patient"]:
        body = {"patient_id": root["patient"], "recipe_id": root["key"]}
        return rows.palm_drugs((await palm("/getElectronicPrescriptionDetail", body))["record"])
    body = {"hospitalId": root["hospitalId"], "prescriptionId": root["key"]}
    return rows.drugs(await his("getPrescriptionDetail", body))


def _hospital(root: Row, _info: Any) -> Row:
    return {"code": root["hospitalId"], "name": _NAMES[root["hospitalId"]]}


for kind in (card, lab_report, prescription, *held):
    kind.set_field("hospital", _hospital)


if __name__ == "__main__":
    schema = make_executable_schema(TYPES, query, patient, card, lab_report, prescription, report, *held)
    serve(schema, client, context, int(sys.argv[1]))
