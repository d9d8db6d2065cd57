"""Nucleic-acid tests: all that were done, where and when one can be booked, and what was booked (核酸检测)."""

import datetime as dt
from typing import Annotated

import strawberry

from connectors.ports import Connection
from connectors.records.base import SHANGHAI, CardRef
from connectors.records.hospitals import Capability
from connectors.records.nucleic_acid import NucleicAcidTest
from connectors.records.nucleic_acid_booking import (
    NucleicAcidTestAppointment,
    NucleicAcidTestDay,
    NucleicAcidTestSession,
    NucleicAcidTestSite,
    ReportLanguage,
)
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.reports import Observation
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.facilities.hospitals import Hospital
from resolvers.merging import listed_whole
from resolvers.offers import offered
from resolvers.pages import Position, position
from resolvers.patients.people import CardAtHospital
from resolvers.problems import Problem
from resolvers.writes import checks

AppointmentId = Annotated[
    strawberry.ID, strawberry.argument(description="Global id of one that the holder booked (预约标识).")
]
Day = Annotated[dt.date, strawberry.argument(description="Day, today or later (预约日期).")]


async def sites(root: Hospital, info: GraphInfo) -> list[NucleicAcidTestSite]:
    """List the campuses where tests can be booked."""
    return await info.context.loaders.public(_sites, root.hospital_id)


async def report_languages(root: Hospital, info: GraphInfo) -> list[ReportLanguage]:
    """List the languages that reports are written in."""
    return await info.context.loaders.public(_report_languages, root.hospital_id)


async def days(root: NucleicAcidTestSite, info: GraphInfo) -> list[NucleicAcidTestDay]:
    """List the days on which a site takes bookings."""
    return await info.context.loaders.public(_days, root.hospital_id, root.id)


async def sessions_of_site(root: NucleicAcidTestSite, info: GraphInfo, day: Day) -> list[NucleicAcidTestSession]:
    """List what a site offers on a day."""
    checked = checks.not_before(day, info.context.services.clock().date(), "day")
    return await info.context.loaders.public(_sessions, root.hospital_id, root.id, checked)


async def sessions_of_day(root: NucleicAcidTestDay, info: GraphInfo) -> list[NucleicAcidTestSession]:
    """List what a site offers on one of its days."""
    return await info.context.loaders.public(_sessions, root.hospital_id, root.site_id, root.day)


async def appointment_of(
    root: CardAtHospital,
    info: GraphInfo,
    id: AppointmentId,  # noqa: A002 # the argument's name in the graph
) -> NucleicAcidTestAppointment | None:
    """Read one that was booked with the card; raises Problem BAD_INPUT for another card's."""
    key = info.context.services.ids.read(id, "NucleicAcidTestAppointment")
    if key.card != root.card:
        raise Problem(ProblemCode.BAD_INPUT, "该核酸检测预约不属于此就诊卡", field="id")
    return await load_appointment(info.context, root.card, key.local_id)


async def load_appointment(context: Context, card: CardRef, appointment_id: str) -> NucleicAcidTestAppointment | None:
    """Read a booked test by the hospital's key."""
    return await context.loaders.alone(_appointment, await context.loaders.holder(card), appointment_id)


async def test_of(root: NucleicAcidTestAppointment, info: GraphInfo) -> NucleicAcidTest | None:
    """Read what came of a booked test; None before there are results."""
    holder = await info.context.loaders.holder(root.card)
    results = await info.context.loaders.alone(_results, holder, root.id)
    return NucleicAcidTest(card=root.card, observations=results) if results else None


@needs(Resource.DIAGNOSTIC_REPORT, Action.SEARCH)
async def _tests(connection: Connection, holder: CardHolder) -> list[NucleicAcidTest]:
    return await offered(connection.nucleic_acid_test_history).nucleic_acid_tests(holder)


@needs(Resource.APPOINTMENT, Action.SEARCH)
async def _appointments(connection: Connection, holder: CardHolder) -> list[NucleicAcidTestAppointment]:
    return await offered(connection.nucleic_acid_test_bookings).appointments(holder)


@needs(Resource.APPOINTMENT, Action.READ)
async def _appointment(
    connection: Connection, holder: CardHolder, appointment_id: str
) -> NucleicAcidTestAppointment | None:
    return await offered(connection.nucleic_acid_test_bookings).appointment(holder, appointment_id)


@needs(Resource.DIAGNOSTIC_REPORT, Action.READ)
async def _results(connection: Connection, holder: CardHolder, appointment_id: str) -> list[Observation]:
    return await offered(connection.nucleic_acid_test_bookings).results(holder, appointment_id)


async def _sites(connection: Connection, hospital: str) -> list[NucleicAcidTestSite]:
    return await offered(connection.nucleic_acid_test_bookings).sites(hospital)


async def _report_languages(connection: Connection, hospital: str) -> list[ReportLanguage]:
    return await offered(connection.nucleic_acid_test_bookings).report_languages(hospital)


async def _days(connection: Connection, hospital: str, site_id: str) -> list[NucleicAcidTestDay]:
    return await offered(connection.nucleic_acid_test_bookings).days(hospital, site_id)


async def _sessions(connection: Connection, hospital: str, site_id: str, day: dt.date) -> list[NucleicAcidTestSession]:
    return await offered(connection.nucleic_acid_test_bookings).sessions(hospital, site_id, day)


def _place_of_test(test: NucleicAcidTest) -> Position:
    return position(test.examined_at or test.reported_at, test.card.hospital_id, test.specimen_number or "")


def _place_of_appointment(booked: NucleicAcidTestAppointment) -> Position:
    day = None if booked.day is None else dt.datetime.combine(booked.day, dt.time.min, SHANGHAI)
    return position(booked.starts_at or day, booked.card.hospital_id, booked.id)


tests = listed_whole(Capability.NUCLEIC_ACID_TEST_HISTORY, _tests, _place_of_test)
appointments = listed_whole(Capability.NUCLEIC_ACID_TEST_BOOKING, _appointments, _place_of_appointment)
