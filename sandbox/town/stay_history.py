"""What was charged, deposited and given along in the stays of the town."""

import datetime as dt
from decimal import Decimal
from random import Random

from sandbox.town.model import Admission, Hospital
from sandbox.town.stays import Deposit, StayFile, StayItem
from sandbox.town.stock import WESTERN, Medicine, Service

FIRST_DEPOSIT = Decimal("1000.00")
HUNDRED = Decimal(100)
DAILY = (Service("B001", "床位费", "床位费", "日", "45.00"), Service("N001", "二级护理", "护理费", "日", "30.00"))
TREATMENT = Service("Z001", "综合治疗", "治疗费", "次", "")
# (hospital, person): who has deposited less than the stay costs.
OWING = frozenset({("253", "p06")})


def stay_files(hospital: Hospital, seed: int, today: dt.date) -> None:
    """The file of each admission: what was charged adds up to its cost."""
    for admission in hospital.admissions:
        rng = Random(f"{seed} stay {admission.id}")
        file = StayFile(admission_id=admission.id, bed=str(rng.randint(1, 40)))
        file.items = _items(admission, rng, today)
        holder = next(card.person_id for card in hospital.cards if card.number == admission.card_number)
        file.deposits = _deposits(admission, hospital.id, owing=(hospital.id, holder) in OWING)
        if admission.discharged_at is not None:
            file.medicines = [(medicine, rng.randint(1, 3)) for medicine in rng.sample(WESTERN, 2)]
            _give_back(file, admission.discharged_at)
        hospital.stay_files.append(file)


def _items(admission: Admission, rng: Random, today: dt.date) -> list[StayItem]:
    """A bed, care and a medicine each day; what else the stay cost is a treatment on the first."""
    last = admission.discharged_at.date() if admission.discharged_at else today
    first = admission.admitted_at.date()
    items: list[StayItem] = []
    for days in range((last - first).days):
        at = dt.datetime.combine(first + dt.timedelta(days=days), dt.time(11, 30))
        items += [_item(at, service, Decimal(service.price)) for service in DAILY]
        items.append(_medicine(at, rng.choice(WESTERN)))
    rest = admission.cost - sum(item.amount for item in items)
    return [_item(admission.admitted_at + dt.timedelta(hours=4), TREATMENT, rest), *items]


def _item(at: dt.datetime, service: Service, price: Decimal) -> StayItem:
    return StayItem(
        charged_at=at,
        category=service.category,
        item_id=service.code,
        name=service.name,
        unit=service.unit,
        price=price,
        quantity=1,
    )


def _medicine(at: dt.datetime, medicine: Medicine) -> StayItem:
    return StayItem(
        charged_at=at,
        category="西药费",
        item_id=medicine.code,
        name=medicine.name,
        unit=medicine.unit,
        price=Decimal(medicine.price),
        quantity=1,
    )


def _deposits(admission: Admission, hospital_id: str, *, owing: bool) -> list[Deposit]:
    """A first deposit in cash, and for most a second that covers the rest."""
    key = f"{hospital_id}{admission.admitted_at:%Y%m%d}{admission.number[-3:]}"
    first = Deposit(
        number=f"ZYYJ-{key}1",
        receipt=f"YJ{key}1",
        amount=FIRST_DEPOSIT,
        method="现金",
        paid_at=admission.admitted_at + dt.timedelta(minutes=5),
    )
    if owing:
        return [first]
    second = Deposit(
        number=f"ZYYJ-{key}2",
        receipt=f"YJ{key}2",
        amount=(admission.cost // HUNDRED * HUNDRED).quantize(FIRST_DEPOSIT),
        method="微信",
        paid_at=admission.admitted_at + dt.timedelta(hours=23),
    )
    return [first, second]


def _give_back(file: StayFile, when: dt.datetime) -> None:
    """Give back at discharge what was not used, under the number of the last deposit."""
    last = file.deposits[-1]
    file.deposits.append(
        Deposit(
            number=last.number,
            receipt=last.receipt,
            amount=-file.balance,
            method=last.method,
            paid_at=when + dt.timedelta(minutes=20),
        )
    )
