"""What people are taught in hospital: read and signed; notices for the admitted."""

from typing import Any

import pytest

from tests.end_to_end.world import World

LIST = """query($h: [ID!]) { viewer { patients { educations(hospitals: $h) { totalCount failures { code } nodes {
    id title heading subheading educatorName givenAt signatureStatus hospital { code }
    detail { content signatureStatus signatureImage } } } } } }"""
SIGN = """mutation($input: SignPatientEducationInput!) { signPatientEducation(input: $input) {
    signed userErrors { code field message } } }"""
GUIDE = 'query($guide: String!) { hospital(id: "253") { admissionGuide(id: $guide) { content } } }'
IMAGE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAAElFTkSuQmCC"


def educations(world: World) -> Any:
    found = world.ask(LIST, {"h": ["253"]}).data["viewer"]["patients"][0]["educations"]
    assert found["failures"] == []
    return found["nodes"]


def sign(world: World, education: str, token: str = "", **changes: Any) -> Any:
    given = {"businessKey": "signature-0001", "educationId": education, "signer": "FAMILY", "mastery": "MASTERED"}
    return world.ask(SIGN, {"input": given | {"image": IMAGE} | changes}, token)


def learn_and_sign(world: World) -> None:
    """Reach all interfaces of this file."""
    unsigned = next(each for each in educations(world) if each["signatureStatus"] == "NOT_SIGNED")
    assert sign(world, unsigned["id"]).data["signPatientEducation"]["signed"]
    assert world.ask(GUIDE, {"guide": "guide-1"}, None).data["hospital"]["admissionGuide"]["content"]


def test_what_was_taught_is_listed_with_its_content_the_latest_first(shared: World) -> None:
    latest, first = educations(shared)

    assert (latest["title"], first["title"]) == ("用药宣教", "入院宣教")
    assert latest["givenAt"] > first["givenAt"]
    assert (latest["signatureStatus"], latest["detail"]["signatureImage"]) == ("NOT_SIGNED", None)
    assert first["signatureStatus"] == first["detail"]["signatureStatus"] == "SIGNED"
    assert first["detail"]["signatureImage"].startswith("data:image/png;base64,")
    assert "入院宣教" in first["detail"]["content"]
    assert first["educatorName"] == "样例护士"
    assert first["hospital"] == {"code": "253"}


def test_a_signature_is_kept_by_the_hospital_and_shown_at_once(fresh: World) -> None:
    latest, _ = educations(fresh)

    answer = sign(fresh, latest["id"]).data["signPatientEducation"]

    assert answer == {"signed": True, "userErrors": []}
    now, _ = educations(fresh)
    assert now["signatureStatus"] == "SIGNED"
    assert now["detail"]["signatureImage"] == IMAGE
    kept = fresh.sandbox.town.hospitals["253"].wards.educations[-1]
    assert (kept.signer, kept.mastery) == ("fm", "掌握")
    assert sign(fresh, latest["id"]).data["signPatientEducation"] == answer


def test_what_is_signed_is_not_signed_again_under_another_key(shared: World) -> None:
    _, signed = educations(shared)

    answer = sign(shared, signed["id"]).data["signPatientEducation"]

    assert answer["signed"] is None
    assert [error["code"] for error in answer["userErrors"]] == ["BAD_INPUT"]


@pytest.mark.parametrize(
    "image",
    [
        "",
        "iVBORw0KGgo=",
        "data:text/html;base64,iVBORw0KGgo=",
        "data:image/png;base64,",
        "data:image/png;base64,not base64!",
        "data:image/png;base64," + "A" * 60_000,
    ],
    ids=["nothing", "no kind", "another kind", "empty", "not base64", "huge"],
)
def test_what_is_no_signature_is_refused_before_the_hospital_is_asked(shared: World, image: str) -> None:
    latest, _ = educations(shared)
    shared.sandbox.counters.clear()

    answer = sign(shared, latest["id"], image=image).data["signPatientEducation"]

    assert [(error["code"], error["field"]) for error in answer["userErrors"]] == [("BAD_INPUT", "image")]
    assert shared.sandbox.counters.total() == 0


def test_nobody_signs_for_somebody_else(shared: World) -> None:
    latest, _ = educations(shared)

    assert sign(shared, latest["id"], shared.token("account-2")).codes == ["FORBIDDEN"]
    assert sign(shared, latest["id"], None).codes == ["UNAUTHENTICATED"]


def test_a_notice_for_the_admitted_is_for_everybody(shared: World) -> None:
    guide = shared.ask(GUIDE, {"guide": "guide-1"}, None).data["hospital"]["admissionGuide"]

    assert guide["content"].startswith("<p>入院须知</p>")
    assert shared.ask(GUIDE, {"guide": "guide-9"}, None).data["hospital"]["admissionGuide"] is None
    assert shared.ask(GUIDE, {"guide": "two words"}, None).codes == ["BAD_INPUT"]
