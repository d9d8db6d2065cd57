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
