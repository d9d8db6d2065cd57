"""Drugs, western and herbal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug as it is prescribed by default."""

    id: str
    name: str
    spec: str
    unit: str
    quantity: str
    price: str
    usage: str
    dose: str
    frequency: str
    frequency_name: str
    storage: str = "常温保存"
    notice: str = "如有不适立即到医院就诊"


def _herb(number: str, name: str, grams: str, price: str) -> Drug:
    return Drug(number, name, "饮片", "g", grams, price, "水煎服", f"{grams}g", "bid", "一日两次", "阴凉干燥处")


WESTERN = {
    drug.id: drug
    for drug in (
        Drug("D101", "阿莫西林胶囊", "0.25g*24粒/盒", "盒", "2", "15.65", "口服", "0.5g", "tid", "一日三次"),
        Drug("D102", "氨溴索口服溶液", "100ml/瓶", "瓶", "1", "24.80", "口服", "10ml", "bid", "一日两次"),
        Drug("D103", "苯磺酸氨氯地平片", "5mg*28片/盒", "盒", "1", "32.40", "口服", "5mg", "qd", "一日一次"),
        Drug("D104", "奥美拉唑肠溶胶囊", "20mg*14粒/盒", "盒", "2", "18.90", "口服", "20mg", "qd", "一日一次"),
        Drug("D105", "布洛芬缓释胶囊", "0.3g*20粒/盒", "盒", "1", "21.36", "口服", "0.3g", "bid", "一日两次"),
        Drug("D106", "二甲双胍缓释片", "0.5g*30片/盒", "盒", "2", "27.55", "口服", "0.5g", "bid", "一日两次"),
        Drug("D107", "小儿氨酚黄那敏颗粒", "6g*10袋/盒", "盒", "1", "12.30", "口服", "1袋", "tid", "一日三次"),
        Drug("D108", "甲硝唑栓", "0.5g*7枚/盒", "盒", "1", "9.87", "外用", "0.5g", "qn", "每晚一次"),
    )
}

HERBAL = {
    drug.id: drug
    for drug in (
        _herb("H201", "黄芪", "30", "0.12"),
        _herb("H202", "当归", "10", "0.18"),
        _herb("H203", "白术", "15", "0.16"),
        _herb("H204", "甘草", "6", "0.09"),
        _herb("H205", "茯苓", "15", "0.11"),
    )
}
