"""Online consultations (25.1.1 to 25.1.7)."""

from decimal import Decimal
from typing import Any

from sandbox.regional.call import DAY, SECOND, Call, Interface
from sandbox.regional.envelope import INVALID_PARAMETER, Answer, Refused, done, success
from sandbox.regional.wording import SEX, second
from sandbox.town.deeds import Refusal
from sandbox.town.lookup import department_of, doctor_of
from sandbox.town.stock import TESTS, WESTERN

NAMES = "hospital.inerface.internetHospital."
ITEM_UNKNOWN = "60104"
# In the catalogue, but not to be had.
OUT_OF_STOCK = "X005"
EXAMINATION, LABORATORY_TEST, DRUG = "1", "2", "3"


def _prices() -> dict[tuple[str, str], Decimal]:
    found = {(DRUG, medicine.code): Decimal(medicine.price) for medicine in WESTERN}
    for kind, category in ((LABORATORY_TEST, "检验费"), (EXAMINATION, "检查费")):
        found |= {(kind, test.code): Decimal(test.price) for test in TESTS if test.category == category}
    return found


def drugs(_: Call) -> Answer:
    """Medicines sold online (25.1.3), with spaces around some values as in the document."""
    return success(
        [
            {
                "chargeId": f" {medicine.code} ",
                "chargeName": medicine.name,
                "gyzz": f"国药准字H9900{medicine.code[1:]}",
                "ggmc": f" {medicine.specification}",
                "bzdw": medicine.unit,
                "jldw": medicine.dose.lstrip("0123456789."),
                "zhxs": medicine.specification.rpartition("*")[2].rstrip("片粒"),
                "changshang": "样例制药有限公司",
                "price": medicine.price,
            }
            for medicine in WESTERN
        ]
    )


def _services(category: str) -> Answer:
    tests = [test for test in TESTS if test.category == category]
    return success([{"chargeId": t.code, "chargeName": t.name, "price": t.price} for t in tests])


def laboratory_tests(_: Call) -> Answer:
    """Laboratory tests sold online (25.1.4)."""
    return _services("检验费")


def examinations(_: Call) -> Answer:
    """Examinations sold online (25.1.5)."""
    return _services("检查费")


def price(call: Call) -> Answer:
    """What one thing costs (25.1.6): a bare number."""
    kind, code = call.choice("chargeType", EXAMINATION, LABORATORY_TEST, DRUG), call.text("chargeId")
    found = _prices().get((kind, code))
    if found is None or code == OUT_OF_STOCK:
        raise Refused(ITEM_UNKNOWN, "项目已作废或药品无库存")
    return success(float(found))


def visited_doctors(call: Call) -> Answer:
    """Doctors whom a card's holder has seen in a span of days (25.1.2), in every hospital."""
    first, last = call.day("beginTime"), call.day("endTime")
    rows = []
    for hospital, card in call.known_cards():
        latest = {}
        for visit in sorted(hospital.visits, key=lambda visit: visit.started_at):
            if visit.card_number == card.number and first <= visit.started_at.date() <= last:
                latest[visit.doctor_id] = visit
        for doctor_id, visit in latest.items():
            doctor = doctor_of(hospital, doctor_id)
            rows.append(
                {
                    "hospitalId": hospital.id,
                    "doctorName": doctor.name,
                    "doctorCode": doctor.id,
                    "dept": department_of(hospital, doctor.department_id).name,
                    "post": doctor.title,
                    "lastClinicTime": second(visit.started_at),
                }
            )
    return success(rows)


def save_consultation(call: Call) -> Answer:
    """A consultation that a doctor took on (25.1.7)."""
    _check_person(call)
    call.moment("consultTime", SECOND)
    call.choice("payFlag", "0", "1")
    call.amount("consultFee")
    call.choice("consultFlag", "INTERNET_HOSPITAL")
    call.choice("consultName", "互联网医院复诊")
    _keep(call.hospital.claims.consultations, call)
    return done()


def save_order(call: Call) -> Answer:
    """What was ordered online and paid (25.1.1)."""
    _check_person(call)
    call.moment("tradeTime", SECOND)
    call.amount("total")
    for row in call.body["charges"]:
        if (str(row["chargeType"]), str(row["chargeId"]).strip()) not in _prices():
            raise Refused(ITEM_UNKNOWN, "收费项目不存在")
    _keep(call.hospital.claims.online_orders, call)
    return done()


def _check_person(call: Call) -> None:
    person = call.person(call.card())
    told = (call.text("patName"), call.text("general"), call.day("birthday", DAY), call.text("phone"))
    if told != (person.name, SEX[person.gender], person.birth_date, person.phone):
        raise Refusal("identity_mismatch")


def _keep(kept: dict[str, dict[str, Any]], call: Call) -> None:
    first = kept.setdefault(call.text("tradeNo"), call.body)
    if first != call.body:
        raise Refused(INVALID_PARAMETER, "参数无效 tradeNo")


INTERFACES = (
    Interface(NAMES + "save", save_order),
    Interface(NAMES + "queryVisitedDoctorData", visited_doctors, joined=True),
    Interface(NAMES + "queryHospitalDrugCharge", drugs),
    Interface(NAMES + "queryHospitalLisCharge", laboratory_tests),
    Interface(NAMES + "queryHospitalPacsCharge", examinations),
    Interface(NAMES + "queryHospitalSingleCharge", price),
    Interface(NAMES + "saveConsultInfo", save_consultation),
)
