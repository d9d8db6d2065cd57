"""What a hospital gives, does and charges: medicines, services, examinations."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine in store; the price is in yuan."""

    code: str
    name: str
    specification: str
    unit: str
    usage: str
    dose: str
    frequency: str
    frequency_name: str
    storage: str
    notice: str
    price: str


@dataclass(frozen=True, slots=True)
class Service:
    """Something charged that is no medicine."""

    code: str
    name: str
    category: str
    unit: str
    price: str


WESTERN = (
    Medicine(
        "X001",
        "苯磺酸氨氯地平片",
        "5mg*28片",
        "盒",
        "口服",
        "5mg",
        "QD",
        "每日一次",
        "遮光，密封",
        "血压过低者慎用",
        "25.60",
    ),
    Medicine(
        "X002",
        "阿莫西林胶囊",
        "0.25g*24粒",
        "盒",
        "口服",
        "0.5g",
        "TID",
        "每日三次",
        "密封，干燥处",
        "青霉素过敏者禁用",
        "12.80",
    ),
    Medicine(
        "X003",
        "奥美拉唑肠溶胶囊",
        "20mg*14粒",
        "盒",
        "口服",
        "20mg",
        "BID",
        "每日两次",
        "遮光，密封",
        "餐前服用",
        "18.45",
    ),
    Medicine(
        "X004",
        "布洛芬缓释胶囊",
        "0.3g*20粒",
        "盒",
        "口服",
        "0.3g",
        "BID",
        "每日两次",
        "密封",
        "不宜长期服用",
        "15.90",
    ),
    Medicine(
        "X005",
        "盐酸二甲双胍片",
        "0.5g*30片",
        "瓶",
        "口服",
        "0.5g",
        "BID",
        "每日两次",
        "密封",
        "随餐服用",
        "21.33",
    ),
)

HERBS = tuple(
    Medicine(
        f"Z{number:03}",
        name,
        "饮片",
        "g",
        "煎服",
        f"{grams}g",
        "BID",
        "每日两次",
        "通风干燥处，防蛀",
        "忌生冷辛辣",
        price,
    )
    for number, (name, grams, price) in enumerate(
        [
            ("黄芪", 15, "0.18"),
            ("党参", 12, "0.32"),
            ("白术", 10, "0.21"),
            ("茯苓", 15, "0.11"),
            ("甘草", 6, "0.09"),
            ("当归", 10, "0.27"),
            ("陈皮", 9, "0.08"),
            ("酸枣仁", 15, "0.95"),
        ],
        start=1,
    )
)

VISIT_FEES = (
    Service("F001", "普通门诊诊查费", "诊查费", "次", "8.00"),
    Service("F002", "专家门诊诊查费", "诊查费", "次", "25.00"),
)

TESTS = (
    Service("J001", "血常规", "检验费", "项", "20.00"),
    Service("J002", "肝功能", "检验费", "项", "45.50"),
    Service("J003", "血脂四项", "检验费", "项", "38.00"),
    Service("C001", "腹部彩超", "检查费", "次", "120.00"),
    Service("C002", "心电图", "检查费", "次", "26.40"),
    Service("T001", "静脉采血", "治疗费", "次", "3.50"),
)

EXAMINATIONS = (
    ("胸部CT平扫", "CT01", "CT一室", "医技楼1层", "检查前去除金属饰物。"),
    ("腹部彩超", "US02", "超声二室", "医技楼2层", "检查前空腹8小时。"),
    ("胃镜检查", "ES01", "内镜中心", "医技楼3层", "检查前一日晚8点后禁食。"),
)
