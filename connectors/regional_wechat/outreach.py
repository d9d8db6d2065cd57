"""Due follow-ups, and visits to ask about (document chapters 19 and 22).

None of these interfaces takes a hospital: each answers for all hospitals of the system, and the rows say for which.
"""

from collections.abc import Callable, Mapping

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import Reader, listing_each
from connectors.core.shape import GIVEN, Many, Row, Shape, ShapeError
from connectors.records.base import CardRef, Period
from connectors.records.outreach import FollowUp, FollowUpProgram, SurveyCandidate
from connectors.records.visits import VisitClass
from connectors.regional_wechat.base import Regional

FOLLOW_UP = Shape(
    FollowUp,
    card=GIVEN,
    program=GIVEN,
    due_at="backTreatmentTime",
    department_name="deptName",
    doctor_id="docCode",
    doctor_name="docName",
    name="patName",
    identity_number="idCard",
    phone="phoneNo",
)
OUTPATIENT = Shape(
    SurveyCandidate,
    card=GIVEN,
    visit_class=GIVEN,
    visit_number="registerId",
    started_at="registerTime",
    department_id="deptCode",
    department_name="deptName",
    doctor_id="docCode",
    doctor_name="docName",
    settled="isPaid",
    name="patientName",
    identity_number="idCard",
)
DISCHARGED = Shape(
    SurveyCandidate,
    card=GIVEN,
    visit_class=GIVEN,
    visit_number="inHospitalId",
    admission_number="admissionNumber",
    started_at="inHospitalTime",
    ended_at="outHospitalTime",
    department_id="deptCode",
    department_name="deptName",
    doctor_id="docCode",
    doctor_name="docName",
    settled="isPaid",
    name="patientName",
    identity_number="idCard",
)


class Outreach:
    """Implements `connectors.ports.Outreach`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    async def follow_ups(self, hospital_id: str, program: FollowUpProgram, period: Period) -> list[FollowUp]:
        """Who is due after a treatment or a check-up."""
        ask = self.due_after_treatment if program is FollowUpProgram.TREATMENT else self.due_after_checkup
        return await ask(hospital_id, period)

    async def survey_candidates(
        self, hospital_id: str, visit_class: VisitClass, period: Period
    ) -> list[SurveyCandidate]:
        """Who was seen, or discharged."""
        ask = self.discharged if visit_class is VisitClass.INPATIENT else self.outpatients
        return await ask(hospital_id, period)

    @endpoint("19.2.1")
    async def due_after_treatment(self, hospital_id: str, period: Period) -> list[FollowUp]:
        """Patients due to be seen again (19.2.1)."""
        return await self.call(
            "hospital.interface.hisSubsequentVisitPatient",
            hospital_id,
            {"startTime": convert.in_shanghai(period.since), "endTime": convert.in_shanghai(period.until)},
            self._follow_ups(hospital_id, FollowUpProgram.TREATMENT),
            self._regional.read(f"follow-ups {hospital_id}", 0),
        )

    @endpoint("19.2.2")
    async def due_after_checkup(self, hospital_id: str, period: Period) -> list[FollowUp]:
        """People who were checked up and are due to be seen again (19.2.2)."""
        return await self.call(
            "hospital.interface.physicalSubsequentVisitPatient",
            hospital_id,
            {"startTime": convert.in_shanghai(period.since), "endTime": convert.in_shanghai(period.until)},
            self._follow_ups(hospital_id, FollowUpProgram.CHECKUP),
            self._regional.read(f"follow-ups {hospital_id}", 0),
        )

    @endpoint("22.1.1")
    async def outpatients(self, hospital_id: str, period: Period) -> list[SurveyCandidate]:
        """Outpatients of a time, to be asked how it was (22.1.1); the name is spelled as documented."""
        return await self.call(
            "hospital.interface.satisfactionSurveyAfterDiagnosis_outaptient",
            hospital_id,
            {"beginTime": convert.in_shanghai(period.since), "endTime": convert.in_shanghai(period.until)},
            self._candidates(OUTPATIENT, hospital_id, VisitClass.OUTPATIENT),
            self._regional.read(f"survey {hospital_id}", 0),
        )

    @endpoint("22.1.2")
    async def discharged(self, hospital_id: str, period: Period) -> list[SurveyCandidate]:
        """People discharged in a time, to be asked how it was (22.1.2); the name is spelled as documented."""
        return await self.call(
            "hospital.interface.satisfactionSurveyAfterDiagnosis_inpateint",
            hospital_id,
            {"beginTime": convert.in_shanghai(period.since), "endTime": convert.in_shanghai(period.until)},
            self._candidates(DISCHARGED, hospital_id, VisitClass.INPATIENT),
            self._regional.read(f"survey {hospital_id}", 0),
        )

    def _follow_ups(self, hospital_id: str, program: FollowUpProgram) -> Reader[list[FollowUp]]:
        given = self._of_hospital(hospital_id, "outCardNo", {"program": program})
        return listing_each(Many(FOLLOW_UP, "data"), given, (hospital_id, program))

    def _candidates(
        self, shape: Shape[SurveyCandidate], hospital_id: str, visit_class: VisitClass
    ) -> Reader[list[SurveyCandidate]]:
        given = self._of_hospital(hospital_id, "medicalCardNumber", {"visit_class": visit_class})
        return listing_each(Many(shape, "data"), given, (hospital_id, visit_class))

    def _of_hospital(
        self, hospital_id: str, card_number: str, given: Mapping[str, object]
    ) -> Callable[[Row], Mapping[str, object] | None]:
        """Take the rows of one hospital. One that names none could be of any, unless there is no other."""
        wanted, alone = self._regional.upstream_id(hospital_id), len(self._regional.config.hospitals) == 1

        def of_row(row: Row) -> Mapping[str, object] | None:
            named = convert.text(row.get("hospitalId"))
            if named is None and not alone:
                raise ShapeError("hospitalId: missing in an answer for several hospitals")
            if named not in {None, wanted}:
                return None
            return {"card": CardRef(hospital_id, convert.text(row.get(card_number)) or ""), **given}

        return of_row
