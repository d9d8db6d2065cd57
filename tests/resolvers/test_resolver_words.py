import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from graphql import GraphQLError

from connectors.errors import ConnectorError, Malformed, NotFound, Refused, Unavailable
from connectors.records.problems import ProblemCode
from resolvers.presentation import present
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import attempt, sent
from tests.resolvers.fakes import IDENTITY

TODAY = dt.date(2026, 3, 4)


def identity_number(value: str) -> str:
    """Its form alone; check digits have tests of their own."""
    return checks.identity_number(value, verified=False)


def shown(cause: Exception) -> dict[str, object]:
    return present(GraphQLError(str(cause), path=["a", 0], original_error=cause), "r-1")


def test_an_unexpected_exception_shows_its_request_id_and_nothing_of_its_text() -> None:
    for cause in (ValueError(IDENTITY), KeyError(IDENTITY), ExceptionGroup(IDENTITY, [ValueError(IDENTITY)])):
        answer = shown(cause)
        assert IDENTITY not in repr(answer)
        assert answer["path"] == ["a", 0]
        assert answer["extensions"] == {"requestId": "r-1", "code": "INTERNAL_ERROR", "retryable": False}


def test_a_connectors_error_shows_code_hospital_interface_retryable_and_upstream_code_only() -> None:
    error = Unavailable(system="town", interface="7.1", upstream_code="50002", detail=IDENTITY).at("first")
    answer = shown(error)
    assert answer["extensions"] == {
        "requestId": "r-1",
        "code": "UPSTREAM_UNAVAILABLE",
        "interface": "7.1",
        "retryable": True,
        "hospital": "first",
        "upstreamCode": "50002",
    }
    assert IDENTITY not in repr(answer)
    assert "town" not in repr(answer)


@pytest.mark.parametrize("kind", [Unavailable, Malformed, Refused, NotFound])
def test_the_hospitals_own_sentence_is_shown_only_if_it_is_meant_for_patients(kind: type[ConnectorError]) -> None:
    assert shown(kind(system="t", interface="7", patient_message="号源已满"))["message"] == "号源已满"
    generic = shown(kind(system="t", interface="7", detail="号源已满"))["message"]
    assert generic
    assert generic != "号源已满"


@pytest.mark.parametrize("code", list(ProblemCode))
def test_every_code_has_a_sentence_of_its_own_in_chinese(code: ProblemCode) -> None:
    message = str(shown(Refused(system="t", interface="7", code=code))["message"])
    assert re.fullmatch(r"[\u4e00-\u9fff，]+", message)
    unreachable = code in {ProblemCode.UPSTREAM_UNAVAILABLE, ProblemCode.UPSTREAM_DENIED}
    assert ("暂不可用" in message) is unreachable


def test_a_problem_shows_its_sentence_code_and_field() -> None:
    answer = shown(Problem(ProblemCode.BAD_INPUT, "有误", field="phone"))
    assert answer["message"] == "有误"
    assert answer["extensions"] == {"requestId": "r-1", "code": "BAD_INPUT", "retryable": False, "field": "phone"}


async def raising(error: Exception) -> str:
    raise error


@pytest.mark.parametrize("kind", [Unavailable, Malformed])
async def test_a_write_without_a_readable_answer_is_of_unknown_state_and_not_a_failure(
    kind: type[ConnectorError],
) -> None:
    with pytest.raises(Unavailable) as caught:
        await sent(raising(kind(system="t", interface="7")), "first")
    assert (caught.value.code, caught.value.hospital_id) == (ProblemCode.STATE_UNKNOWN, "first")
    assert caught.value.retryable


async def test_a_read_that_fails_before_anything_is_sent_is_told_as_it_is() -> None:
    error = Unavailable(system="t", interface="7", code=ProblemCode.UPSTREAM_TIMEOUT)
    with pytest.raises(Unavailable) as caught:
        await attempt(lambda: raising(error))
    assert caught.value.code is ProblemCode.UPSTREAM_TIMEOUT


@pytest.mark.parametrize("kind", [Refused, NotFound])
async def test_a_refusal_is_told_to_the_user(kind: type[ConnectorError]) -> None:
    outcome = await attempt(lambda: raising(kind(system="t", interface="7", patient_message="满")))
    assert outcome.result is None
    assert [error.message for error in outcome.user_errors] == ["满"]


async def test_a_problem_is_told_with_its_field_unless_it_is_about_access() -> None:
    outcome = await attempt(lambda: raising(Problem(ProblemCode.BAD_INPUT, "有误", field="phone")))
    assert [(error.code, error.field) for error in outcome.user_errors] == [(ProblemCode.BAD_INPUT, "phone")]
    for code in (ProblemCode.FORBIDDEN, ProblemCode.UNAUTHENTICATED):
        with pytest.raises(Problem):
            await attempt(lambda code=code: raising(Problem(code, "x")))


GOOD = [
    (checks.business_key, "abc-DEF_12", "abc-DEF_12"),
    (identity_number, " 37010219900101523x ", "37010219900101523X"),
    (checks.phone, " 10012340001 ", "10012340001"),
    (checks.phone, "+86-0531-1234567", "+86-0531-1234567"),
    (lambda value: checks.text(value, "f"), " 王小明 ", "王小明"),
    (lambda value: checks.amount(value, "f"), Decimal("1.5"), Decimal("1.50")),
    (lambda value: checks.birth_date(value, TODAY), TODAY, TODAY),
    (lambda value: checks.birth_date(value, dt.date(2028, 2, 29)), TODAY, TODAY),
]
BAD = [
    *((checks.business_key, value) for value in ("", "short", "a" * 65, "abcdefg王", "abcd efgh", "12345678\n")),
    *((identity_number, value) for value in ("", "1", IDENTITY + "0", "X" * 18, "３" * 18)),
    *((checks.phone, value) for value in ("", "123456", "-------", "+++++++12", "1" * 21, "１２３４５６７８")),
    *((lambda value: checks.text(value, "f"), value) for value in ("", "  ", "a" * 201, "a\nb", "a\x00b", "a\u202eb")),
    *(
        (lambda value: checks.amount(value, "f"), Decimal(value))
        for value in ("-0.01", "0.001", "NaN", "sNaN", "Infinity", "1e40", "1e999999", "1000000000")
    ),
    *((lambda value: checks.birth_date(value, TODAY), value) for value in (dt.date(2026, 3, 5), dt.date(1870, 1, 1))),
]


@pytest.mark.parametrize(("check", "value", "taken"), GOOD)
def test_a_good_value_is_taken_in_its_plain_form(check: Any, value: Any, taken: Any) -> None:
    assert check(value) == taken


@pytest.mark.parametrize(("check", "value"), BAD)
def test_a_bad_value_is_refused_with_its_field_and_never_quoted(check: Any, value: Any) -> None:
    with pytest.raises(Problem) as caught:
        check(value)
    assert caught.value.code is ProblemCode.BAD_INPUT
    assert caught.value.field
    assert len(str(value).strip()) < 4 or str(value).strip() not in caught.value.message
