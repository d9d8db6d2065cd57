"""The palm hospital's ten envelopes, and which interface uses which."""

import json
from importlib import resources

import pytest

from connectors.errors import ConnectorError, Malformed, Refused
from connectors.palm_hospital.envelopes import ENVELOPES
from connectors.palm_hospital.interfaces import INTERFACES
from connectors.records.problems import ProblemCode

HEAD = ("head-sign", "head-sign-string", "head-one", "head-one-string", "head-zero")
SUCCESS = {
    "head-sign": (1, 7, "1"),
    "head-sign-string": ("1", "200", 1),
    "head-one": (1, "1"),
    "head-one-string": ("1", 1),
    "head-zero": (0, "0"),
    "flat-one": (1, "1"),
    "flat-zero": (0, "0"),
    "flat-zero-string": ("0", 0),
    "flat-zero-string-fail-one": ("0", 0),
    "result-code": (0, "0"),
}
FAILURE = {
    "head-sign": (-1, 0, "-7"),
    "head-sign-string": ("-1", "0"),
    "head-one": (-1, 0, 2),
    "head-one-string": ("0", "2", "-1"),
    "head-zero": (1, -1),
    "flat-one": (0, -1),
    "flat-zero": (-1, 1),
    "flat-zero-string": ("-1", "1"),
    "flat-zero-string-fail-one": ("1", "-1"),
    "result-code": (-1, 1),
}


def answer(name: str, code: object) -> dict[str, object]:
    if name in HEAD:
        return {"head": {"code": code, "msg": "未找到患者"}}
    if name == "result-code":
        return {"ResultCode": code, "ResultMsg": "未找到患者"}
    return {"code": code, "msg": "未找到患者"}


@pytest.mark.parametrize(("name", "code"), [(name, code) for name, codes in SUCCESS.items() for code in codes])
def test_success(name: str, code: object) -> None:
    body = answer(name, code)
    assert ENVELOPES[name].open("palm", "/x", body) is body


@pytest.mark.parametrize(("name", "code"), [(name, code) for name, codes in FAILURE.items() for code in codes])
def test_a_failure_is_a_refusal_without_a_sentence_for_patients(name: str, code: object) -> None:
    with pytest.raises(Refused) as refusal:
        ENVELOPES[name].open("palm", "/x", answer(name, code))
    assert refusal.value.code is ProblemCode.REFUSED_BY_HOSPITAL
    assert refusal.value.upstream_code == str(code)
    assert refusal.value.patient_message is None
    assert "患者" not in str(refusal.value)


@pytest.mark.parametrize("name", ENVELOPES)
@pytest.mark.parametrize("body", [[], None, "1", {}, {"head": 1}, {"head": {"code": []}}, {"data": []}])
def test_an_answer_without_a_readable_status_is_malformed(name: str, body: object) -> None:
    with pytest.raises(ConnectorError) as failure:
        ENVELOPES[name].open("palm", "/x", body)
    assert isinstance(failure.value, Malformed)


def test_every_documented_interface_has_its_documented_envelope_and_content_type() -> None:
    facts = json.loads(resources.files("sandbox").joinpath("facts/palm-hospital.json").read_text(encoding="utf-8"))
    documented = {
        row["id"]: (ENVELOPES[row["envelope"]], row["content_type"])
        for row in facts["interfaces"]
        if row["envelope"] != "undocumented"
    }
    assert documented == {
        path: (interface.envelope, interface.content_type.name.partition(";")[0])
        for path, interface in INTERFACES.items()
    }
