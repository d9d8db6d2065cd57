"""Education of admitted people, and notices for them (23.1.1 to 23.1.4)."""

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import (
    INVALID_PARAMETER,
    MISSING_PARAMETER,
    NOTHING_FOUND,
    Answer,
    Refused,
    done,
    success,
)
from sandbox.town.wards import Education


def educations(call: Call) -> Answer:
    """All that somebody was taught (23.1.1), told by card or identity number."""
    number, identity = call.text("medicalCardNumber"), call.text("idCard")
    if not number and not identity:
        raise Refused(MISSING_PARAMETER, "缺少参数 medicalCardNumber")
    numbers = {
        card.number
        for card in call.hospital.cards
        if (card.number == number if number else call.person(card).identity_number == identity)
    }
    found = [education for education in call.hospital.wards.educations if education.card_number in numbers]
    return success([_row(call, education) for education in found], message="")


def _row(call: Call, education: Education) -> Answer:
    return {
        "id": education.id,
        "patientName": call.holder(call.hospital, education.card_number).name,
        "hospitalId": call.hospital.id,
        "signStatus": "signed" if education.signature else "notSign",
        "pushTime": _unpadded(education),
        "peduNurseName": education.nurse,
        "peduName": education.name,
        "mainHeading": education.heading,
        "subHeading": education.subheading,
    }


def _unpadded(education: Education) -> str:
    """Month and day without zeros, as in the examples."""
    at = education.given_at
    return f"{at.year}-{at.month}-{at.day} {at:%H:%M:%S}"


def detail(call: Call) -> Answer:
    """One of them with its content (23.1.2)."""
    education = _known(call)
    row = _row(call, education)
    del row["mainHeading"], row["subHeading"]
    return success(row | {"educationContent": education.content, "signImage": education.signature}, message="")


def sign(call: Call) -> Answer:
    """It is signed (23.1.3), once."""
    education = _known(call)
    image = call.text("signImage")
    if not image.startswith("data:image/") or ";base64," not in image:
        raise Refused(INVALID_PARAMETER, "参数无效 signImage")
    signer, mastery = call.choice("signType", "patient", "fm"), call.choice("degreeOfMastery", "了解", "掌握")
    if education.signature:
        raise Refused(INVALID_PARAMETER, "宣教已签名")
    education.signature, education.signer, education.mastery = image, signer, mastery
    return done(message="")


def _known(call: Call) -> Education:
    for education in call.hospital.wards.educations:
        if education.id == call.text("id"):
            return education
    raise Refused(NOTHING_FOUND)


def guide(call: Call) -> Answer:
    """A notice for the admitted (23.1.4)."""
    id_ = call.text("admissionGuideId")
    if id_ not in call.hospital.wards.guides:
        raise Refused(NOTHING_FOUND)
    return success({"admissionGuideId": id_, "content": call.hospital.wards.guides[id_]}, message="")


INTERFACES = (
    Interface("hospital.interface.inhospitalEducation.getList", educations),
    Interface("hospital.interface.inhospitalEducation.getDetailById", detail),
    Interface("hospital.interface.inhospitalEducation.sign", sign),
    Interface("hospital.interface.admissionGuide.getAdmissionGuideById", guide),
)
