"""Sites, departments and people: /getHospital, /getDeptsByHospitalId, /getAllDoctorList, /getDoctorAndNurse."""

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import listing
from connectors.core.shape import GIVEN, Many, Shape
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.system import CAMPUS
from connectors.palm_hospital.words import gender
from connectors.records.directory import StaffMember, StaffRole
from connectors.records.hospitals import Campus
from connectors.records.scheduling import Department, Doctor

_SECONDS = 300

CAMPUS_DEPARTMENT = Shape(
    Department,
    hospital_id=GIVEN,
    id="id",
    name="name",
    address="address",
    campus_id="hospital_id",
    campus_name="hospital_name",
)
DOCTOR = Shape(
    Doctor,
    hospital_id=GIVEN,
    department_id="dept_id",
    department_name="dept_name",
    campus_name="hospital_name",
    id="doctor_id",
    name="name",
    gender=("sex", gender),
    title="medical_title_name",
    teaching_title="teach_title_name",
    specialty="expert",
)
# wxwork_id names the person to the hospital's own messenger: nothing for those who ask here.
STAFF_MEMBER = Shape(
    StaffMember,
    number="dept_user_id",
    name="dept_user_name",
    role=("flag", convert.one_of({"1": StaffRole.DOCTOR, "2": StaffRole.NURSE}, StaffRole.UNKNOWN)),
    position="dept_user_post",
    education="education_background",
    specialty="skilled_field",
    photo="dept_user_photo",
    department_name="dept_name",
    campus_name="hospital_name",
)


class Directory:
    """Implements `connectors.ports.Directory`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    @endpoint("/getHospital")
    async def branches(self, hospital_id: str) -> list[Campus]:
        """Branches (/getHospital); the request has no fields."""
        return await self.call(
            "/getHospital",
            hospital_id,
            {},
            listing(Many(CAMPUS, "records"), hospital_id=hospital_id),
            self._palm.read(f"campuses {hospital_id}", _SECONDS),
        )

    @endpoint("/getDeptsByHospitalId")
    async def departments(self, hospital_id: str, campus_id: str) -> list[Department]:
        """Departments of a campus (/getDeptsByHospitalId)."""
        return await self.call(
            "/getDeptsByHospitalId",
            hospital_id,
            {"hospital_id": campus_id},
            listing(Many(CAMPUS_DEPARTMENT, "data"), hospital_id=hospital_id),
            self._palm.read(f"departments {hospital_id}", _SECONDS),
        )

    @endpoint("/getAllDoctorList")
    async def doctors(self, hospital_id: str) -> list[Doctor]:
        """Doctors of all campuses (/getAllDoctorList, which takes a form, here an empty one)."""
        return await self.call(
            "/getAllDoctorList",
            hospital_id,
            {},
            listing(Many(DOCTOR, "doctorList"), hospital_id=hospital_id),
            self._palm.read(f"departments {hospital_id}", _SECONDS),
        )

    @endpoint("/getDoctorAndNurse")
    async def staff(self, hospital_id: str, campus_id: str, department_id: str) -> list[StaffMember]:
        """Who works at a department (/getDoctorAndNurse)."""
        return await self.call(
            "/getDoctorAndNurse",
            hospital_id,
            {"dept_id": department_id, "hospital_id": campus_id},
            listing(Many(STAFF_MEMBER, "data")),
            self._palm.read(f"departments {hospital_id}", _SECONDS),
        )
