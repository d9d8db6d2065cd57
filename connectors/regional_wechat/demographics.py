"""How the regional HIS writes who somebody is: gender, marital status, ethnicity, kinship (appendices 1 and 5)."""

from connectors.records.demographics import Ethnicity, Kinship, MaritalStatus
from connectors.records.people import Gender

CODES_OF_GENDER = {Gender.MALE: "1", Gender.FEMALE: "2"}
WORDS_OF_MARITAL_STATUS = {
    MaritalStatus.NEVER_MARRIED: "未婚",
    MaritalStatus.MARRIED: "已婚",
    MaritalStatus.WIDOWED: "丧偶",
    MaritalStatus.DIVORCED: "离异",
    MaritalStatus.OTHER: "其他",
}
CODES_OF_KINSHIP = {
    Kinship.FATHER: "01",
    Kinship.MOTHER: "02",
    Kinship.SON: "03",
    Kinship.DAUGHTER: "04",
    Kinship.OTHER: "05",
}

# Appendix 1 numbers them as GB/T 3304 does; it misspells two of the names (29 and 31).
CODES_OF_ETHNICITY = {ethnicity: f"{number:02}" for number, ethnicity in enumerate(Ethnicity, start=1)}
_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
NAMES_OF_ETHNICITY = {ethnicity: f"{name}族" for ethnicity, name in zip(Ethnicity, _NAMES.split(), strict=True)}
