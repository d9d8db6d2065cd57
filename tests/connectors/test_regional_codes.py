"""All 48 documented result codes, and what each is to this server."""

import pytest

from connectors.errors import ConnectorError, Denied, Malformed, NotFound, RateLimited, Refused, Unavailable
from connectors.records.problems import ProblemCode as Code
from connectors.regional_wechat.codes import ENVELOPE, MEANINGS

# Told: the hospital's own sentence is meant for patients.
REFUSALS_TOLD = {
    "20004": Code.BAD_INPUT,
    "60001": Code.HOSPITAL_UNKNOWN,
    "60002": Code.DOCTOR_UNKNOWN,
    "60101": Code.CARD_NOT_PAYABLE_ONLINE,
    "60102": Code.CHARGE_UNKNOWN,
    "60103": Code.AMOUNT_MISMATCH,
    "60104": Code.CHARGE_ITEM_UNKNOWN,
    "60201": Code.FEE_EXEMPT,
    "60202": Code.AMOUNT_MISMATCH,
    "60203": Code.APPOINTMENT_ATTENDED,
    "60204": Code.APPOINTMENT_UNKNOWN,
    "60205": Code.SLOT_FULL,
    "60206": Code.DOCTOR_ABSENT,
    "60207": Code.GENDER_NOT_ADMITTED,
    "60208": Code.AGE_NOT_ADMITTED,
    "60209": Code.APPOINTMENT_TOO_LATE,
    "60210": Code.BOOKING_LIMIT,
    "60211": Code.BOOKING_LIMIT,
    "60212": Code.BOOKING_LIMIT,
    "60213": Code.BOOKING_LIMIT,
    "60214": Code.BOOKING_LIMIT,
    "20215": Code.CARD_UNKNOWN,
    "60301": Code.CARD_NOT_RECHARGEABLE,
    "60302": Code.SERVICE_NOT_OPEN,
    "60303": Code.RECHARGE_FAILED,
    "60401": Code.DEPOSIT_NOT_ADMITTED,
    "60402": Code.ALREADY_DISCHARGED,
    "60501": Code.IDENTITY_NUMBER_MISSING,
    "60502": Code.CARD_CANCELLED,
    "60503": Code.CARD_LOST,
    "60504": Code.CARD_LOCKED,
    "60505": Code.PHONE_MISSING,
    "60506": Code.CARD_UNKNOWN,
    "60601": Code.ITEM_ALREADY_DONE,
    "60701": Code.ALREADY_TRIAGED,
}
OTHERS: dict[str, tuple[type[ConnectorError], Code]] = {
    # Only beside a failure: it contradicts itself.
    "10001": (Malformed, Code.UPSTREAM_MALFORMED),
    "10002": (NotFound, Code.NOT_FOUND),
    "10003": (Unavailable, Code.UPSTREAM_UNAVAILABLE),
    "20001": (Refused, Code.BAD_INPUT),
    "20002": (Refused, Code.BAD_INPUT),
    "20003": (Refused, Code.BAD_INPUT),
    "30001": (Unavailable, Code.UPSTREAM_UNAVAILABLE),
    "40001": (RateLimited, Code.RATE_LIMITED),
    "40002": (Denied, Code.UPSTREAM_DENIED),
    "40003": (Denied, Code.UNSUPPORTED_BY_HOSPITAL),
    "40004": (Refused, Code.IN_PROGRESS),
    "50001": (Denied, Code.UPSTREAM_DENIED),
    "90001": (Unavailable, Code.UPSTREAM_UNAVAILABLE),
}
EXPECTED = {code: (Refused, stable, "原因") for code, stable in REFUSALS_TOLD.items()} | {
    code: (kind, stable, None) for code, (kind, stable) in OTHERS.items()
}


def raised(code: object) -> ConnectorError:
    with pytest.raises(ConnectorError) as caught:
        ENVELOPE.open("regional", "3.1.2", {"success": False, "code": code, "msg": "原因"})
    return caught.value


def test_the_document_has_48_codes() -> None:
    assert len(EXPECTED) == 48
    assert MEANINGS.keys() == EXPECTED.keys()


@pytest.mark.parametrize("code", EXPECTED)
def test_a_documented_code_has_its_kind_and_its_stable_code(code: str) -> None:
    error = raised(code)
    kind, stable, told = EXPECTED[code]

    assert type(error) is kind
    assert error.code is stable
    assert error.patient_message == told


@pytest.mark.parametrize("code", ["99999", "", None])
def test_a_code_that_is_not_documented_is_a_refusal_without_a_sentence(code: str | None) -> None:
    error = raised(code)

    assert (type(error), error.code) == (Refused, Code.REFUSED_BY_HOSPITAL)
    assert error.patient_message is None


def test_a_code_may_be_a_number() -> None:
    assert raised(60205).code is Code.SLOT_FULL
