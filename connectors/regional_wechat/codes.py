"""Result codes of the regional HIS document (appendix 4) and its envelope."""

from connectors.core.envelope import BROKEN, BUSY, DENIED, NOTHING, Envelope, Meaning, equals, refusal
from connectors.errors import Denied, Malformed, Refused
from connectors.records.problems import ProblemCode as Code

# The hospital says that we asked wrongly: our fault or ours to forward, not a sentence for patients.
_BAD_INPUT = Meaning(Refused, Code.BAD_INPUT)

MEANINGS = {
    "10002": NOTHING,
    "10003": BROKEN,
    "20001": _BAD_INPUT,
    "20002": _BAD_INPUT,
    "20003": _BAD_INPUT,
    "20004": refusal(Code.BAD_INPUT),
    "30001": BROKEN,
    "40001": BUSY,
    "40002": Meaning(Denied, Code.UPSTREAM_DENIED),
    "40003": Meaning(Denied, Code.UNSUPPORTED_BY_HOSPITAL),
    "40004": Meaning(Refused, Code.IN_PROGRESS),
    "50001": DENIED,
    "60001": refusal(Code.HOSPITAL_UNKNOWN),
    "60002": refusal(Code.DOCTOR_UNKNOWN),
    "60101": refusal(Code.CARD_NOT_PAYABLE_ONLINE),
    "60102": refusal(Code.CHARGE_UNKNOWN),
    "60103": refusal(Code.AMOUNT_MISMATCH),
    "60104": refusal(Code.CHARGE_ITEM_UNKNOWN),
    "60201": refusal(Code.FEE_EXEMPT),
    "60202": refusal(Code.AMOUNT_MISMATCH),
    "60203": refusal(Code.APPOINTMENT_ATTENDED),
    "60204": refusal(Code.APPOINTMENT_UNKNOWN),
    "60205": refusal(Code.SLOT_FULL),
    "60206": refusal(Code.DOCTOR_ABSENT),
    "60207": refusal(Code.GENDER_NOT_ADMITTED),
    "60208": refusal(Code.AGE_NOT_ADMITTED),
    "60209": refusal(Code.APPOINTMENT_TOO_LATE),
    "60210": refusal(Code.BOOKING_LIMIT),
    "60211": refusal(Code.BOOKING_LIMIT),
    "60212": refusal(Code.BOOKING_LIMIT),
    "60213": refusal(Code.BOOKING_LIMIT),
    "60214": refusal(Code.BOOKING_LIMIT),
    "20215": refusal(Code.CARD_UNKNOWN),
    "60301": refusal(Code.CARD_NOT_RECHARGEABLE),
    "60302": refusal(Code.SERVICE_NOT_OPEN),
    "60303": refusal(Code.RECHARGE_FAILED),
    "60401": refusal(Code.DEPOSIT_NOT_ADMITTED),
    "60402": refusal(Code.ALREADY_DISCHARGED),
    "60501": refusal(Code.IDENTITY_NUMBER_MISSING),
    "60502": refusal(Code.CARD_CANCELLED),
    "60503": refusal(Code.CARD_LOST),
    "60504": refusal(Code.CARD_LOCKED),
    "60505": refusal(Code.PHONE_MISSING),
    "60506": refusal(Code.CARD_UNKNOWN),
    "60601": refusal(Code.ITEM_ALREADY_DONE),
    "60701": refusal(Code.ALREADY_TRIAGED),
    "90001": BROKEN,
    # Success is told by `success`; a refusal that carries the success code contradicts itself.
    "10001": Meaning(Malformed, Code.UPSTREAM_MALFORMED),
}

# `success` is a boolean by the rule and the string "true" in 20.1.7; `code` a string or, in 21.2.1, a number.
ENVELOPE = Envelope(
    status=("success",),
    succeeded=equals("true"),
    code=("code",),
    message=("msg",),
    absent=frozenset({"10002"}),
    meanings=MEANINGS,
)
