"""The sandbox's electrocardiograms, pathology reports, check-ups, tests and files, by the regional HIS's document."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from regional_client import Caller, calling

LISTS = {
    "ecgReportRecord": ("ecg", "acquisitionTime"),
    "pathologyReportRecord": ("pathology", "regTime"),
    "physicalExaminationReportList": ("checkups", "startTime"),
}
DETAILS = {
    "ecgReportDetail": ("ecg", "id"),
    "ecgReportImage": ("ecg", "id"),
    "pathologyReportDetail": ("pathology", "id"),
    "pathologyReportFile": ("pathology", "id"),
    "physicalExaminationReportDetail": ("checkups", "healthExamNo"),
}
SPAN = {"startTime": "2024-01-01 00:00:00", "endTime": "2027-12-31 23:59:59"}


@pytest.fixture(scope="module")
def caller() -> Iterator[Caller]:
    with calling() as made:
        yield made


def ask(caller: Caller, short: str, **fields: Any) -> Any:
    return caller.post(f"hospital.interface.{short}", {"hospitalId": "253", **fields})


def listed(caller: Caller, short: str, **fields: Any) -> Any:
    person = caller.person
    body = {"medicalCardNumber": caller.card.number, "patientName": person.name, "reportStatus": "2", **SPAN, **fields}
    data = ask(caller, short, **body)["data"]
    return data["report"] if isinstance(data, dict) else data


def ids(caller: Caller, kind: str) -> list[str]:
    reports = getattr(caller.hospital().special_reports, kind)
    return [report.id for report in reports if report.card_number == caller.card.number]


@pytest.mark.parametrize("short", LISTS)
def test_a_list_has_the_cards_own_reports_in_the_span(caller: Caller, short: str) -> None:
    kind, time = LISTS[short]
    rows = listed(caller, short)
    assert sorted(row.get("id") or row["healthExamNo"] for row in rows) == sorted(ids(caller, kind))
    assert {row["isPositive"] for row in rows} == {"0", "1"}
    moments = sorted(row[time] for row in rows)
    until_the_first = listed(caller, short, startTime="2024-01-01 00:00:00", endTime=moments[0])
    assert {row[time] for row in until_the_first} == {moments[0]}


def test_a_pathology_list_without_the_status_that_the_table_asks_for_is_refused(caller: Caller) -> None:
    body = {"medicalCardNumber": caller.card.number, "patientName": caller.person.name, **SPAN}
    assert ask(caller, "pathologyReportRecord", **body)["code"] == "20001"


def test_a_list_of_check_ups_needs_a_card_or_an_identity_number(caller: Caller) -> None:
    assert ask(caller, "physicalExaminationReportList", **SPAN)["code"] == "20001"
    by_identity = ask(caller, "physicalExaminationReportList", idcard=caller.person.identity_number, **SPAN)
    assert len(by_identity["data"]["report"]) == len(ids(caller, "checkups"))


@pytest.mark.parametrize("short", DETAILS)
def test_a_report_is_found_by_its_id_and_its_card_alone(caller: Caller, short: str) -> None:
    kind, field = DETAILS[short]
    own = ids(caller, kind)[0]
    assert ask(caller, short, **{field: own})["success"]
    assert ask(caller, short, **{field: own, "medicalCardNumber": caller.card.number})["success"]
    stranger = next(card for card in caller.hospital().cards if card.person_id != "p01")
    assert ask(caller, short, **{field: own, "medicalCardNumber": stranger.number})["code"] == "10002"
    assert ask(caller, short, **{field: "none"})["code"] == "10002"
    assert ask(caller, short)["code"] == "20001"


def test_an_image_of_a_report_that_is_not_audited_is_refused(caller: Caller) -> None:
    special = caller.hospital().special_reports
    hidden = next(report for report in special.ecg if not report.audited)
    assert ask(caller, "ecgReportImage", id=hidden.id)["code"] == "40002"
    unread = next(report for report in special.pathology if not report.audited)
    assert ask(caller, "pathologyReportFile", id=unread.id)["code"] == "40002"


def test_the_latest_test_is_found_by_the_identity_number(caller: Caller) -> None:
    found = ask(caller, "getRecentNucleicAcidTestResult", idCard=caller.person.identity_number)
    assert found["data"]["patientName"] == caller.person.name
    assert ask(caller, "getRecentNucleicAcidTestResult", idCard="990000190001010010")["code"] == "10002"
    assert ask(caller, "getRecentNucleicAcidTestResult")["code"] == "20001"


def test_the_printed_form_of_a_laboratory_report_is_a_pdf(caller: Caller) -> None:
    report = next(each for each in caller.hospital().reports if each.kind == "lab")
    data = ask(caller, "lisReportPdf", id=report.id)["data"]
    assert base64.b64decode(data["reportPdfCode"]).startswith(b"%PDF-")


def test_images_are_there_by_address_and_by_key(caller: Caller) -> None:
    report = next(each for each in caller.hospital().reports if each.kind == "imaging")
    series = ask(caller, "pacsReportDcm", id=report.id, medicalCardNumber=report.card_number)["data"]
    by_address, by_key = series
    assert (by_address["type"], by_key["type"]) == ("url", "dcmId")
    assert caller.http.get(by_address["thumbnailUrl"]).content.startswith(b"\x89PNG")
    image = caller.http.get(by_address["dcms"][0]).content
    assert image[128:132] == b"DICM"
    streamed = caller.http.get("/16.1.4", params={"dcmId": by_key["dcms"][0], "hospitalId": "253"})
    assert streamed.content[128:132] == b"DICM"
    part = caller.http.get(
        "/16.1.4", params={"dcmId": by_key["dcms"][0], "hospitalId": "253"}, headers={"Range": "bytes=128-131"}
    )
    assert (part.status_code, part.content) == (206, b"DICM")


@pytest.mark.parametrize(("key", "status"), [("", 400), ("none-1", 404)])
def test_an_image_that_is_not_there_is_no_json_either(caller: Caller, key: str, status: int) -> None:
    answer = caller.http.get("/16.1.4", params={"dcmId": key, "hospitalId": "253"})
    assert answer.status_code == status
