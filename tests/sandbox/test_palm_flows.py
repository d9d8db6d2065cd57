"""Paying and booking at the palm hospital."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from palm_desk import USER, Desk, palm_desk, sign

FAR, SOON = "2000-01-01", "2100-01-01"


@pytest.fixture
def desk() -> Iterator[Desk]:
    with palm_desk() as here:
        yield here


def test_paying_from_the_list_of_visits_to_the_charges_paid(desk: Desk) -> None:
    card = desk.card()
    who = {"patient_id": card.patient_id}
    visits = desk.ask("/getRegisterList", who | {"begin_date": FAR, "end_date": SOON, "flag": 0})["records"]
    visit = who | {"visit_id": visits[0]["visit_id"]}
    fees = desk.ask("/getRecipe", visit | {"flag": 0})["fees"]
    orders = [{"order_id": key} for key in sorted({row["order_id"] for row in fees})]
    total = fees[0]["summary"]
    assert round(sum(row["total"] for row in fees), 2) == total
    assert len({row["summary"] for row in fees}) == 1
    assert desk.status("/cpayCheck", desk.order(Decimal(str(total))) | {"orders": orders}) == (1, "成功")
    body = desk.settlement(visit_id=visit["visit_id"], orders=orders, total=total)
    assert desk.ask("/recipeCharge", body)["info"] == {
        "patient_id": card.patient_id,
        "op_flag": 1,
        "patient_name": desk.sandbox.town.people["p01"].name,
    }
    assert desk.ask("/getRecipe", visit | {"flag": 0})["fees"] == []
    paid = desk.ask("/getRecipe", visit | {"flag": 1})["fees"]
    assert {row["id"] for row in paid} == {row["id"] for row in fees}
    assert {row["charge_date"] for row in paid} == {str(desk.sandbox.town.today)}
    assert {row["id"] for row in desk.ask("/getChargeDetail", visit)["fees"]} == {row["id"] for row in fees}
    assert desk.card().balance == card.balance


def test_the_card_pays_when_balance_pay_is_nought(desk: Desk) -> None:
    before = desk.card().balance
    body = desk.settlement(balance_pay=0, pay_mode="balancePay")
    assert desk.status("/recipeCharge", body) == (1, "成功")
    assert desk.card().balance == before - Decimal(str(body["total"]))


def test_an_empty_card_pays_nothing(desk: Desk) -> None:
    desk.card().balance = Decimal("0.01")
    body = desk.settlement(balance_pay=0, pay_mode="balancePay")
    assert desk.status("/recipeCharge", body) == (-1, "卡余额不足")
    assert desk.status("/recipeCharge", body | {"balance_pay": 1}) == (1, "成功")


def test_the_same_settlement_again_is_the_same_answer(desk: Desk) -> None:
    body = desk.settlement()
    bills = len(desk.hospital.bills)
    assert desk.ask("/recipeCharge", body) == desk.ask("/recipeCharge", body)
    assert len(desk.hospital.bills) == bills + 1


def test_the_same_business_number_with_another_content_is_refused(desk: Desk) -> None:
    body = desk.settlement()
    assert desk.status("/recipeCharge", body) == (1, "成功")
    assert desk.status("/recipeCharge", body | {"pay_mode": "aliPay"}) == (-1, "流水号重复且内容不一致")
    again = body | {"business_no": "W002"}
    assert desk.status("/recipeCharge", again | {"sign": sign(again)}) == (-1, "费用不存在或已缴费")


def test_signature_order_and_total_are_checked(desk: Desk) -> None:
    body = desk.settlement()
    assert desk.status("/recipeCharge", body | {"sign": str(body["sign"]).lower()}) == (-1, "签名错误")
    strange = body | {"his_order_no": "HO000"}
    assert desk.status("/recipeCharge", strange | {"sign": sign(strange)}) == (-1, "订单不存在")
    dear = body | {"total": 1.0}
    assert desk.status("/recipeCharge", dear | {"sign": sign(dear)}) == (-1, "金额与费用不符")
    assert desk.status("/recipeCharge", body | {"total": 1.005}) == (-1, "金额格式错误 total")


def test_an_order_of_somebody_else_does_not_pay(desk: Desk) -> None:
    other = desk.card("p02")
    order = desk.order(Decimal(1)) | {"patient_id": other.patient_id, "card_no": other.number}
    body = desk.settlement(his_order_no=desk.ask("/paymentNew", order)["order"]["order_no"])
    assert desk.status("/recipeCharge", body) == (-1, "订单不存在")
    assert desk.status("/paymentNew", order | {"card_no": desk.card().number}) == (-1, "就诊卡与患者不符")


def test_every_order_has_another_number(desk: Desk) -> None:
    body = desk.order(Decimal(1))
    assert desk.ask("/paymentNew", body) != desk.ask("/paymentNew", body)


def test_the_check_refuses_unknown_groups_and_wrong_totals(desk: Desk) -> None:
    body = desk.settlement() | {"card_no": desk.card().number}
    assert desk.status("/cpayCheck", body) == (1, "成功")
    assert desk.status("/cpayCheck", body | {"total": 0.5}) == (-1, "金额与费用不符")
    assert desk.status("/cpayCheck", body | {"orders": [{"order_id": "x"}]}) == (-1, "费用不存在或已缴费")


def test_insurance_needs_all_its_fields_and_goes_on_the_bill(desk: Desk) -> None:
    body = desk.settlement()
    total = Decimal(str(body["total"]))
    shares = {"settlement id": "S1", "insurance_pay": "2.00", "account_pay": "1.00", "patient_type_id": "2"}
    assert desk.status("/recipeCharge", body | shares) == (-1, "缺少参数 pay_amount")
    assert desk.status("/recipeCharge", body | shares | {"pay_amount": "0.01"}) == (-1, "金额与费用不符")
    assert desk.status("/recipeCharge", body | shares | {"pay_amount": str(total - 3)}) == (1, "成功")
    assert desk.hospital.bills[-1].insurance == Decimal("3.00")


def test_booking_takes_a_place_and_cancelling_frees_it(desk: Desk) -> None:
    session, slot = desk.free_slot()
    times = {"SCHEDULE_ID": session.id, "DATA_SOURCE": "w1"}

    def shown() -> tuple[int, int, int]:
        row = next(row for row in desk.ask("/get_time", times)["DATA"] if row["TIME_ID"] == slot.id)
        assert (row["CLINIC_NAME"], row["DEPT_ID"]) == (str(session.day), "1" if session.part == "AM" else "2")
        return row["REGISTER_TYPE_NAME"], row["PATIENT_TYPE_ID"], row["PATIENT_TYPE_NAME"]

    booking = desk.booking()
    made = desk.ask("/new", booking)
    assert made["HIS_ORDER_NO"] == made["APPT_ID"]
    assert shown() == (slot.capacity, 1, slot.capacity - 1)
    assert desk.ask("/new", booking) == made
    row = desk.ask("/query", {"APPT_ID": made["APPT_ID"], "DATA_SOURCE": "w1"})["DATA"][0]
    assert (row["STATUS"], row["STATUS_TEXT"], row["ALLOW_CANCEL"]) == (9, "已确认", 1)
    assert (row["ACCOUNT_ID"], row["TIME_ID"]) == ("account-1", slot.id)
    cancelling = USER | {"APPT_ID": made["APPT_ID"], "SEND_SMS": "0"}
    assert desk.ask("/cancel", cancelling) == desk.ask("/cancel", cancelling) == {"ResultCode": 0, "ResultMsg": "成功"}
    assert shown() == (slot.capacity, 0, slot.capacity)
    row = desk.ask("/query", {"APPT_ID": made["APPT_ID"], "DATA_SOURCE": "w1"})["DATA"][0]
    assert (row["STATUS"], row["ALLOW_CANCEL"], row["ALLOW_PREPAY"]) == (-1, 0, 0)
    assert desk.ask("/new", booking)["APPT_ID"] != made["APPT_ID"]


def test_the_remark_is_the_key_when_it_is_given(desk: Desk) -> None:
    body = desk.booking(REMARK="key-1")
    made = desk.ask("/new", body)["APPT_ID"]
    assert desk.ask("/new", body)["APPT_ID"] == made
    assert desk.status("/new", desk.booking(skip=1, REMARK="key-1")) == (-1, "流水号重复且内容不一致")
    assert desk.ask("/new", body | {"REMARK": "key-2"})["APPT_ID"] != made


def test_a_full_slot_an_unknown_one_and_one_of_another_schedule(desk: Desk) -> None:
    _, slot = desk.free_slot()
    body = desk.booking()
    assert desk.status("/new", body | {"TIME_ID": "x"}) == (-1, "排班或时段不存在")
    assert desk.status("/new", body | {"SCHEDULE_ID": "x"}) == (-1, "排班或时段不存在")
    slot.booked = slot.capacity
    assert desk.status("/new", body) == (-1, "该时段已约满")


def test_who_has_no_card_gets_one_with_the_booking(desk: Desk) -> None:
    person = {"PATIENT_ID": "", "NAME": "样例新", "ID_NO": "990000199001019999", "PHONE_NO": "10000000999"}
    made = desk.ask("/new", desk.booking(**person))["APPT_ID"]
    row = desk.ask("/query", {"APPT_ID": made, "DATA_SOURCE": "w1"})["DATA"][0]
    found = desk.ask("/getPatient", {"op_flag": 1, "name": "样例新", "id_no": person["ID_NO"]})["patient"]
    assert (found["id"], found["birthday"]) == (row["PATIENT_ID"], "1990-01-01")
    assert desk.status("/new", desk.booking(**person | {"ID_NO": "1"})) == (-1, "身份证号错误")


def test_cancelling_what_is_unknown_or_over(desk: Desk) -> None:
    body = USER | {"SEND_SMS": "0"}
    assert desk.status("/cancel", body | {"APPT_ID": "x"}) == (-1, "预约记录不存在")
    attended = next(row for row in desk.hospital.appointments if row.state == "attended")
    assert desk.status("/cancel", body | {"APPT_ID": attended.id}) == (-1, "已就诊，不能取消")


def test_appointments_by_person_and_day(desk: Desk) -> None:
    who = {"PATIENT_ID": desk.card().patient_id, "DATA_SOURCE": "w1"}
    mine = desk.ask("/query", who)["DATA"]
    assert {row["PATIENT_ID"] for row in mine} == {desk.card().patient_id}
    assert {row["STATUS"] for row in mine} == {9, 5}
    today = desk.sandbox.town.today
    coming = desk.ask("/query", who | {"START_TIME": f"{today} 00:00:00", "END_TIME": SOON})["DATA"]
    assert {row["STATUS"] for row in coming} == {9}
    assert [row["STATUS"] for row in desk.ask("/query", who | {"END_TIME": str(today - dt.timedelta(1))})["DATA"]] == [
        5
    ]
    assert desk.ask("/query", who | {"NAME": "别人"})["DATA"] == []
    assert desk.status("/query", {"DATA_SOURCE": "w1"}) == (-1, "查询条件不能为空")


def test_schedules_by_day_and_by_doctor(desk: Desk) -> None:
    session, _ = desk.free_slot()
    asked = {"DEPT_ID": session.department_id, "DATA_SOURCE": "w1"}
    by_day = desk.ask("/get_schedule", asked | {"DT": str(session.day)})["DATA"]
    assert {row["DT"] for row in by_day} == {str(session.day)}
    row = next(row for row in by_day if row["SCHEDULE_ID"] == session.id)
    assert row["WEEK_DAY"] == "星期" + "一二三四五六日"[session.day.weekday()]
    assert row["PATIENT_TYPE_NAME"] == session.clinic
    assert row["REGISTER_TYPE_NAME"].replace("-", "").isdigit()
    assert row["APPT_MAX"] - row["APPT_COUNT"] == row["REMAIN_COUNT"]
    for duration, name in (("1", "上午"), ("2", "下午")):
        part = desk.ask("/get_schedule", asked | {"DT": str(session.day), "DURATION_ID": duration})["DATA"]
        assert {row["DURATION_NAME"] for row in part} <= {name}
    by_doctor = desk.ask("/get_schedule", asked | {"DOCTOR_ID": session.doctor_id})["DATA"]
    assert {row["DOCTOR_ID"] for row in by_doctor} == {session.doctor_id}
    assert min(row["DT"] for row in by_doctor) >= str(desk.sandbox.town.today)
    everyone = desk.ask("/get_schedule", asked | {"DOCTOR_ID": "all"})["DATA"]
    assert len(everyone) >= len(by_doctor)
    assert desk.ask("/get_schedule", asked | {"DOCTOR_ID": ""})["DATA"] == []


def test_a_patient_is_found_by_key_then_card_then_name(desk: Desk) -> None:
    mine, other = desk.card(), desk.card("p02")
    person = desk.sandbox.town.people["p02"]
    by_key = desk.ask("/getPatient", {"op_flag": 1, "patient_id": mine.patient_id, "card_no": other.number})
    assert (by_key["patient"]["card_no"], by_key["patient"]["op_flag"]) == (mine.number, "1")
    assert desk.ask("/getPatient", {"op_flag": 1, "card_no": other.number})["patient"]["id"] == other.patient_id
    by_name = desk.ask("/getPatient", {"op_flag": 1, "name": person.name, "id_no": person.identity_number})
    assert by_name["patient"]["id"] == other.patient_id
    assert desk.status("/getPatient", {"op_flag": 1, "name": person.name}) == (-1, "缺少参数 patient_id")


def test_an_inpatient_is_found_by_the_admission_number(desk: Desk) -> None:
    stay = desk.hospital.admissions[0]
    card = next(row for row in desk.hospital.cards if row.number == stay.card_number)
    found = desk.ask("/getPatient", {"op_flag": 2, "card_no": stay.number})["patient"]
    assert (found["id"], found["op_flag"], found["visit_no"]) == (card.patient_id, "2", stay.number)
    asked = {"patient_id": card.patient_id, "card_no": card.number, "start_time": FAR, "end_time": SOON}
    inside = desk.ask("/getLisPacsList", asked | {"visit_no": stay.number, "op_flag": 2})["records"]
    outside = desk.ask("/getLisPacsList", asked | {"visit_no": "", "op_flag": 1})["records"]
    assert inside
    assert not {row["id"] for row in inside} & {row["id"] for row in outside}
    assert desk.ask("/getPatient", {"op_flag": 2, "patient_id": desk.card().patient_id})["patient"] is None
    assert stay.id not in {row["id"] for row in desk.ask("/getVisitInfoNew", asked)["records"]}


def test_a_new_card_and_the_same_again(desk: Desk) -> None:
    body = {
        "name": "样例新",
        "sex": "女",
        "id_no": "990000199001019999",
        "phone_no": "10000000999",
        "birthday": "1990-01-01",
        "unit_name": "",
        "post_addr": "",
    }
    made = desk.ask("/createCard", body)["card"]
    assert (made["name"], made["sex"], made["balance"], made["age"]) == ("样例新", "女", 0.0, 36)
    assert desk.ask("/createCard", body)["card"] == made
    assert desk.status("/createCard", body | {"name": "别名"}) == (-1, "姓名与身份证号不一致")
    assert desk.status("/createCard", body | {"birthday": "19900101x"}) == (-1, "日期格式错误 birthday")


def test_reports_keep_their_shifted_fields(desk: Desk) -> None:
    mine = [row for row in desk.hospital.reports if row.card_number == desk.card().number]
    lab, culture = (row for row in mine if row.kind == "lab")
    imaging = next(row for row in mine if row.kind == "imaging")
    shown = desk.ask("/getPacsReport", {"report_id": imaging.id, "category": "pacs", "op_flag": 1})["records"][0]
    assert (shown["dept_name"], shown["status"]) == (imaging.body_part, imaging.number)
    lab.state = "registered"
    lab.observations[0].flag = -1
    asked = {"report_id": lab.id, "category": "lis", "op_flag": 1}
    answer = desk.ask("/getLisReport", asked)
    assert answer["recordInfo"]["patient_age"].isdigit()
    assert answer["records"][0]["item_tip"] == "↓"
    patient = {"patient_id": desk.card().patient_id, "card_no": "", "visit_no": "", "op_flag": 1}
    rows = desk.ask("/getLisPacsList", patient | {"start_time": FAR, "end_time": SOON})["records"]
    assert {row["id"]: (row["status"], row["category"]) for row in rows} == {
        lab.id: (0, "lis"),
        culture.id: (1, "lis"),
        imaging.id: (1, "pacs"),
    }
