"""Nucleic-acid tests (document chapter 34)."""

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import single
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.records.nucleic_acid import NucleicAcidTest
from connectors.records.people import CardHolder
from connectors.records.reports import Interpretation, Observation
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import gender

_LATEST = "hospital.interface.getRecentNucleicAcidTestResult"
_MARKS = {"-1": Interpretation.LOW, "0": Interpretation.NORMAL, "1": Interpretation.HIGH}

OBSERVATION = Shape(
    Observation,
    name="item",
    code="itemId",
    value="result",
    unit="unit",
    reference_range="range",
    interpretation=("mark", convert.one_of(_MARKS, Interpretation.UNKNOWN)),
)
TEST = Shape(
    NucleicAcidTest,
    card=GIVEN,
    patient_name="patientName",
    gender=("sex", gender),
    age="age",
    specimen="specimenCategory",
    specimen_number="specimenNumber",
    collected_at="regTime",
    reported_at="time",
    performed_by="executor",
    audited_by="auditor",
    observations=Many(OBSERVATION, "details"),
)


class NucleicAcidTests:
    """Implements `connectors.ports.NucleicAcidTests`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("34.1.1")
    async def latest_nucleic_acid_test(self, holder: CardHolder) -> NucleicAcidTest | None:
        """The latest test of the holder of a card (34.1.1), who has to have an identity number."""
        return await self.call(
            _LATEST,
            holder.card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(holder.card.hospital_id),
                "patientName": holder.name,
                "idCard": self._regional.identity_number(_LATEST, holder),
                "medicalCardNumber": holder.card.number,
            },
            single(One(TEST, "data"), holder.card),
            self._regional.read(holder.card),
        )
