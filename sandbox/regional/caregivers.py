"""Caregivers' passes (37.1.1 to 37.1.4); here codes are numbers."""

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import INVALID_PARAMETER, Answer, Refused, coded_by_number, done, success
from sandbox.regional.wording import SEX, age, second
from sandbox.town.numbers import next_id
from sandbox.town.wards import CaregiverPass

GENDERS = {word: gender for gender, word in SEX.items()}
SOURCES = ("1", "2", "3")


def passes(call: Call) -> Answer:
    """A caregiver's pass for an admission (37.1.1): one object, or null; the card in it is the admitted person's."""
    number, identity = call.text("admissionNumber"), call.text("idCard")
    mine = [
        each
        for each in call.hospital.wards.passes
        if (each.admission_number, each.identity_number) == (number, identity)
    ]
    return coded_by_number(success(_pass(call, mine[-1]) if mine else None))


def _pass(call: Call, each: CaregiverPass) -> Answer:
    return {
        "name": each.name,
        "address": each.address,
        "sex": SEX[each.gender],
        "phone": each.phone,
        "caregiversId": each.id,
        "idCard": each.identity_number,
        "age": age(call.holder(call.hospital, each.patient_card_number), call.town.today),
        "medicalCardNumber": each.patient_card_number,
        "infoSource": each.source,
        "termOfValidity": second(each.valid_until),
        "flagInvalid": "1" if each.voided else "0",
        "createTime": second(each.created_at),
        "relationShip": each.relationship,
    }


def add(call: Call) -> Answer:
    """A new pass (37.1.3), for somebody who is admitted now."""
    card = call.card("patientMedicalCardNumber", "patientIdCard")
    admitted = {stay.number for stay in call.hospital.admissions if stay.card_number == card.number}
    if call.text("admissionNumber") not in admitted or call.person(card).name != call.text("patientName"):
        raise Refused(INVALID_PARAMETER, "参数无效 admissionNumber")
    made = CaregiverPass(
        id=next_id(call.hospital.id, "PZ", call.hospital.wards.passes),
        admission_number=call.text("admissionNumber"),
        patient_card_number=card.number,
        name=call.text("name"),
        identity_number=call.text("idCard"),
        phone=call.text("phone"),
        gender=GENDERS[call.choice("sex", *GENDERS)],
        address=call.text("address"),
        relationship=call.text("relationShip"),
        source=call.choice("infoSource", *SOURCES),
        created_at=call.moment("createTime"),
        valid_until=call.moment("termOfValidity"),
    )
    call.hospital.wards.passes.append(made)
    return coded_by_number(success({"caregiversId": made.id}))


def update(call: Call) -> Answer:
    """What was missing on a pass (37.1.2)."""
    known = _known(call)
    known.name, known.identity_number, known.phone = call.text("name"), call.text("idCard"), call.text("phone")
    known.gender = GENDERS[call.choice("sex", *GENDERS)]
    known.address = call.text("address") or known.address
    known.relationship, known.source = call.text("relationShip"), call.choice("infoSource", *SOURCES)
    known.valid_until = call.moment("termOfValidity")
    return coded_by_number(done())


def delete(call: Call) -> Answer:
    """A pass that is given back (37.1.4): it stays, voided."""
    _known(call).voided = True
    return coded_by_number(done())


def _known(call: Call) -> CaregiverPass:
    for each in call.hospital.wards.passes:
        if each.id == call.text("caregiversId"):
            return each
    raise Refused(INVALID_PARAMETER, "参数无效 caregiversId")


INTERFACES = (
    Interface("hospital.interface.getCaregiversInfo", passes),
    Interface("hospital.interface.updateCaregivers", update),
    Interface("hospital.interface.addCaregivers", add),
    Interface("hospital.interface.deleteCaregivers", delete),
)
