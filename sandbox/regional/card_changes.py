"""Newborns, contacts, corrections and linked cards (1.2.2-1.2.4, 2.1.2, 2.1.4)."""

from sandbox.regional.call import Call, Interface
from sandbox.regional.cards import GENDERS
from sandbox.regional.envelope import INVALID_PARAMETER, Answer, Refused, done, success
from sandbox.town import deeds, relation_deeds
from sandbox.town.relations import Contact, Newborn

_GENDERS = {"1": "M", "2": "F"}
_ETHNICITIES = tuple(f"{number:02}" for number in range(1, 57))
_KINSHIPS = ("01", "02", "03", "04", "05")
_MARITAL = ("未婚", "已婚", "丧偶", "离异", "其他")
_PARTS = ("provinceName", "cityName", "townName", "streetName", "detailAddress")


def create_newborn(call: Call) -> Answer:
    """Give out a newborn's card (1.2.2); a card that is there already is a success."""
    gender = GENDERS.get((call.text("sex"), call.text("gender")))
    order = call.text("birthOrder")
    if gender is None or not (len(order) == 2 and order.isdigit() and int(order)):  # noqa: PLR2004 - two digits
        raise Refused(INVALID_PARAMETER, "参数无效 birthOrder")
    card = deeds.create_card(
        call.town,
        call.hospital,
        number=call.text("medicalCardNumber"),
        name=call.text("name"),
        gender=gender,
        birth_date=call.day("birthday"),
        identity_number=call.text("idcard"),
        phone=call.text("phone"),
        address=call.text("address"),
    )
    newborns = call.hospital.relations.newborns
    if all(known.card_number != card.number for known in newborns):
        mother = call.text("motherIdcard")
        newborns.append(Newborn(card_number=card.number, mother_identity_number=mother, birth_order=int(order)))
    return done()


def add_contact(call: Call) -> Answer:
    """Note somebody to be reached for a patient (1.2.3)."""
    call.choice("gender", *_GENDERS)
    # What is named idCard elsewhere is the contact's here: it is not checked against the card's holder.
    card = call.card(identity="")
    call.hospital.relations.contacts.append(
        Contact(
            card_number=card.number,
            name=call.text("name"),
            identity_number=call.text("idcard"),
            phone=call.text("phone"),
            birth_date=call.day("birthday"),
            ethnicity=call.choice("nation", *_ETHNICITIES),
            kinship=call.choice("relation", *_KINSHIPS),
        )
    )
    return done()


def change_holder(call: Call) -> Answer:
    """Correct what is known of a person (1.2.4)."""
    person = call.person(call.card(identity=""))
    for field, allowed in (("nation", _ETHNICITIES), ("maritalStatusName", _MARITAL), ("gender", tuple(_GENDERS))):
        if call.text(field):
            call.choice(field, *allowed)
    person.name = call.text("name") or person.name
    person.gender = _GENDERS.get(call.text("gender"), person.gender)
    if call.text("birthdate"):
        person.birth_date = call.day("birthdate")
    person.identity_number = call.text("idcard") or person.identity_number
    person.phone = call.text("phone") or person.phone
    parts = call.body.get("address") or {}
    person.address = "".join(str(parts.get(part) or "") for part in _PARTS) or person.address
    return done()


def bind(call: Call) -> Answer:
    """Let an electronic card stand for a physical one (2.1.2)."""
    card = relation_deeds.link(call.town, call.hospital, name=call.text("name"), **_pair(call))
    return success({"createDate": card.created_at.date().isoformat()})


def part(call: Call) -> Answer:
    """Part them again (2.1.4)."""
    relation_deeds.unlink(call.hospital, **_pair(call))
    return done()


def _pair(call: Call) -> dict[str, str]:
    return {"physical": call.text("oldMedicalCardNumber"), "electronic": call.text("newMedicalCardNumber")}


INTERFACES = (
    Interface("hospital.interface.newbornCreateCard", create_newborn),
    Interface("hospital.interface.createCardContacts", add_contact),
    Interface("hospital.interface.updateHisPatientInfo", change_holder),
    Interface("hospital.interface.bindCard", bind),
    Interface("hospital.interface.unRelateHisPatientCard", part),
)
