"""Sites, departments and people, and the clinic outside of the usual hours."""

from sandbox.palm.call import Call, Payload
from sandbox.palm.lookups import SEXES, department_name
from sandbox.town.model import Department, Hospital

PHOTO = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="
DOCTOR, NURSE = 1, 2
TIMES = ("18:00-19:00", "19:00-20:00", "20:00-21:00", "00:00-01:00")
ALL_HOURS = 2
"""How many departments see people outside of the usual hours."""


def branches(call: Call) -> Payload:
    """The branches (/getHospital), in this town the campuses; the request has no fields."""
    return {"records": [{"hospital_id": key, "hospital_name": name} for key, name in call.hospital.campuses]}


def departments(call: Call) -> Payload:
    """The departments of a campus (/getDeptsByHospitalId); all of this town are on the first."""
    campus_id, campus_name = call.hospital.campuses[0]
    return {
        "data": [
            {
                "id": row.id,
                "name": row.name,
                "address": row.address,
                "hospital_id": campus_id,
                "hospital_name": campus_name,
            }
            for row in _on_campus(call)
        ]
    }


def doctors(call: Call) -> Payload:
    """All doctors (/getAllDoctorList, a form without fields)."""
    campus_id, campus_name = call.hospital.campuses[0]
    return {
        "doctorList": [
            {
                "name": row.name,
                "sex": SEXES[row.gender],
                "medical_title_name": row.title,
                "teach_title_name": "教授" if row.title == "主任医师" else "",
                "expert": row.specialty,
                "dept_id": row.department_id,
                "dept_name": department_name(call.hospital, row.department_id),
                "doctor_id": row.id,
                "hospital_id": campus_id,
                "hospital_name": campus_name,
            }
            for row in call.hospital.doctors
        ]
    }


def staff(call: Call) -> Payload:
    """Who works at a department (/getDoctorAndNurse): its doctors, and a nurse."""
    found = next((row for row in _on_campus(call) if row.id == call.text("dept_id")), None)
    if found is None:
        return {"data": []}
    people = [
        (row.id, row.name, row.title, row.specialty, DOCTOR)
        for row in call.hospital.doctors
        if row.department_id == found.id
    ]
    people.append((f"{found.id}-N1", "样例护士", "护士长", "", NURSE))
    return {
        "data": [
            {
                "dept_user_id": key,
                "dept_user_name": name,
                "dept_user_photo": PHOTO,
                "dept_user_post": position,
                "education_background": "本科" if flag == NURSE else "硕士",
                "flag": flag,
                "skilled_field": specialty,
                "hospital_name": call.hospital.campuses[0][1],
                "dept_name": found.name,
                "wxwork_id": f"wx-{key}",
            }
            for key, name, position, specialty, flag in people
        ]
    }


def all_hours_departments(call: Call) -> Payload:
    """Departments open outside of the usual hours (/fulltime/getDeptList)."""
    return {"data": [{"id": row.id, "name": row.name} for row in _on_campus(call)[:ALL_HOURS]]}


def all_hours_doctors(call: Call) -> Payload:
    """Their doctors, of all departments of the campus (/fulltime/getDeptDoctorList)."""
    open_late = {row.id for row in _on_campus(call)[:ALL_HOURS]}
    return {
        "data": [
            {
                "id": row.id,
                "name": row.name,
                "dept_id": row.department_id,
                "dept_name": department_name(call.hospital, row.department_id),
            }
            for row in call.hospital.doctors
            if row.department_id in open_late
        ]
    }


def all_hours_times(call: Call) -> Payload:  # noqa: ARG001 - every handler takes the call
    """The stretches of a day (/fulltime/getApptTimeRangeList): bare texts."""
    return {"data": list(TIMES)}


def _on_campus(call: Call) -> list[Department]:
    hospital: Hospital = call.hospital
    if call.text("hospital_id") != hospital.campuses[0][0]:
        return []
    return sorted(hospital.departments, key=lambda row: row.id)
