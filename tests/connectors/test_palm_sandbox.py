"""The palm connector against the sandbox's palm hospital, over a real socket."""

import datetime as dt
from dataclasses import replace

import pytest

from connectors.errors import Refused, Unavailable
from connectors.ports import Booking
from connectors.records.base import CardRef, Period
from connectors.records.people import CardHolder, Gender, NewCard
from connectors.records.problems import ProblemCode
from connectors.records.reports import ReportKind, ReportStatus
from connectors.records.scheduling import AppointmentStatus
from tests.connectors.palm_town import ALL_TIME, HOSPITAL, Town


async def test_cards_with_a_patient_id_go_in_one_call_and_the_others_by_number(town: Town) -> None:
    known, second = town.ref("p01"), town.ref("p02")
    by_number = CardRef(HOSPITAL, town.card("p03").number)
    nobody, no_card = CardRef(HOSPITAL, "x", "no-such-id"), CardRef(HOSPITAL, "no-such-number")
    first, other, third, *unknown = await town.connection.cards.holders([known, second, by_number, nobody, no_card])
    assert isinstance(first, CardHolder)
    assert isinstance(other, CardHolder)
    assert isinstance(third, CardHolder)
    assert (first.card, other.card, third.card) == (known, second, town.ref("p03"))
    assert unknown == [None, None]
    assert (town.calls("/getPatientList"), town.calls("/getPatient")) == (1, 2)


async def test_a_batch_that_fails_fails_for_each_of_its_cards_alone(town: Town) -> None:
    town.fault("/getPatientList", "error", times=2)
    cards = [town.ref("p01"), town.ref("p02"), CardRef(HOSPITAL, town.card("p03").number)]
    first, second, third = await town.connection.cards.holders(cards)
    assert isinstance(first, Unavailable)
    assert isinstance(second, Unavailable)
    assert isinstance(third, CardHolder)


async def test_a_created_card_is_found_again(town: Town) -> None:
    new = NewCard(
        hospital_id=HOSPITAL,
        name="样例新",
        gender=Gender.FEMALE,
        birth_date=dt.date(1990, 1, 2),
        phone="10000000009",
        card_number="H1",
        identity_number="990000199001020008",
    )
    created = await town.connection.cards.create(new)
    (found,) = await town.connection.cards.cards_of(HOSPITAL, new.name, "990000199001020008")
    assert found.card == created
    with pytest.raises(Refused) as refusal:
        await town.connection.cards.create(replace(new, identity_number=None))
    assert refusal.value.code is ProblemCode.IDENTITY_NUMBER_MISSING
    assert town.calls("/createCard") == 1


async def test_a_slot_is_booked_listed_and_cancelled_for_the_doctor_and_time_of_its_key(town: Town) -> None:
    holder, day = await town.holder(), town.sandbox.town.today + dt.timedelta(days=1)
    departments = await town.scheduling.departments(HOSPITAL)
    schedules = [row for found in departments for row in await town.scheduling.schedules(HOSPITAL, found.id, day, None)]
    slots = [slot for row in schedules[:3] for slot in await town.scheduling.slots(HOSPITAL, row.id)]
    slot = next(slot for slot in slots if slot.remaining)
    booked = await town.scheduling.book(
        holder, Booking(key="B1", slot_id=slot.id, account="account-1", fee=schedules[0].fee)
    )
    listed = {row.id: row for row in await town.scheduling.appointments(holder, ALL_TIME)}[booked.id]
    assert (booked.starts_at, booked.ends_at) == (slot.starts_at, slot.ends_at) == (listed.starts_at, listed.ends_at)
    assert (booked.department_id, booked.doctor_id) == (listed.department_id, listed.doctor_id)
    assert listed.cancellable
    await town.scheduling.cancel(holder, booked.id)
    listed = {row.id: row for row in await town.scheduling.appointments(holder, ALL_TIME)}[booked.id]
    assert (listed.status, listed.cancellable) == (AppointmentStatus.CANCELLED, False)


