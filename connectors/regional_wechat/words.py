"""Words and codes that several chapters of the regional HIS document share."""

from connectors.core import convert
from connectors.records.billing import PaymentMethod
from connectors.records.people import Gender
from connectors.records.visits import VisitClass

GENDER_WORDS = {"男": Gender.MALE, "女": Gender.FEMALE, "未知": Gender.UNKNOWN, "其他": Gender.OTHER}
WORDS_OF_GENDER = {meaning: word for word, meaning in GENDER_WORDS.items()}
gender = convert.one_of(GENDER_WORDS, Gender.UNKNOWN)

visit_class = convert.one_of({"1": VisitClass.OUTPATIENT, "2": VisitClass.INPATIENT}, VisitClass.UNKNOWN)
CODES_OF_VISIT_CLASS = {VisitClass.OUTPATIENT: "1", VisitClass.INPATIENT: "2"}

WORDS_OF_PAYMENT_METHOD = {
    PaymentMethod.WECHAT_PAY: "WeChatPay",
    PaymentMethod.ALIPAY: "AliPay",
    PaymentMethod.CUSTOM_PLATFORM: "SelfBuiltPlatformPay",
    # The document has no word for "card balance alone"; the online amount is then zero.
    PaymentMethod.CARD_BALANCE: "SelfBuiltPlatformPay",
}
payment_method = convert.one_of(
    {
        "WeChatPay": PaymentMethod.WECHAT_PAY,
        "AliPay": PaymentMethod.ALIPAY,
        "SelfBuiltPlatformPay": PaymentMethod.CUSTOM_PLATFORM,
        # Appendix 6: what went through the region's unified platform.
        "UnifiedPlatform": PaymentMethod.CUSTOM_PLATFORM,
        "UnifiedPlatform_WeChatPay": PaymentMethod.WECHAT_PAY,
        "UnifiedPlatform_AliPay": PaymentMethod.ALIPAY,
        "UnifiedPlatform_ICBCPay": PaymentMethod.CUSTOM_PLATFORM,
    },
    PaymentMethod.UNKNOWN,
)


def several(joined: object) -> list[str]:
    """Take apart what a hospital joins by commas."""
    return [part.strip() for part in (convert.text(joined) or "").split(",") if part.strip()]
