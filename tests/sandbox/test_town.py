import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest

from sandbox.town.deeds import Refusal, book, cancel, create_card, find_card, find_hospital, find_slot, pay
from sandbox.town.generator import build_town
from sandbox.town.lookup import items_of, outpatient_visits, pending_charges
from sandbox.town.model import Card, Hospital, Town
from sandbox.town.numbers import check_digit

TODAY = dt.date(2026, 3, 2)
DAYS = [TODAY, dt.date(2026, 12, 31), dt.date(2028, 2, 29), dt.date(2027, 1, 1)]
LISTS = ["visits", "admissions", "charges", "bills", "reports", "prescriptions", "appointments", "examinations"]


@pytest.fixture
def town() -> Town:
    return build_town(20, TODAY)


def card_of(town: Town, hospital_id: str, person_id: str) -> Card:
    return next(card for card in town.hospitals[hospital_id].cards if card.person_id == person_id)


def owned(hospital: Hospital, card: Card) -> dict[str, int]:
    return {name: sum(thing.card_number == card.number for thing in getattr(hospital, name)) for name in LISTS}


def free_slot(hospital: Hospital) -> str:
    return next(s.id for session in hospital.sessions if session.day > TODAY for s in session.slots if s.remaining == 1)


def reason_of(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.reason


def test_the_same_seed_and_day_give_the_same_town(town: Town) -> None:
    assert build_town(20, TODAY) == town
    assert build_town(21, TODAY) != town


@pytest.mark.parametrize("day", DAYS)
def test_the_first_person_has_as_much_whatever_the_day(town: Town, day: dt.date) -> None:
    other = build_town(20, day)
    for id_, hospital in town.hospitals.items():
        expected = owned(hospital, card_of(town, id_, "p01"))
        assert owned(other.hospitals[id_], card_of(other, id_, "p01")) == expected
        assert expected["visits"] >= 4
        assert len(other.hospitals[id_].sessions) == len(hospital.sessions)


def test_the_people_cannot_be_anybody(town: Town) -> None:
    assert list(town.people) == [f"p{number:02}" for number in range(1, 21)]
    for person in town.people.values():
        assert len(person.identity_number) == 18
        assert person.identity_number[-1] != check_digit(person.identity_number[:17])
        assert person.phone.startswith("100000000")
        assert person.name.startswith("样例")
    assert len({person.identity_number for person in town.people.values()}) == 20


def test_the_check_digit_is_the_standards() -> None:
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


@pytest.mark.parametrize("day", DAYS)
def test_the_second_person_is_a_child(day: dt.date) -> None:
    town = build_town(20, day)
    assert day.year - town.people["p02"].birth_date.year < 14
    assert ("p02", "child") in town.accounts["account-1"].people


def test_cards_are_where_they_should_be(town: Town) -> None:
    where = {
        person: [id_ for id_, hospital in town.hospitals.items() if any(c.person_id == person for c in hospital.cards)]
        for person in town.people
    }
    assert where["p01"] == where["p03"] == ["253", "254", "501"]
    assert where["p02"] == ["253", "501"]
    assert where["p20"] == []
    first, second, palm = (card_of(town, id_, "p01") for id_ in ("253", "254", "501"))
    assert first.number == second.number == first.patient_id == second.patient_id
    assert len(first.number) == 15
    assert (palm.number, palm.patient_id) == ("PC000001", "PID000001")


def test_ids_are_unique_at_a_hospital(town: Town) -> None:
    for hospital in town.hospitals.values():
        ids = [thing.id for name in [*LISTS, "departments", "doctors", "sessions"] for thing in getattr(hospital, name)]
        ids += [slot.id for session in hospital.sessions for slot in session.slots]
        # An admission and the visit that is its record share one id.
        assert [id_ for id_, count in Counter(ids).items() if count > 1] == [a.id for a in hospital.admissions]
        assert all(id_.startswith(hospital.id) for id_ in ids)


def test_everything_that_happened_happened_within_nine_months(town: Town) -> None:
    start = dt.datetime.combine(TODAY - dt.timedelta(days=270), dt.time())
    end = dt.datetime.combine(TODAY, dt.time())
    for hospital in town.hospitals.values():
        times = [card.created_at for card in hospital.cards] + [visit.started_at for visit in hospital.visits]
        times += [charge.ordered_at for charge in hospital.charges] + [bill.charged_at for bill in hospital.bills]
        times += [p.created_at for p in hospital.prescriptions] + [a.created_at for a in hospital.appointments]
        times += [report.reported_at for report in hospital.reports] + [r.requested_at for r in hospital.reports]
        times += [a.discharged_at or a.admitted_at for a in hospital.admissions]
        assert all(start <= time < end for time in times)


def test_every_card_has_a_history(town: Town) -> None:
    for hospital in town.hospitals.values():
        for card in hospital.cards:
            assert 4 <= len(outpatient_visits(hospital, card.number)) <= 7
            assert 2 <= owned(hospital, card)["bills"] <= 5
            assert owned(hospital, card)["prescriptions"] >= 4


def test_bills_are_the_sums_of_their_items(town: Town) -> None:
    for hospital in town.hospitals.values():
        for bill in hospital.bills:
            items = items_of(hospital, bill)
            assert bill.total == sum(item.amount for item in items)
            assert bill.discount == sum(item.discount for item in items)
            assert bill.insurance == bill.insurance_fund + bill.insurance_account
            assert bill.paid >= 0
            assert {item.card_number for item in items} == {bill.card_number}


def test_two_people_owe_two_groups_at_every_hospital(town: Town) -> None:
    for hospital in town.hospitals.values():
        owing = {charge.card_number for charge in hospital.charges if charge.bill_id is None}
        assert owing == {card_of(town, hospital.id, person).number for person in ("p01", "p03")}
        for number in owing:
            groups = Counter(charge.group_id for charge in pending_charges(hospital, number))
            assert len(groups) == 2
            assert set(groups.values()) <= {2, 3}
            assert Decimal(0) in {charge.discount for charge in pending_charges(hospital, number)}
            assert len({charge.visit_id for charge in pending_charges(hospital, number)}) == 1


def test_the_first_person_has_reports_of_every_kind(town: Town) -> None:
    for hospital in town.hospitals.values():
        card = card_of(town, hospital.id, "p01")
        kinds = Counter(
            (report.kind, report.state, report.sensitive)
            for report in hospital.reports
            if report.card_number == card.number and not report.inpatient
        )
        expected = {("lab", "reviewed", False): 1, ("imaging", "reviewed", False): 1}
        if hospital.id == "253":
            expected |= {
                ("lab", "reviewed", True): 1,
                ("lab", "submitted", False): 1,
                ("imaging", "rescinded", False): 1,
            }
        if hospital.id == "501":
            # The other one is a culture.
            expected |= {("lab", "reviewed", False): 2}
        assert kinds == expected


def test_laboratory_reports_have_values_in_and_out_of_range(town: Town) -> None:
    for hospital in town.hospitals.values():
        for report in hospital.reports:
            flags = [observation.flag for observation in report.observations]
            if report.cultures:
                assert len(flags) == 1
            else:
                assert 4 <= len(flags) <= 8 if report.kind == "lab" else not flags
            assert any(flags) or report.kind == "imaging"
            for seen in report.observations:
                if seen.low:
                    within = float(seen.low) <= float(seen.value) <= float(seen.high)
                    assert within == (seen.flag == 0), seen


def test_sessions_last_for_today_and_seven_days(town: Town) -> None:
    for hospital in town.hospitals.values():
        coming = [session for session in hospital.sessions if session.day >= TODAY]
        assert len(coming) == len(hospital.doctors) * 2 * 8
        for session in hospital.sessions:
            assert len(session.slots) == (12 if session.part == "AM" else 8)
            assert all(0 <= slot.booked <= slot.capacity <= 3 for slot in session.slots)
            assert session.slots[-1].ends_at.hour == (11 if session.part == "AM" else 16)


def test_appointments_point_to_slots_that_count_them(town: Town) -> None:
    for hospital in town.hospitals.values():
        held = Counter(a.slot_id for a in hospital.appointments if a.state != "cancelled")
        for slot_id, count in held.items():
            assert find_slot(hospital, slot_id)[1].booked >= count
        mine = [a for a in hospital.appointments if a.card_number == card_of(town, hospital.id, "p01").number]
        days = {a.state: find_slot(hospital, a.slot_id)[0].day for a in mine}
        assert set(days) == {"attended", "booked"}
        assert days["attended"] < TODAY < days["booked"]


def test_stays_have_a_record_and_no_outpatient_visit(town: Town) -> None:
    ended, lasting = town.hospitals["253"].admissions[0], town.hospitals["254"].admissions[0]
    assert ended.card_number == card_of(town, "253", "p01").number
    assert ended.discharged_at is not None
    assert lasting.card_number == card_of(town, "254", "p03").number
    assert lasting.discharged_at is None
    hospital = town.hospitals["253"]
    assert ended.id in {visit.id for visit in hospital.visits}
    assert ended.id not in {visit.id for visit in outpatient_visits(hospital, ended.card_number)}


def test_examinations_are_booked_at_the_regional_hospitals(town: Town) -> None:
    for id_, count in {"253": 1, "254": 1, "501": 0}.items():
        number = card_of(town, id_, "p01").number
        mine = [e for e in town.hospitals[id_].examinations if e.card_number == number]
        assert [e.state for e in mine] == ["booked"] * count


def test_paying_twice_with_one_key_pays_once(town: Town) -> None:
    hospital, card = town.hospitals["253"], card_of(town, "253", "p01")
    charges = pending_charges(hospital, card.number)
    ids = [charge.id for charge in charges]
    total = sum((charge.amount - charge.discount for charge in charges), Decimal(0))
    when = dt.datetime.combine(TODAY, dt.time(9))

    def once_more(ids: list[str], total: Decimal, key: str) -> str:
        return pay(town, hospital, card, ids, total=total, from_balance=Decimal(10), key=key, when=when).id

    with pytest.raises(Refusal) as refused:
        once_more(ids, total + 1, "K")
    assert reason_of(refused) == "amount_mismatch"
    card.balance = Decimal("9.99")
    with pytest.raises(Refusal) as refused:
        once_more(ids, total, "K")
    assert reason_of(refused) == "balance_short"
    card.balance = Decimal("500.00")
    bill_id = once_more(ids, total, "K")
    assert once_more(list(reversed(ids)), total, "K") == bill_id
    assert card.balance == Decimal("490.00")
    assert pending_charges(hospital, card.number) == []
    with pytest.raises(Refusal) as refused:
        once_more(ids[:1], total, "K")
    assert reason_of(refused) == "key_conflict"
    with pytest.raises(Refusal) as refused:
        once_more(ids, total, "other")
    assert reason_of(refused) == "charge_unknown"


def test_a_slot_is_booked_once_and_freed_once(town: Town) -> None:
    hospital, card = town.hospitals["501"], card_of(town, "501", "p01")
    slot_id = free_slot(hospital)
    slot = find_slot(hospital, slot_id)[1]
    appointment = book(town, hospital, card, slot_id, key="K")
    assert book(town, hospital, card, slot_id, key="K") is appointment
    assert slot.remaining == 0
    for key, wanted, expected in [
        ("other", slot_id, "slot_full"),
        ("K", "x", "key_conflict"),
        ("new", "x", "slot_unknown"),
    ]:
        with pytest.raises(Refusal) as refused:
            book(town, hospital, card, wanted, key=key)
        assert reason_of(refused) == expected
    assert cancel(town, hospital, key="K", card=card) is appointment
    assert cancel(town, hospital, appointment_id=appointment.id) is appointment
    assert slot.remaining == 1


def test_what_is_over_or_unknown_cannot_be_cancelled(town: Town) -> None:
    hospital = town.hospitals["253"]
    over = next(a for a in hospital.appointments if a.state == "attended")
    with pytest.raises(Refusal) as refused:
        cancel(town, hospital, appointment_id=over.id)
    assert reason_of(refused) == "appointment_attended"
    for told in ({"key": "x"}, {}, {"appointment_id": over.id, "card": card_of(town, "253", "p03")}):
        with pytest.raises(Refusal) as refused:
            cancel(town, hospital, **told)
        assert reason_of(refused) == "appointment_unknown"


def test_cards_are_given_out_once_per_hospital(town: Town) -> None:
    person = town.people["p20"]

    def give(hospital_id: str, number: str | None = None, name: str = person.name) -> Card:
        return create_card(
            town,
            town.hospitals[hospital_id],
            number=number,
            name=name,
            gender=person.gender,
            birth_date=person.birth_date,
            identity_number=person.identity_number,
            phone=person.phone,
            address=person.address,
        )

    first = give("253")
    assert give("253") is first
    assert first.person_id == "p20"
    assert give("254").number == first.number == first.patient_id
    palm = give("501")
    assert find_card(town.hospitals["501"], patient_id=palm.patient_id) is palm
    assert palm.number.startswith("PC")
    for wrong in ({"name": "样例无"}, {"number": card_of(town, "253", "p01").number}):
        with pytest.raises(Refusal) as refused:
            give("253", **wrong)
        assert reason_of(refused) == "identity_mismatch"


def test_somebody_new_becomes_a_person(town: Town) -> None:
    hospital = town.hospitals["253"]
    card = create_card(
        town,
        hospital,
        number="700000000000007",
        name="样例新",
        gender="F",
        birth_date=dt.date(1990, 1, 1),
        identity_number="",
        phone="10000000099",
        address="样例路99号",
    )
    assert (card.number, card.patient_id, card.person_id) == ("700000000000007", "700000000000007", "p21")
    assert find_card(hospital, number=card.number) is card
    assert find_card(hospital) is None


def test_a_hospital_of_another_town_is_unknown(town: Town) -> None:
    assert find_hospital(town, "253").name == "县人民医院"
    with pytest.raises(Refusal) as refused:
        find_hospital(town, "999")
    assert reason_of(refused) == "hospital_unknown"