async def test_a_booking_without_an_answer_is_an_error_and_never_sent_twice(town: Town) -> None:
    holder, day = await town.holder(), town.sandbox.town.today + dt.timedelta(days=1)
    department = town.sandbox.town.hospitals[HOSPITAL].sessions[0].department_id
    schedules = await town.scheduling.schedules(HOSPITAL, department, day, None)
    slots = [slot for row in schedules for slot in await town.scheduling.slots(HOSPITAL, row.id)]
    town.fault("/new", "drop", times=2)
    with pytest.raises(Unavailable):
        await town.scheduling.book(holder, Booking(key="B1", slot_id=slots[0].id, account="account-1"))
    assert town.calls("/new") == 1


async def test_visits_records_reports_and_prescriptions_are_read_by_the_card_number_alone(town: Town) -> None:
    connection, holder = town.connection, await town.holder()
    printed = CardRef(HOSPITAL, holder.card.number)
    assert connection.visits is not None
    assert connection.prescriptions is not None
    assert connection.reports is not None
    ((visits), (prescriptions), (reports)) = (
        (await connection.visits.visits([holder], ALL_TIME))[0],
        (await connection.prescriptions.prescriptions([holder], ALL_TIME))[0],
        (await connection.reports.reports([holder], ALL_TIME))[0],
    )
    assert isinstance(visits, list)
    assert isinstance(prescriptions, list)
    assert isinstance(reports, list)
    record = await connection.visits.medical_record(printed, visits[0].id)
    assert record is not None
    assert (f"visit:{record.id}", record.card) == (visits[0].id, holder.card)
    assert await connection.prescriptions.prescription(printed, prescriptions[0].id) is not None
    stranger = CardRef(HOSPITAL, "no-such-number")
    assert await connection.visits.medical_record(stranger, visits[0].id) is None
    assert await connection.prescriptions.prescription(stranger, prescriptions[0].id) is None
    details = {ReportKind.LAB: connection.reports.lab_report, ReportKind.IMAGING: connection.reports.imaging_report}
    for report in reports:
        assert await details[report.kind](holder, report.id) is not None


async def test_reports_that_are_not_audited_are_not_final(town: Town) -> None:
    report = next(row for row in town.sandbox.town.hospitals[HOSPITAL].reports if row.card_number == town.card().number)
    report.state = "submitted"
    assert town.connection.reports is not None
    holder = await town.holder()
    (reports,) = await town.connection.reports.reports([holder], ALL_TIME)
    assert isinstance(reports, list)
    statuses = {row.id.rpartition(":")[2]: row.status for row in reports}
    assert statuses.pop(report.id) is ReportStatus.SUBMITTED
    assert set(statuses.values()) == {ReportStatus.FINAL}


async def test_lists_leave_out_what_is_outside_the_period(town: Town) -> None:
    long_ago = Period(ALL_TIME.since, ALL_TIME.since + dt.timedelta(days=1))
    connection, holder = town.connection, await town.holder()
    assert connection.visits is not None
    assert connection.prescriptions is not None
    assert await connection.visits.visits([holder], long_ago) == [[]]
    assert await connection.prescriptions.prescriptions([holder], long_ago) == [[]]


async def test_one_holders_failure_stays_its_own(town: Town) -> None:
    assert town.connection.visits is not None
    looked_up = await town.holder()
    not_looked_up = replace(looked_up, card=CardRef(HOSPITAL, looked_up.card.number))
    first, second = await town.connection.visits.visits([not_looked_up, looked_up], ALL_TIME)
    assert isinstance(first, Refused)
    assert isinstance(second, list)


async def test_the_probe_asks_the_hospital(town: Town) -> None:
    await town.connection.system.probe(HOSPITAL)
    town.fault("/getHospitalList", "error", times=2)
    with pytest.raises(Unavailable):
        await town.connection.system.probe(HOSPITAL)
