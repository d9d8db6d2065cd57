"""Who is in hospital and was, deposits, copies of case files (10.1.1 to 12.1.1, 27.1.x, 35.1.x, 39.1.1)."""

import datetime as dt

from sandbox.regional.billing import PAY_TYPES
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
from sandbox.regional.wording import SEX, age, money, second
from sandbox.town import stay_deeds
from sandbox.town.deeds import Refusal
from sandbox.town.lookup import department_of, doctor_of
from sandbox.town.model import Admission, Hospital
from sandbox.town.stays import CaseCopy, Deposit
from sandbox.town.stock import Medicine

ADMITTED, DISCHARGED = "1", "2"


def current(call: Call) -> Answer:
    """The stay that lasts, or the last one (10.1.1)."""
    stays = call.stays()
    if not stays:
        raise Refused(NOTHING_FOUND)
    hospital, stay = stays[0]
    file, person = stay_deeds.file_of(hospital, stay), call.holder(hospital, stay.card_number)
    lasts = stay.discharged_at is None
    return success(
        {
            "medicalCardNumber": stay.card_number,
            "admissionNumber": stay.number,
            "hospitalId": hospital.id,
            "status": "in" if lasts else "out",
            "inPatName": person.name,
            "deptName": department_of(hospital, stay.department_id).name,
            "bedNumber": file.bed,
            "totalCost": money(file.cost),
            "totalPrepay": money(file.deposited),
            "prepayLeft": money(file.balance),
            "medicalInsurance": "0.00",
            "minimumPayment": money(stay_deeds.LEAST_DEPOSIT) if lasts else "0",
            "maximumPayment": money(stay_deeds.MOST_DEPOSIT) if lasts else "0",
            "sex": SEX[person.gender],
            "patInTime": second(stay.admitted_at),
            "idCard": person.identity_number,
            "phone": person.phone,
            "inpatientRecordId": stay.id,
        },
        message="",
    )


def pay_deposit(call: Call) -> Answer:
    """A deposit was paid (10.1.2), by card or by admission number."""
    if not call.text("medicalCardNumber") and not call.text("admissionNumber"):
        raise Refused(MISSING_PARAMETER)
    stays = call.stays()
    if not stays:
        raise Refusal("deposit_not_admitted")
    hospital, stay = stays[0]
    made = stay_deeds.deposit(
        hospital,
        stay,
        amount=call.amount("amount"),
        method=call.choice("payType", *PAY_TYPES),
        key=call.text("outTradeNo"),
        when=call.moment("payTime"),
    )
    balance = stay_deeds.file_of(hospital, stay).balance
    return success({"outPrepayId": made.receipt, "amount": money(balance)})


def deposits(call: Call) -> Answer:
    """All deposits and what was given back of them (39.1.1); null for nothing."""
    rows = [
        (hospital, stay, each)
        for hospital, stay in call.stays()
        for each in stay_deeds.file_of(hospital, stay).deposits
    ]
    rows.sort(key=lambda row: row[2].paid_at, reverse=True)
    return success([_deposit(*row) for row in rows] or None)


def _deposit(hospital: Hospital, stay: Admission, paid: Deposit) -> Answer:
    return {
        "hospitalId": hospital.id,
        "hospitalName": hospital.name,
        "outTradeNo": paid.number,
        "amount": money(paid.amount),
        "payTypeName": "百灵微信" if paid.method in PAY_TYPES else paid.method,
        "createTime": second(paid.paid_at),
        "prepayCode": paid.receipt,
        "admissionNumber": stay.number,
    }


def in_arrears(call: Call) -> Answer:
    """Who has less deposit left than the amount (11.1.1), 0 where none is sent."""
    below = call.amount("prePay")
    rows = [
        row | {"balance": money(stay_deeds.file_of(hospital, stay).balance), "patInTime": second(stay.admitted_at)}
        for hospital, stay, row in _lasting(call)
        if stay_deeds.file_of(hospital, stay).balance < below
    ]
    return success(rows, message="")


def everybody(call: Call) -> Answer:
    """Everybody who is in hospital (12.1.1)."""
    return success([row for _, _, row in _lasting(call)])


def _lasting(call: Call) -> list[tuple[Hospital, Admission, Answer]]:
    found = []
    for hospital in call.hospitals:
        for stay in hospital.admissions:
            if stay.discharged_at is not None:
                continue
            person = call.holder(hospital, stay.card_number)
            row: Answer = {
                "hospitalId": hospital.id,
                "medicalCardNumber": stay.card_number,
                "userName": person.name,
                "deptName": department_of(hospital, stay.department_id).name,
                "admissionNumber": stay.number,
                "bedNumber": stay_deeds.file_of(hospital, stay).bed,
                "idCard": person.identity_number,
            }
            found.append((hospital, stay, row))
    return found


