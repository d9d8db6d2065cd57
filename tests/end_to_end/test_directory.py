"""What a hospital tells everybody: sites, departments, people, days, and its clinic outside of the usual hours."""

from typing import Any

from tests.end_to_end.world import World

DIRECTORY = """query($hospital: ID!) { hospital(id: $hospital) {
    branches { id name }
    departmentsToday { name address categoryName campusName sameDaySessions { day } }
    doctors { name gender title teachingTitle specialty departmentName campusName }
    allHoursTimes { starts ends }
    campuses { id name departments { id name campusName staff { number name role position education photo } }
        allHoursDepartments { id name doctors { name departmentName } } }
    departments { name bookableDays { day weekday } staff { name role } } } }"""
TODAY = "query($hospital: ID!) { hospital(id: $hospital) { departmentsToday { name } departments { name } } }"


def use_directory(world: World) -> Any:
    """Everything of it, without a token."""
    return world.ask(DIRECTORY, {"hospital": "501"}, None).data["hospital"]


def test_branches_are_those_of_the_town(shared: World) -> None:
    found = use_directory(shared)

    assert [(each["id"], each["name"]) for each in found["branches"]] == shared.sandbox.town.hospitals["501"].campuses


def test_departments_of_today_have_sessions_of_today(shared: World) -> None:
    found = use_directory(shared)["departmentsToday"]

    assert {each["name"] for each in found} == {each.name for each in shared.sandbox.town.hospitals["501"].departments}
    today = shared.sandbox.town.today.isoformat()
    assert all({session["day"] for session in each["sameDaySessions"]} == {today} for each in found)
    assert all(each["address"] and each["categoryName"] and each["campusName"] for each in found)


def test_both_vendors_say_what_can_be_registered_with_today(shared: World) -> None:
    regional = shared.ask(TODAY, {"hospital": "253"}, None).data["hospital"]

    assert regional["departmentsToday"] == regional["departments"] != []


def test_all_doctors_are_listed_with_their_titles(shared: World) -> None:
    found = use_directory(shared)["doctors"]

    town = shared.sandbox.town.hospitals["501"]
    assert {each["name"] for each in found} == {each.name for each in town.doctors}
    assert {(each["title"], each["teachingTitle"]) for each in found} == {("主任医师", "教授"), ("主治医师", None)}
    assert all(each["departmentName"] and each["campusName"] and each["specialty"] for each in found)
    assert {each["gender"] for each in found} == {"MALE", "FEMALE"}


def test_departments_and_staff_are_on_their_campus(shared: World) -> None:
    first, *others = use_directory(shared)["campuses"]

    town = shared.sandbox.town.hospitals["501"]
    assert {each["name"] for each in first["departments"]} == {each.name for each in town.departments}
    assert {each["campusName"] for each in first["departments"]} == {first["name"]}
    assert all(each["departments"] == [] == each["allHoursDepartments"] for each in others)
    staff = first["departments"][0]["staff"]
    assert [each["role"] for each in staff] == ["DOCTOR", "DOCTOR", "NURSE"]
    assert all(each["number"] and each["name"] and each["position"] and each["photo"] for each in staff)


def test_the_clinic_outside_of_the_usual_hours_has_departments_doctors_and_times(shared: World) -> None:
    found = use_directory(shared)

    departments = found["campuses"][0]["allHoursDepartments"]
    assert len(departments) == 2
    for each in departments:
        assert len(each["doctors"]) == 2
        assert {doctor["departmentName"] for doctor in each["doctors"]} == {each["name"]}
    assert [each["starts"] for each in found["allHoursTimes"]] == ["18:00:00", "19:00:00", "20:00:00", "00:00:00"]
    assert shared.sandbox.counters.count("/fulltime/getDeptDoctorList") <= 2


def test_a_department_says_which_days_can_be_booked(shared: World) -> None:
    days = use_directory(shared)["departments"][0]["bookableDays"]

    assert days[0]["day"] == shared.sandbox.town.today.isoformat()
    assert len(days) == 8
    assert {each["weekday"] for each in days} == {f"星期{name}" for name in "一二三四五六日"}


def test_a_hospital_without_a_directory_says_so(shared: World) -> None:
    answer = shared.ask(
        '{ hospital(id: "253") { branches { name } doctors { name } allHoursTimes { starts } } }', None, None
    )

    assert answer.codes == ["UNSUPPORTED_BY_HOSPITAL"] * 3
