"""Builds the hospitals, their departments and doctors."""

from random import Random

from sandbox.town.lore.houses import DOCTOR_TITLES, HOSPITALS, UNITS
from sandbox.town.making.numbering import Numbering
from sandbox.town.money import money
from sandbox.town.people import Sex
from sandbox.town.places import Department, DepartmentCategory, Doctor
from sandbox.town.town import Town

_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"


def found(town: Town, draw: Random, numbering: Numbering) -> None:
    """Founds the hospitals."""
    families = draw.sample(_FAMILY, k=len(_FAMILY))
    for hospital in HOSPITALS:
        town.hospitals[hospital.id] = hospital
        for unit in UNITS[hospital.id]:
            department = Department(
                id=numbering.next(hospital.id, "D"),
                hospital=hospital.id,
                category=_category(town, numbering, hospital.id, unit.category, unit.location),
                name=unit.name,
                location=unit.location,
                only_for=unit.only_for,
                max_age=unit.max_age,
            )
            town.departments[department.id] = department
            _staff(town, numbering, department, families)


def _category(town: Town, numbering: Numbering, hospital: str, name: str, location: str) -> str | None:
    if not name:
        return None
    for category in town.categories.values():
        if (category.hospital, category.name) == (hospital, name):
            return category.id
    category = DepartmentCategory(numbering.next(hospital, "C"), hospital, name, location[:3])
    town.categories[category.id] = category
    return category.id


def _staff(town: Town, numbering: Numbering, department: Department, families: list[str]) -> None:
    for title, register_class, fee in DOCTOR_TITLES:
        number = len(town.doctors)
        doctor = Doctor(
            id=numbering.next(department.hospital, "S"),
            hospital=department.hospital,
            department=department.id,
            name=f"{families[number % len(families)]}样医{'一二'[number // len(families)]}",
            sex=Sex.MALE if number % 2 else Sex.FEMALE,
            title=title,
            expertise=f"{department.name}常见病、多发病的诊治",
            introduction=f"{title}，从事{department.name}临床工作多年",
            register_class_id="2" if register_class == "普通号" else "1",
            register_class=register_class,
            fee=money(fee),
        )
        town.doctors[doctor.id] = doctor
