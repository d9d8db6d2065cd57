"""Applications for admission (36.1.1 to 36.1.3); here codes are numbers."""

from sandbox.regional.billing import PAY_TYPES
from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import Answer, coded_by_number, success
from sandbox.regional.wording import SEX, age
from sandbox.town import ward_deeds
from sandbox.town.lookup import department_of
from sandbox.town.wards import AdmissionApplication

STATES = {"applied": "已申请", "admitted": "已入院", "cancelled": "已取消"}


def applications(call: Call) -> Answer:
    """What a doctor wants a card's person admitted for (36.1.1): one object, or null."""
    card = call.card()
    mine = [a for a in call.hospital.wards.applications if a.card_number == card.number]
    return coded_by_number(success(_application(call, mine[-1]) if mine else None))


def _application(call: Call, application: AdmissionApplication) -> Answer:
    hospital = call.hospital
    person = call.holder(hospital, application.card_number)
    department = department_of(hospital, application.department_id)
    return {
        "wardName": application.ward,
        "admissionCardId": application.id,
        # A number, as in the example.
        "prepayAmount": float(application.deposit),
        "professionName": application.occupation,
        "phone": person.phone,
        "idCard": person.identity_number,
        "age": age(person, call.town.today),
        "sex": SEX[person.gender],
        "medicalCardNumber": application.card_number,
        "strMemo": application.mode,
        "admissionNumber": application.admission_number,
        "applyStatus": STATES[application.state],
        "deptAddress": department.address,
        "deptName": department.name,
        "othersContacts": application.contact_name,
        "relationshipName": application.contact_kinship,
    }


def save(call: Call) -> Answer:
    """The deposit was paid (36.1.2): the person is admitted."""
    call.choice("payType", *PAY_TYPES)
    application = ward_deeds.admit(
        call.town,
        call.hospital,
        call.card(),
        call.text("admissionCardId"),
        amount=call.amount("payAmount"),
        key=call.text("tradeNo"),
    )
    return coded_by_number(success({"patInHosId": application.stay_id}))


def cancel(call: Call) -> Answer:
    """The person does not come (36.1.3): the deposit goes back."""
    application = ward_deeds.withdraw(
        call.hospital, call.card(), call.text("patInHosId"), refund=call.amount("prepayAmount")
    )
    return coded_by_number(success({"refundNo": application.refund_number}))


INTERFACES = (
    Interface("hospital.interface.getApplicationHospitalInformation", applications),
    Interface("hospital.interface.execInHospitalPatsSave", save),
    Interface("hospital.interface.invalidInPatsInfo", cancel),
)