def history(call: Call) -> Answer:
    """All stays of a person (27.1.1), by name and identity number or admission number."""
    if not call.text("idCard") and not call.text("admissionNumber"):
        raise Refused(MISSING_PARAMETER)
    return success([_listed(hospital, stay) for hospital, stay in call.stays()])


def _listed(hospital: Hospital, stay: Admission) -> Answer:
    return {
        "patInHosCode": stay.number,
        "patInTime": stay.admitted_at.date().isoformat(),
        "patOutTime": stay.discharged_at.date().isoformat() if stay.discharged_at else "",
        "wardName": f"{department_of(hospital, stay.department_id).name}病区",
        "patInStatus": DISCHARGED if stay.discharged_at else ADMITTED,
    }


def order_copies(call: Call) -> Answer:
    """Copies of a case file were paid for (27.1.2); the fees make up the sum."""
    number, card_number = call.text("admissionNumber"), call.text("medicalCardNumber")
    stay = next((stay for _, stay in call.stays() if stay.number == number), None)
    if stay is None or card_number not in ("", stay.card_number):
        raise Refused(INVALID_PARAMETER, "参数无效 admissionNumber")
    call.choice("payType", *PAY_TYPES)
    call.moment("payTime")
    printing, mailing = call.amount("printFee"), call.amount("mailingFee")
    if call.amount("totalAmount") != printing + mailing:
        raise Refusal("amount_mismatch")
    ordered = CaseCopy(
        number=call.text("tradeNo"),
        application_id=call.text("mediaclRecordApplyId"),
        pages=int(call.text("printNumber")),
        print_fee=printing,
        mailing_fee=mailing if call.text("mailingFee") else None,
    )
    stay_deeds.order_copies(call.hospital, stay, ordered)
    return done()


def discharges(call: Call) -> Answer:
    """Stays that have ended (35.1.1)."""
    rows = [(hospital, stay, stay.discharged_at) for hospital, stay in call.stays() if stay.discharged_at is not None]
    return success([_discharge(call, hospital, stay, when) for hospital, stay, when in rows])


def _discharge(call: Call, hospital: Hospital, stay: Admission, when: dt.datetime) -> Answer:
    return {
        "age": age(call.holder(hospital, stay.card_number), when.date()),
        "department": department_of(hospital, stay.department_id).name,
        "diagnose": stay.diagnosis,
        "hospitalId": hospital.id,
        "inHospitalCode": stay.number,
        "inHospitalTime": second(stay.admitted_at),
        "outHospitalTime": second(when),
        "patientInHospitalId": stay.id,
        "hospitalName": hospital.name,
        "prescriptionType": "西药处方",
    }


def medicines(call: Call) -> Answer:
    """Medicines that were given along (35.1.2)."""
    hospital = call.hospital
    stay = next((stay for stay in hospital.admissions if stay.id == call.text("patientInHospitalId")), None)
    if stay is None or stay.discharged_at is None:
        raise Refused(NOTHING_FOUND)
    person = call.holder(hospital, stay.card_number)
    return success(
        {
            "patientName": person.name,
            "sex": SEX[person.gender],
            "createTime": second(stay.discharged_at),
            "age": age(person, stay.discharged_at.date()),
            "department": department_of(hospital, stay.department_id).name,
            "diagnose": stay.diagnosis,
            "doctorName": doctor_of(hospital, stay.doctor_id).name,
            "drugList": [_drug(*given) for given in stay_deeds.file_of(hospital, stay).medicines],
        }
    )


def _drug(medicine: Medicine, quantity: int) -> Answer:
    return {
        "drugName": medicine.name,
        "spec": medicine.specification,
        "quantity": f"{quantity}{medicine.unit}",
        "usage": medicine.usage,
        "useAmount": medicine.dose,
        "frequency": medicine.frequency.lower(),
        "frequencyName": medicine.frequency_name,
        "drugId": medicine.code,
    }


INTERFACES = (
    Interface("hospital.interface.queryInpatientInfo", current),
    Interface("hospital.interface.paymentOfDeposit", pay_deposit),
    Interface("hospital.interface.getDepositRecord", deposits),
    Interface("hospital.interface.hospitalizationDepositIsLowerThan", in_arrears, joined=True),
    Interface("hospital.interface.inpatientList", everybody, joined=True),
    Interface("hospital.interface.inpatientRecord", history),
    Interface("hospital.interface.medicalRecordInsertOrder", order_copies),
    Interface("hospital.interface.getOutOfHospitalHistory", discharges),
    Interface("hospital.interface.getDrugItemForDischarged", medicines),
)
