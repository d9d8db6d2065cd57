"""What laboratories measure and what images show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Test:
    """A measured quantity with the range it should lie in; `digits` after the point."""

    name: str
    short_name: str
    unit: str
    low: float
    high: float
    digits: int


@dataclass(frozen=True, slots=True)
class Image:
    """An imaging examination and what was seen."""

    title: str
    body_part: str
    method: str
    findings: str
    conclusion: str


PANELS: dict[str, tuple[str, tuple[Test, ...]]] = {
    "血常规": (
        "静脉血",
        (
            Test("白细胞计数", "WBC", "10^9/L", 3.5, 9.5, 2),
            Test("红细胞计数", "RBC", "10^12/L", 3.8, 5.8, 2),
            Test("血红蛋白", "HGB", "g/L", 115, 175, 0),
            Test("红细胞压积", "HCT", "%", 35, 50, 1),
            Test("血小板计数", "PLT", "10^9/L", 125, 350, 0),
            Test("中性粒细胞百分比", "NEUT%", "%", 40, 75, 1),
            Test("淋巴细胞百分比", "LYM%", "%", 20, 50, 1),
            Test("C反应蛋白", "CRP", "mg/L", 0, 10, 1),
        ),
    ),
    "肝功能": (
        "血清",
        (
            Test("丙氨酸氨基转移酶", "ALT", "U/L", 9, 50, 0),
            Test("天门冬氨酸氨基转移酶", "AST", "U/L", 15, 40, 0),
            Test("总胆红素", "TBIL", "μmol/L", 5, 21, 1),
            Test("直接胆红素", "DBIL", "μmol/L", 0, 8, 1),
            Test("总蛋白", "TP", "g/L", 65, 85, 1),
            Test("白蛋白", "ALB", "g/L", 40, 55, 1),
        ),
    ),
    "血脂四项": (
        "血清",
        (
            Test("总胆固醇", "TC", "mmol/L", 2.8, 5.2, 2),
            Test("甘油三酯", "TG", "mmol/L", 0.56, 1.7, 2),
            Test("高密度脂蛋白胆固醇", "HDL-C", "mmol/L", 1.04, 1.55, 2),
            Test("低密度脂蛋白胆固醇", "LDL-C", "mmol/L", 1.5, 3.37, 2),
        ),
    ),
    "肾功能": (
        "血清",
        (
            Test("尿素", "UREA", "mmol/L", 3.1, 8.0, 2),
            Test("肌酐", "CREA", "μmol/L", 57, 97, 0),
            Test("尿酸", "UA", "μmol/L", 208, 428, 0),
            Test("葡萄糖", "GLU", "mmol/L", 3.9, 6.1, 2),
            Test("胱抑素C", "CysC", "mg/L", 0.6, 1.2, 2),
        ),
    ),
}

SENSITIVE_TITLE = "输血前检查四项"
SENSITIVE_TESTS = (
    ("乙型肝炎病毒表面抗原", "HBsAg", True),
    ("丙型肝炎病毒抗体", "Anti-HCV", False),
    ("梅毒螺旋体抗体", "TP-Ab", False),
    ("人类免疫缺陷病毒抗体", "HIV-Ab", False),
)

IMAGES = (
    Image("胸部正位片", "胸部", "DR摄影", "双肺纹理清晰，心影大小正常。", "心肺膈未见明显异常。"),
    Image("腹部彩超", "腹部", "彩色多普勒超声", "肝脏回声稍增强，胆囊壁光滑。", "轻度脂肪肝。"),
    Image("头颅CT平扫", "头颅", "CT平扫", "脑实质密度均匀，脑室不大。", "颅脑CT平扫未见明显异常。"),
    Image("腰椎MRI平扫", "腰椎", "MRI平扫", "腰4/5椎间盘轻度膨出。", "腰4/5椎间盘膨出。"),
)
