"""Where and when nucleic-acid tests can be booked."""

import strawberry

from connectors.records import nucleic_acid_booking as records
from resolvers.diagnostic_tests import nucleic_acid as resolvers
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.node import of_hospital

_SESSIONS = "What is offered that day, with prices and slots (号类与时段)."
_OFFERED = Cost(calls=1, size=3)


@graph_type(records.ReportLanguage, PUBLIC)
class ReportLanguage(records.ReportLanguage):
    """A language that reports of nucleic-acid tests are written in (检测报告语言)."""


@graph_type(records.NucleicAcidTestSlot, PUBLIC)
class NucleicAcidTestSlot(records.NucleicAcidTestSlot):
    """A stretch of a day that can be booked for a nucleic-acid test (核酸检测预约时段)."""

    id = of_hospital("NucleicAcidTestSlot")


@graph_type(records.NucleicAcidTestSession, PUBLIC)
class NucleicAcidTestSession(records.NucleicAcidTestSession):
    """A kind of nucleic-acid test on a day, with its price and slots (核酸检测号类)."""


@graph_type(records.NucleicAcidTestDay, PUBLIC)
class NucleicAcidTestDay(records.NucleicAcidTestDay):
    """A day on which nucleic-acid tests can be booked at a site (核酸检测可预约日期)."""

    sessions = relation(resolvers.sessions_of_day, list[NucleicAcidTestSession] | None, _SESSIONS, cost=_OFFERED)


@graph_type(records.NucleicAcidTestSite, PUBLIC)
class NucleicAcidTestSite(records.NucleicAcidTestSite):
    """A campus where nucleic-acid tests can be booked (核酸检测可预约院区)."""

    days = relation(
        resolvers.days,
        list[NucleicAcidTestDay] | None,
        "Days on which it takes bookings (可预约日期).",
        cost=Cost(calls=1, size=7),
    )
    sessions = relation(resolvers.sessions_of_site, list[NucleicAcidTestSession] | None, _SESSIONS, cost=_OFFERED)


@strawberry.type
class NucleicAcidTestsOfHospital:
    """Where a hospital takes bookings of nucleic-acid tests."""

    nucleic_acid_test_sites = relation(
        resolvers.sites,
        list[NucleicAcidTestSite] | None,
        "Campuses where nucleic-acid tests can be booked (核酸检测可预约院区).",
        cost=Cost(calls=1, size=5),
    )
    nucleic_acid_report_languages = relation(
        resolvers.report_languages,
        list[ReportLanguage] | None,
        "Languages of the reports of nucleic-acid tests (核酸检测报告语言).",
        cost=Cost(calls=1, size=5),
    )
