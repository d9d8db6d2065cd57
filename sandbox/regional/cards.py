"""Cards: giving out, looking up, balance (chapters 1, 2 and 7)."""

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import INVALID_PARAMETER, Answer, Refused, done, success
from sandbox.regional.wording import SEX, money
from sandbox.town import deeds

GENDERS = {("男", "1"): "M", ("女", "2"): "F"}


def create_card(call: Call) -> Answer:
    """Give out a card (1.2.1); a card that is there already is a success."""
    gender = GENDERS.get((call.text("sex"), call.text("gender")))
    if gender is None:
        raise Refused(INVALID_PARAMETER, "参数无效 gender")
    deeds.create_card(
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
    return done()


def patient_info(call: Call) -> Answer:
    """Who has a card (2.1.1)."""
    card = call.card()
    person = call.person(card)
    return success(
        {
            "name": person.name,
            "phone": person.phone,
            "sex": SEX[person.gender],
            "address": person.address,
            "birthdate": person.birth_date.isoformat(),
            "idCardNo": person.identity_number,
            "medicalCardNumber": card.number,
            "impoverished": "0",
        }
    )


def cards_of_person(call: Call) -> Answer:
    """The cards of a name and an identity number (2.1.3); only here is a woman's gender 0."""
    wanted = (call.text("name"), call.text("idCardNo") or call.text("idCard"))
    rows = []
    for card in call.hospital.cards:
        person = call.person(card)
        if (person.name, person.identity_number) != wanted:
            continue
        rows.append(
            {
                "name": person.name,
                "phone": person.phone,
                "gender": "1" if person.gender == "M" else "0",
                "address": person.address,
                "birthdate": person.birth_date.isoformat(),
                "idCardNo": person.identity_number,
                "medicalCardNumber": card.number,
                "amount": money(card.balance),
            }
        )
    return success(rows)


def balance(call: Call) -> Answer:
    """What is left on a card (7.1.1)."""
    return success({"balance": money(call.card().balance)})


INTERFACES = (
    Interface("hospital.interface.createCard", create_card),
    Interface("hospital.interface.queryPatientInfo", patient_info),
    Interface("hospital.interface.selHisCardListByNameAndIdCard", cards_of_person),
    Interface("hospital.interface.queryBalance", balance),
)
