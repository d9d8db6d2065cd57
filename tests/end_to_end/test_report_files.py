"""Files of reports through their addresses: passed on whole or in parts, to whom they may be shown."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.faults import Fault
from sandbox.town.files import JPEG, dicom, pdf, png
from sandbox.town.model import Report
from tests.end_to_end.audited import Audited, audited, cards, details
from tests.end_to_end.report_files import FILES_OF_REPORTS, fetch, files_of, images_of, ordinary
from tests.end_to_end.world import World, world

ROWS_OF_STAFF = """query($n: String!) { patient(by: {card: {hospitalId: "253", number: $n}}) {
  reports(first: 20) { nodes { status sensitive ... on LabReport { pdf { path } }
    ... on ImagingReport { pdf { path } images { number } } } } } }"""


@pytest.fixture(scope="module")
def mine(shared: World) -> Any:
    return files_of(shared)


def imaging(town: World) -> Report:
    """The report of the sandbox whose images are asked for: the newest."""
    hospital = town.sandbox.town.hospitals["253"]
    card = next(card for card in hospital.cards if card.person_id == "p01")
    wanted = ("imaging", "reviewed", card.number)
    mine = [report for report in hospital.reports if (report.kind, report.state, report.card_number) == wanted]
    return max(mine, key=lambda report: report.reported_at)


def code(answer: httpx.Response) -> str:
    found: str = answer.json()["errors"][0]["extensions"]["code"]
    return found


def test_a_printed_laboratory_report_is_what_the_hospital_has(shared: World, mine: Any) -> None:
    report = next(node for node in mine["reports"]["nodes"] if "images" not in node and node["pdf"])
    answer = fetch(shared, report["pdf"]["path"])

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    known = {pdf(each.id) for each in shared.sandbox.town.hospitals["253"].reports if each.title == report["title"]}
    assert answer.content in known


def test_a_tracing_and_a_pathology_report_come_out_of_their_base64(shared: World, mine: Any) -> None:
    tracing = fetch(shared, ordinary(mine, "ecgReports", "image"))
    assert (tracing.headers["content-type"], tracing.headers["content-disposition"]) == ("image/jpeg", "inline")
    assert tracing.content == JPEG

    file = fetch(shared, ordinary(mine, "pathologyReports", "file"))
    assert file.headers["content-type"] == "application/pdf"
    assert file.content.startswith(b"%PDF-")


def test_images_come_by_address_and_by_key(shared: World, mine: Any) -> None:
    by_address, by_key = images_of(mine)
    assert (by_address["number"], by_key["number"]) == ("1", "2")
    report = imaging(shared)

    small = fetch(shared, by_address["thumbnail"]["path"])
    assert (small.headers["content-type"], small.content) == ("image/png", png(f"{report.id}-1"))
    assert [fetch(shared, each["path"]).content for each in by_address["images"]] == [
        dicom(f"{report.id}-1"),
        dicom(f"{report.id}-2"),
    ]
    stream = fetch(shared, by_key["images"][0]["path"])
    assert stream.headers["content-type"] == "application/dicom"
    assert stream.headers["content-length"] == str(len(stream.content))
    assert stream.content == dicom(f"{report.id}-3")


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(
    ("asked", "span"), [("bytes=0-99", (0, 100)), ("bytes=1000-", (1000, None)), ("bytes=128-131", (128, 132))]
)
def test_a_part_of_an_image_is_answered_as_a_part(
    shared: World, mine: Any, place: int, asked: str, span: tuple[int, int | None]
) -> None:
    address = images_of(mine)[place]["images"][0]["path"]
    whole = fetch(shared, address).content
    answer = fetch(shared, address, {"Range": asked})

    assert answer.status_code == 206
    assert answer.content == whole[span[0] : span[1]]
    last = (span[1] or len(whole)) - 1
    assert answer.headers["content-range"] == f"bytes {span[0]}-{last}/{len(whole)}"
    assert answer.headers["content-length"] == str(len(answer.content))


def test_a_part_of_what_comes_as_base64_is_cut_here(shared: World, mine: Any) -> None:
    address = ordinary(mine, "ecgReports", "image")
    answer = fetch(shared, address, {"Range": "bytes=-10"})
    assert (answer.status_code, answer.content) == (206, JPEG[-10:])
    beyond = fetch(shared, address, {"Range": "bytes=9999999-"})
    assert (beyond.status_code, code(beyond)) == (416, "RANGE_NOT_SATISFIABLE")


def test_a_part_that_lies_beyond_the_hospitals_file_is_refused(shared: World, mine: Any) -> None:
    answer = fetch(shared, images_of(mine)[1]["images"][0]["path"], {"Range": "bytes=9999999-"})
    assert (answer.status_code, code(answer)) == (416, "RANGE_NOT_SATISFIABLE")


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=5-2", "bytes=-", "items=0-1", "bytes=a-b"])
def test_what_is_no_single_part_is_answered_with_the_whole(shared: World, mine: Any, asked: str) -> None:
    answer = fetch(shared, ordinary(mine, "ecgReports", "image"), {"Range": asked})
    assert (answer.status_code, answer.content) == (200, JPEG)


def test_nothing_leads_a_patient_to_files_of_what_is_withheld(mine: Any) -> None:
    for kind, field in (("ecgReports", "image"), ("pathologyReports", "file"), ("checkupReports", "pdf")):
        assert [node[field] for node in mine[kind]["nodes"] if node["sensitive"]] == [None]
    assert [node["pdf"] for node in mine["reports"]["nodes"] if node["sensitive"]] == [None]


def test_staff_get_files_of_what_is_withheld_from_patients(shared: World) -> None:
    card = next(card for card in shared.sandbox.town.hospitals["253"].cards if card.person_id == "p01")
    nodes = shared.ask(ROWS_OF_STAFF, {"n": card.number}, shared.staff(["253"])).data["patient"]["reports"]["nodes"]
    withheld = [node for node in nodes if node["sensitive"] or node["status"] != "FINAL"]
    assert {node["status"] for node in withheld} == {"FINAL", "SUBMITTED", "RECALLED"}
    for node in withheld:
        assert fetch(shared, node["pdf"]["path"]).status_code == 200
    assert all(node["images"] for node in withheld if "images" in node)


def test_an_address_that_this_server_did_not_make_finds_nothing(shared: World, mine: Any) -> None:
    address = ordinary(mine, "ecgReports", "image")
    for wrong in (address[:-2] + ("aa" if address[-2:] != "aa" else "bb"), "/files/x", "/files/" + "a" * 9000):
        answer = fetch(shared, wrong)
        assert (answer.status_code, code(answer)) == (404, "NOT_FOUND")


def test_files_are_only_read(shared: World, mine: Any) -> None:
    answer = shared.client.post(ordinary(mine, "ecgReports", "image"))
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


def test_an_address_says_nothing_of_the_person(shared: World, mine: Any) -> None:
    card = next(card for card in shared.sandbox.town.hospitals["253"].cards if card.person_id == "p01")
    address = ordinary(mine, "ecgReports", "image")
    assert card.number not in address
    assert imaging(shared).id not in images_of(mine)[0]["images"][0]["path"]


def test_an_address_is_of_use_as_long_as_the_settings_say() -> None:
    with world(file_seconds=30) as town:
        report = next(node for node in files_of(town)["reports"]["nodes"] if "images" not in node and node["pdf"])
        left = dt.datetime.fromisoformat(report["pdf"]["expiresAt"]) - dt.datetime.now(dt.UTC)
        assert dt.timedelta(seconds=20) < left <= dt.timedelta(seconds=30)


def test_a_report_that_was_recalled_since_is_not_fetched_any_more() -> None:
    with world(caches=False) as town:
        person = files_of(town)
        addresses = [ordinary(person, "ecgReports", "image"), images_of(person)[1]["images"][0]["path"]]
        assert [fetch(town, address).status_code for address in addresses] == [200, 200]
        hospital = town.sandbox.town.hospitals["253"]
        for tracing in hospital.special_reports.ecg:
            tracing.audited = False
        for report in hospital.reports:
            report.sensitive = True
        for address in addresses:
            answer = fetch(town, address)
            assert (answer.status_code, code(answer)) == (403, "FORBIDDEN")


def test_an_image_that_the_hospital_no_longer_has_is_not_found() -> None:
    with world(caches=False) as town:
        address = images_of(files_of(town))[1]["images"][0]["path"]
        for report in town.sandbox.town.hospitals["253"].reports:
            report.id += "x"
        answer = fetch(town, address)
        assert (answer.status_code, code(answer)) == (404, "NOT_FOUND")


def test_a_hospital_in_trouble_is_told_as_such() -> None:
    with world(deadline_seconds=1.0) as town:
        address = images_of(files_of(town))[1]["images"][0]["path"]
        for fault, expected in (
            (Fault(kind="error", times=1), (502, "UPSTREAM_UNAVAILABLE")),
            (Fault(kind="timeout", times=1), (504, "UPSTREAM_TIMEOUT")),
        ):
            town.sandbox.faults.inject("253", "16.1.4", fault)
            answer = fetch(town, address)
            assert (answer.status_code, code(answer)) == expected
        assert fetch(town, address).status_code == 200


def test_a_file_that_breaks_off_does_not_look_whole() -> None:
    with world() as town:
        address = images_of(files_of(town))[1]["images"][0]["path"]
        town.sandbox.faults.inject("253", "16.1.4", Fault(kind="drop", times=1))
        with pytest.raises(httpx.RemoteProtocolError):
            fetch(town, address)
        assert fetch(town, address).status_code == 200


def test_where_no_address_of_the_image_stream_is_configured_its_images_are_left_out() -> None:
    with world(paths={}) as town:
        by_address, by_key = images_of(files_of(town))
        assert len(by_address["images"]) == 2
        assert by_key["images"] == []


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Audited]:
    with audited(tmp_path) as made:
        yield made


def test_who_fetched_a_file_is_on_record(town: Audited) -> None:
    answer, _ = town.ask(FILES_OF_REPORTS, {"hospitals": ["253"]})
    person = answer.data["viewer"]["patients"][0]
    fetched = fetch(town.world, images_of(person)[1]["images"][0]["path"])
    assert fetched.status_code == 200
    (resource,) = town.soon_on_record(fetched.headers["x-request-id"])
    card = town.card("p01", "253")
    assert (resource["action"], resource["outcomeDesc"]) == ("R", "served")
    assert resource["agent"][0]["who"]["identifier"]["value"] == "account-1"
    assert cards(resource) == {("253", card.number)}
    assert details(resource, "person") == {"p01"}
    assert details(resource, "field") == {"FileLink.path"}
    assert details(resource, "resource") == {"DiagnosticReport"}


def test_an_address_ends_with_the_session_that_it_was_made_in(fresh: World) -> None:
    login = """mutation($code: String!) { wechatLogin(input: {code: $code}) {
        session { accessToken refreshToken } userErrors { code } } }"""
    session = fresh.ask(login, {"code": fresh.login_code()}, None).data["wechatLogin"]["session"]
    asked = fresh.ask(FILES_OF_REPORTS, {"hospitals": ["253"]}, session["accessToken"])
    address = ordinary(asked.data["viewer"]["patients"][0], "ecgReports", "image")
    assert fetch(fresh, address).status_code == 200
    logout = "mutation($token: String!) { logout(input: {refreshToken: $token}) { userErrors { code } } }"
    fresh.ask(logout, {"token": session["refreshToken"]}, session["accessToken"])

    answer = fetch(fresh, address)
    assert (answer.status_code, code(answer)) == (401, "TOKEN_REVOKED")


def test_a_page_of_an_allowed_site_may_fetch_files_in_parts() -> None:
    with world(server={"allowed_origins": ["https://clinic.example"]}) as town:
        address = ordinary(files_of(town), "ecgReports", "image")
        answer = fetch(town, address, {"Origin": "https://clinic.example", "Range": "bytes=0-1"})
        assert answer.headers["access-control-allow-origin"] == "https://clinic.example"
        assert "Content-Range" in answer.headers["access-control-expose-headers"]
        assert answer.content == JPEG[:2]
