"""The three hospitals and their departments."""

from dataclasses import dataclass

from sandbox.town.people import Sex
from sandbox.town.places import Hospital

HOSPITALS = (
    Hospital("253", "253", "县人民医院", "regional", "样例路253号", "10000002530", "二级甲等"),
    Hospital("254", "254", "县中医院", "regional", "样例路254号", "10000002540", "二级甲等"),
    Hospital("501", "501", "掌上医院", "palm", "样例路501号", "10000005010", "三级乙等"),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A department as the lore knows it; an empty `category` means that it stands alone."""

    category: str
    name: str
    location: str
    only_for: Sex | None = None
    max_age: int | None = None


_CHILDREN = 14

UNITS: dict[str, tuple[Unit, ...]] = {
    "253": (
        Unit("内科", "呼吸内科", "门诊楼三楼"),
        Unit("内科", "心血管内科", "门诊楼三楼"),
        Unit("内科", "消化内科", "门诊楼四楼"),
        Unit("外科", "骨科", "门诊楼二楼"),
        Unit("妇儿", "妇科", "门诊楼五楼", only_for=Sex.FEMALE),
        Unit("妇儿", "儿科", "门诊楼一楼", max_age=_CHILDREN),
    ),
    "254": (
        Unit("中医", "中医内科", "国医楼一楼"),
        Unit("中医", "针灸推拿科", "国医楼二楼"),
        Unit("内科", "心血管内科", "综合楼二楼"),
        Unit("", "急诊科", "综合楼一楼"),
    ),
    "501": (
        Unit("内科", "内分泌科", "A区二层"),
        Unit("内科", "消化内科", "A区三层"),
        Unit("外科", "骨科", "B区一层"),
        Unit("儿科", "儿科", "C区一层", max_age=_CHILDREN),
    ),
}

DOCTOR_TITLES = (("主任医师", "专家号", "25.00"), ("主治医师", "普通号", "10.00"))
