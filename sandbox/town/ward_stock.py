"""What there is around the wards from the start."""

import datetime as dt
from decimal import Decimal

from sandbox.town.cases import CASES
from sandbox.town.lookup import department_of
from sandbox.town.model import Card, Hospital, Person
from sandbox.town.wards import AdmissionApplication, CaregiverPass, Education, FollowUp

# Who a doctor wants admitted: (hospital, person).
APPLICANTS = frozenset({("253", "p01"), ("254", "p01"), ("501", "p01")})
TAUGHT = frozenset({("253", "p01"), ("254", "p03")})
# Who stays with whom: by hospital, the caregiver and the admitted person.
CAREGIVERS = {"253": ("p05", "p06"), "254": ("p01", "p03")}
GUIDES = {"guide-1": "<p>入院须知</p><ul><li>请保管好贵重物品</li><li>探视时间 15:00 至 19:00</li></ul>"}


def fill(hospital: Hospital, people: dict[str, Person], today: dt.date) -> None:
    """Fill the wards of a hospital around a day; admissions have to be there already."""
    hospital.wards.guides = dict(GUIDES)
    for place, card in enumerate(hospital.cards):
        if (hospital.id, card.person_id) in APPLICANTS:
            _apply(hospital, card)
        if (hospital.id, card.person_id) in TAUGHT:
            _teach(hospital, card, today)
        _call_back(hospital, card, place, today)
    if hospital.id in CAREGIVERS:
        _let_stay(hospital, people, *CAREGIVERS[hospital.id])


def _apply(hospital: Hospital, card: Card) -> None:
    doctor = hospital.doctors[0]
    case = CASES[department_of(hospital, doctor.department_id).name]
    hospital.wards.applications.append(
        AdmissionApplication(
            id=f"{hospital.id}-AP{len(hospital.wards.applications) + 1:04}",
            card_number=card.number,
            admission_number=f"ZY{hospital.id}9{len(hospital.wards.applications) + 1:05}",
            department_id=doctor.department_id,
            doctor_id=doctor.id,
            ward="一病区",
            mode="普通入院",
            complaint=case.complaint,
            diagnosis=case.diagnoses[0],
            deposit=Decimal("2000.00"),
            occupation="自由职业者",
            contact_name="样例联系人",
            contact_kinship="02",
        )
    )


def _teach(hospital: Hospital, card: Card, today: dt.date) -> None:
    """One that was signed, and a later one that was not."""
    for place, (name, signature) in enumerate((("入院宣教", "data:image/png;base64,iVBORw0KGgo="), ("用药宣教", ""))):
        hospital.wards.educations.append(
            Education(
                id=f"{hospital.id}-ED{len(hospital.wards.educations) + 1:04}",
                card_number=card.number,
                name=name,
                heading=f"{name}内容",
                subheading="请仔细阅读",
                nurse="样例护士",
                content=f"<p>{name}：请按护士指导配合治疗。</p>",
                given_at=dt.datetime.combine(today - dt.timedelta(days=3 - place), dt.time(9, 55, 26)),
                signature=signature,
                signer="patient" if signature else "",
                mastery="掌握" if signature else "",
            )
        )


def _call_back(hospital: Hospital, card: Card, place: int, today: dt.date) -> None:
    """Everybody is due some day within two weeks, every third after a check-up."""
    day = today + dt.timedelta(days=1 + place % 14)
    hospital.wards.follow_ups.append(
        FollowUp(
            card_number=card.number,
            doctor_id=hospital.doctors[place % len(hospital.doctors)].id,
            due_at=dt.datetime.combine(day, dt.time(9, 30)),
            after_checkup=place % 3 == 0,
        )
    )


def _let_stay(hospital: Hospital, people: dict[str, Person], caregiver_id: str, patient_id: str) -> None:
    """A pass as the nurses made it, with what they know of the caregiver."""
    cards = {card.person_id: card for card in hospital.cards}
    stay = next(stay for stay in hospital.admissions if stay.card_number == cards[patient_id].number)
    caregiver = people[caregiver_id]
    hospital.wards.passes.append(
        CaregiverPass(
            id=f"{hospital.id}-PZ0001",
            admission_number=stay.number,
            patient_card_number=stay.card_number,
            name=caregiver.name,
            identity_number=caregiver.identity_number,
            phone="",
            gender=caregiver.gender,
            address="",
            relationship="",
            source="1",
            created_at=stay.admitted_at + dt.timedelta(hours=1),
            valid_until=None,
        )
    )
