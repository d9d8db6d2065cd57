"""Nucleic-acid tests that were done: /appointmentNAT/getNATResultList."""

import datetime as dt
import re

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import listing
from connectors.core.shape import GIVEN, Many, Row, Shape, Whole
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.words import age
from connectors.records.base import SHANGHAI
from connectors.records.nucleic_acid import NucleicAcidTest
from connectors.records.people import CardHolder
from connectors.records.reports import Observation

_LIST = "/appointmentNAT/getNATResultList"
_DAY_WITH_COLONS = re.compile(r"([0-9]{4}):([0-9]{1,2}):([0-9]{1,2})(?= |$)")
_LONG_AGO = dt.datetime(1900, 1, 1, tzinfo=SHANGHAI)

OBSERVATION = Shape(
    Observation,
    name="item_name",
    short_name="item_short_name",
    value="item_value",
    reference_range="item_range",
)


def _moment(value: object) -> dt.datetime | None:
    """A moment; the document describes it with colons in the day, too (年:月:日 时:分:秒)."""
    written = convert.text(value)
    return convert.moment(_DAY_WITH_COLONS.sub(r"\1-\2-\3", written)) if written else None


def _observations(row: Row) -> list[Observation]:
    """A row is a test with one result."""
    return [OBSERVATION.read(row)] if convert.text(row.get("item_name")) else []


TEST = Shape(
    NucleicAcidTest,
    card=GIVEN,
    patient_name="patient_name",
    age=("patient_age", age),
    identity_number="id_no",
    phone="phone_no",
    specimen="sample",
    # A bar code by its description; the name would say report.
    specimen_number="report_no",
    collected_at=("sample_datetime", _moment),
    examined_at=("check_datetime", _moment),
    collected_by="sample_user_name",
    performed_by="check_user_name",
    # The institution by its description; the name would say doctor.
    laboratory="doctor_code",
    pdf_address="origin_url",
    observations=Whole(_observations),
)


class NucleicAcidTests:
    """Implements `connectors.ports.NucleicAcidTests` and `NucleicAcidTestHistory`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    @endpoint("/appointmentNAT/getNATResultList")
    async def nucleic_acid_tests(self, holder: CardHolder) -> list[NucleicAcidTest]:
        """Tests of a person (/appointmentNAT/getNATResultList), who has to have an identity number."""
        return await self.call(
            _LIST,
            holder.card.hospital_id,
            {"id_no": self._palm.identity_number(_LIST, holder)},
            listing(Many(TEST, "data"), holder.card),
            self._palm.read(holder.card),
        )

    async def latest_nucleic_acid_test(self, holder: CardHolder) -> NucleicAcidTest | None:
        """Take the test that was examined last."""
        tests = await self.nucleic_acid_tests(holder)
        return max(tests, key=lambda test: test.examined_at or _LONG_AGO, default=None)
