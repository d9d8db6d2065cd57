"""Laboratory panels and imaging studies."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Analyte:
    """A thing measured: its usual range, and one value on each side of it."""

    code: str
    name: str
    short: str
    unit: str
    low: str
    high: str
    below: str
    within: str
    above: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A thing that is only negative or positive."""

    code: str
    name: str
    short: str
    expected: str = "阴性"
    otherwise: str = "阳性"


@dataclass(frozen=True, slots=True)
class Panel:
    """What one laboratory report holds."""

    name: str
    specimen: str
    price: str
    parts: tuple[Analyte | Marker, ...]
    sensitive: bool = False
    special: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """What one imaging report says, in health and in illness."""

    name: str
    modality: str
    part: str
    price: str
    clear: tuple[str, str]
    ill: tuple[str, str]


PANELS = {
    "血常规": Panel(
        "血常规",
        "全血",
        "20.00",
        (
            Analyte("WBC", "白细胞计数", "WBC", "10^9/L", "3.5", "9.5", "2.9", "6.2", "12.4"),
            Analyte("HGB", "血红蛋白", "HGB", "g/L", "115", "150", "96", "132", "168"),
            Analyte("PLT", "血小板计数", "PLT", "10^9/L", "125", "350", "98", "214", "402"),
        ),
    ),
    "肝功能": Panel(
        "肝功能",
        "血清",
        "45.50",
        (
            Analyte("ALT", "丙氨酸氨基转移酶", "ALT", "U/L", "7", "40", "5", "22", "86"),
            Analyte("AST", "天门冬氨酸氨基转移酶", "AST", "U/L", "13", "35", "10", "24", "71"),
            Analyte("TBIL", "总胆红素", "TBIL", "μmol/L", "3.4", "20.5", "2.8", "11.6", "31.2"),
        ),
    ),
    "血糖血脂": Panel(
        "血糖血脂",
        "血清",
        "38.00",
        (
            Analyte("GLU", "葡萄糖", "GLU", "mmol/L", "3.9", "6.1", "3.2", "5.1", "8.7"),
            Analyte("CHO", "总胆固醇", "CHO", "mmol/L", "2.8", "5.2", "2.1", "4.4", "6.8"),
        ),
    ),
    "新型冠状病毒核酸检测": Panel(
        "新型冠状病毒核酸检测",
        "咽拭子",
        "16.00",
        (Marker("NCOV", "新型冠状病毒核酸", "nCoV"),),
        special="NucleicAcidSingleTesting",
    ),
    "感染四项": Panel(
        "感染四项",
        "血清",
        "120.00",
        (
            Marker("HBSAG", "乙型肝炎表面抗原", "HBsAg"),
            Marker("HIVAB", "人类免疫缺陷病毒抗体", "HIV-Ab"),
        ),
        sensitive=True,
    ),
}

STUDIES = {
    "胸部CT": Study(
        "胸部CT平扫",
        "CT",
        "胸部",
        "210.00",
        ("双肺纹理清晰，未见实变影。", "双肺未见明显异常。"),
        ("右肺下叶见斑片状模糊影。", "右肺下叶炎症，建议复查。"),
    ),
    "膝关节DR": Study(
        "膝关节正侧位DR",
        "DR",
        "膝关节",
        "80.00",
        ("关节面光整，间隙正常。", "膝关节未见明显异常。"),
        ("髁间隆突变尖，关节间隙变窄。", "膝关节退行性变。"),
    ),
    "腹部彩超": Study(
        "腹部彩超",
        "US",
        "腹部",
        "130.00",
        ("肝胆胰脾形态大小正常。", "肝胆胰脾未见明显异常。"),
        ("肝实质回声增强，分布欠均匀。", "脂肪肝。"),
    ),
    "心脏彩超": Study(
        "心脏彩超",
        "US",
        "心脏",
        "180.00",
        ("各房室腔大小正常。", "心脏结构及功能未见明显异常。"),
        ("左房轻度增大，二尖瓣少量反流。", "左房增大。"),
    ),
}
