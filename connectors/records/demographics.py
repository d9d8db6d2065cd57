"""What is told of people beside their name: marital status, ethnicity, kinship, address."""

from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import Doc, DocumentedEnum


class MaritalStatus(DocumentedEnum):
    """Marital status (婚姻状况)."""

    NEVER_MARRIED = "NEVER_MARRIED", "Never married (未婚)."
    MARRIED = "MARRIED", "Married (已婚)."
    WIDOWED = "WIDOWED", "Widowed (丧偶)."
    DIVORCED = "DIVORCED", "Divorced (离异)."
    OTHER = "OTHER", "None of these (其他)."


class Kinship(DocumentedEnum):
    """What a contact is to the patient (亲属关系)."""

    FATHER = "FATHER", "Father (父亲)."
    MOTHER = "MOTHER", "Mother (母亲)."
    SON = "SON", "Son (儿子)."
    DAUGHTER = "DAUGHTER", "Daughter (女儿)."
    OTHER = "OTHER", "Somebody else (其他)."


@dataclass(kw_only=True, slots=True)
class Address:
    """An address in its parts (联系地址)."""

    province: Annotated[str | None, Doc("Province (省).")] = None
    city: Annotated[str | None, Doc("City (市).")] = None
    district: Annotated[str | None, Doc("District or county (区县).")] = None
    street: Annotated[str | None, Doc("Street or township (街道).")] = None
    line: Annotated[str | None, Doc("House and door (详细地址).")] = None


class Ethnicity(DocumentedEnum):
    """Ethnicity, named and ordered as in GB/T 3304 (民族)."""

    HAN = "HAN", "Han (汉族)."
    MONGOL = "MONGOL", "Mongol (蒙古族)."
    HUI = "HUI", "Hui (回族)."
    ZANG = "ZANG", "Zang (藏族)."
    UYGUR = "UYGUR", "Uygur (维吾尔族)."
    MIAO = "MIAO", "Miao (苗族)."
    YI = "YI", "Yi (彝族)."
    ZHUANG = "ZHUANG", "Zhuang (壮族)."
    BUYEI = "BUYEI", "Buyei (布依族)."
    CHOSEN = "CHOSEN", "Chosen (朝鲜族)."
    MAN = "MAN", "Man (满族)."
    DONG = "DONG", "Dong (侗族)."
    YAO = "YAO", "Yao (瑶族)."
    BAI = "BAI", "Bai (白族)."
    TUJIA = "TUJIA", "Tujia (土家族)."
    HANI = "HANI", "Hani (哈尼族)."
    KAZAK = "KAZAK", "Kazak (哈萨克族)."
    DAI = "DAI", "Dai (傣族)."
    LI = "LI", "Li (黎族)."
    LISU = "LISU", "Lisu (傈僳族)."
    VA = "VA", "Va (佤族)."
    SHE = "SHE", "She (畲族)."
    GAOSHAN = "GAOSHAN", "Gaoshan (高山族)."
    LAHU = "LAHU", "Lahu (拉祜族)."
    SUI = "SUI", "Sui (水族)."
    DONGXIANG = "DONGXIANG", "Dongxiang (东乡族)."
    NAXI = "NAXI", "Naxi (纳西族)."
    JINGPO = "JINGPO", "Jingpo (景颇族)."
    KIRGIZ = "KIRGIZ", "Kirgiz (柯尔克孜族)."
    TU = "TU", "Tu (土族)."
    DAUR = "DAUR", "Daur (达斡尔族)."
    MULAO = "MULAO", "Mulao (仫佬族)."
    QIANG = "QIANG", "Qiang (羌族)."
    BLANG = "BLANG", "Blang (布朗族)."
    SALAR = "SALAR", "Salar (撒拉族)."
    MAONAN = "MAONAN", "Maonan (毛南族)."
    GELAO = "GELAO", "Gelao (仡佬族)."
    XIBE = "XIBE", "Xibe (锡伯族)."
    ACHANG = "ACHANG", "Achang (阿昌族)."
    PUMI = "PUMI", "Pumi (普米族)."
    TAJIK = "TAJIK", "Tajik (塔吉克族)."
    NU = "NU", "Nu (怒族)."
    UZBEK = "UZBEK", "Uzbek (乌孜别克族)."
    RUSS = "RUSS", "Russ (俄罗斯族)."
    EWENKI = "EWENKI", "Ewenki (鄂温克族)."
    DEANG = "DEANG", "Deang (德昂族)."
    BONAN = "BONAN", "Bonan (保安族)."
    YUGUR = "YUGUR", "Yugur (裕固族)."
    GIN = "GIN", "Gin (京族)."
    TATAR = "TATAR", "Tatar (塔塔尔族)."
    DERUNG = "DERUNG", "Derung (独龙族)."
    OROQEN = "OROQEN", "Oroqen (鄂伦春族)."
    HEZHEN = "HEZHEN", "Hezhen (赫哲族)."
    MONBA = "MONBA", "Monba (门巴族)."
    LHOBA = "LHOBA", "Lhoba (珞巴族)."
    JINO = "JINO", "Jino (基诺族)."


_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
NAMES_OF_ETHNICITY = {ethnicity: f"{name}族" for ethnicity, name in zip(Ethnicity, _NAMES.split(), strict=True)}
"""As forms print them."""
