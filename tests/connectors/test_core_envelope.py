import pytest

from connectors.core.envelope import BROKEN, BUSY, DENIED, NOTHING, Envelope, equals, positive, refusal
from connectors.errors import ConnectorError, Denied, Malformed, NotFound, RateLimited, Refused, Unavailable
from connectors.records.problems import ProblemCode

SECRET = "370102199001015236"
FLAT = Envelope(
    status=("success",),
    succeeded=equals("true"),
    code=("code",),
    message=("msg",),
    absent=frozenset({"10002"}),
    meanings={
        "40001": refusal(ProblemCode.SLOT_FULL),
        "50001": DENIED,
        "50002": BROKEN,
        "50003": BUSY,
        "50004": NOTHING,
    },
)
NESTED = Envelope(status=("head", "sign"), succeeded=positive, message=("head", "text"))


def fault(envelope: Envelope, body: object) -> ConnectorError:
    with pytest.raises(ConnectorError) as caught:
        envelope.open("town", "7.1.1", body)
    assert SECRET not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("status", [True, "true", " true "])
def test_success_may_be_a_boolean_or_a_word(status: object) -> None:
    body = {"success": status, "data": 1}
    assert FLAT.open("town", "7.1.1", body) is body


@pytest.mark.parametrize("status", [1, "1", "2.0", 0.5])
def test_success_may_be_any_number_above_zero(status: object) -> None:
    body = {"head": {"sign": status}}
    assert NESTED.open("town", "7.1.1", body) is body


@pytest.mark.parametrize("status", [0, "0", "-1"])
def test_zero_and_less_is_no_success(status: object) -> None:
    assert type(fault(NESTED, {"head": {"sign": status}})) is Refused


@pytest.mark.parametrize("status", [False, "false", "no", 0])
def test_a_failure_without_a_code_is_a_generic_refusal(status: object) -> None:
    error = fault(FLAT, {"success": status, "msg": SECRET})
    assert type(error) is Refused
    assert error.code is ProblemCode.REFUSED_BY_HOSPITAL
    assert error.patient_message is None


@pytest.mark.parametrize(
    ("code", "kind", "stable"),
    [
        ("40001", Refused, ProblemCode.SLOT_FULL),
        (40001, Refused, ProblemCode.SLOT_FULL),
        ("50001", Denied, ProblemCode.UPSTREAM_DENIED),
        ("50002", Unavailable, ProblemCode.UPSTREAM_UNAVAILABLE),
        ("50003", RateLimited, ProblemCode.RATE_LIMITED),
        ("50004", NotFound, ProblemCode.NOT_FOUND),
        ("77777", Refused, ProblemCode.REFUSED_BY_HOSPITAL),
    ],
)
def test_the_code_table_decides_the_error(code: object, kind: type, stable: ProblemCode) -> None:
    error = fault(FLAT, {"success": False, "code": code, "msg": "号源已满"})
    assert type(error) is kind
    assert error.code is stable
    assert error.upstream_code == str(code)
    assert (error.system, error.interface) == ("town", "7.1.1")


def test_only_a_documented_refusal_lends_patients_the_hospitals_sentence() -> None:
    assert fault(FLAT, {"success": False, "code": "40001", "msg": "号源已满"}).patient_message == "号源已满"
    assert fault(FLAT, {"success": False, "code": "40001", "msg": ""}).patient_message is None
    assert fault(FLAT, {"success": False, "code": "40001", "msg": [SECRET]}).patient_message is None
    assert fault(FLAT, {"success": False, "code": "50002", "msg": "java.lang"}).patient_message is None
    assert fault(FLAT, {"success": False, "code": "77777", "msg": SECRET}).patient_message is None


@pytest.mark.parametrize("status", [True, False, None])
def test_a_code_for_nothing_found_counts_whatever_the_status_says(status: object) -> None:
    assert type(fault(FLAT, {"success": status, "code": 10002})) is NotFound


@pytest.mark.parametrize("body", [None, [], "x", 5, {}, {"success": None}, {"success": [SECRET]}, {"success": {}}])
def test_an_answer_without_a_readable_status_is_malformed(body: object) -> None:
    assert type(fault(FLAT, body)) is Malformed


@pytest.mark.parametrize("body", [{"head": SECRET}, {"head": None}, {"head": {}}, {"head": {"sign": SECRET + "x"}}])
def test_a_status_that_is_not_where_it_should_be_is_malformed(body: object) -> None:
    assert type(fault(NESTED, body)) is Malformed


@pytest.mark.parametrize("code", [{"x": SECRET}, [SECRET], True])
def test_an_unreadable_code_is_malformed_and_nothing_else(code: object) -> None:
    assert type(fault(FLAT, {"success": False, "code": code})) is Malformed


def test_an_error_can_be_told_of_one_hospital_without_changing_the_shared_one() -> None:
    error = Refused(system="town", interface="7", code=ProblemCode.SLOT_FULL, upstream_code="1", patient_message="满")
    told = error.at("first")
    assert (told.hospital_id, error.hospital_id) == ("first", None)
    assert type(told) is Refused
    assert (told.code, told.upstream_code, told.patient_message) == (ProblemCode.SLOT_FULL, "1", "满")


def test_only_what_may_pass_by_itself_is_retryable() -> None:
    assert [kind.retryable for kind in (Unavailable, RateLimited, Denied, NotFound, Refused, Malformed)] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("accepted", "status", "good"),
    [
        ("1", 1, True),
        ("1", " 1 ", True),
        ("1", True, False),
        ("1", 1.0, False),
        ("true", True, True),
        ("true", 1, False),
        ("true", "True", False),
        ("false", False, True),
        ("0", 0, True),
        ("0", False, False),
    ],
)
def test_a_status_is_compared_as_it_is_written(accepted: str, status: object, good: bool) -> None:
    assert equals(accepted)(status) is good


@pytest.mark.parametrize("code", [" 10002 ", "10002", 10002])
def test_a_code_for_nothing_found_counts_however_it_is_written(code: object) -> None:
    assert type(fault(FLAT, {"success": True, "code": code})) is NotFound


@pytest.mark.parametrize("code", [None, "", 200, "200"])
def test_any_other_code_or_none_leaves_success_alone(code: object) -> None:
    assert FLAT.open("town", "7.1.1", {"success": True, "code": code}) == {"success": True, "code": code}
    assert FLAT.open("town", "7.1.1", {"success": True}) == {"success": True}


def test_an_unreadable_code_spoils_success_too() -> None:
    assert type(fault(FLAT, {"success": True, "code": [SECRET]})) is Malformed


def test_a_sentence_for_patients_holds_no_number_of_a_person() -> None:
    error = fault(FLAT, {"success": "false", "code": "40001", "msg": f"{SECRET} 13987650412 号源已满，请于8点30分再试"})
    assert error.patient_message == "*** *** 号源已满，请于8点30分再试"


@pytest.mark.parametrize("code", [SECRET, f"no {SECRET}", "患者", "x" * 21])
def test_what_stands_where_a_code_should_is_not_passed_on(code: str) -> None:
    assert fault(FLAT, {"success": "false", "code": code}).upstream_code is None
