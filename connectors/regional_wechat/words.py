"""Words and codes that several chapters of the regional HIS document share."""

from connectors.core import convert
from connectors.records.people import Gender
from connectors.records.visits import VisitClass

GENDER_WORDS = {"男": Gender.MALE, "女": Gender.FEMALE, "未知": Gender.UNKNOWN, "其他": Gender.OTHER}
WORDS_OF_GENDER = {meaning: word for word, meaning in GENDER_WORDS.items()}
gender = convert.one_of(GENDER_WORDS, Gender.UNKNOWN)

visit_class = convert.one_of({"1": VisitClass.OUTPATIENT, "2": VisitClass.INPATIENT}, VisitClass.UNKNOWN)
CODES_OF_VISIT_CLASS = {VisitClass.OUTPATIENT: "1", VisitClass.INPATIENT: "2"}
