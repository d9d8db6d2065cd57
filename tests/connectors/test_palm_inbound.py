"""What a palm hospital sends: as documented it becomes a notice, as anything else a reason that quotes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from connectors.core.inbound import Inbound, Unreadable
from connectors.errors import Malformed
from connectors.palm_hospital import INBOUND
from sandbox.palm.facts import INTERFACES
from tests.connectors.golden import CASES

SERVED = {each.interface: each for each in INBOUND}
FILES = sorted((CASES / "palm_hospital" / "inbound").glob("*.json"))
NAMES = sorted({field.name for path in SERVED for field in INTERFACES[path].fields})
TEXT = st.text() | st.text(alphabet=st.characters(exclude_categories=()))
VALUES = st.none() | st.booleans() | st.integers() | st.floats() | TEXT | st.lists(TEXT) | st.dictionaries(TEXT, TEXT)


def dumped(notice: Any) -> Any:
    return TypeAdapter(type(notice)).dump_python(notice, mode="json", exclude_none=True)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_documented_call(path: Path) -> None:
    case = json.loads(path.read_text())
    served = SERVED[case["interface"]]
    told = None
    if "refused" in case:
        with pytest.raises(Unreadable) as caught:
            served.read(case["body"])
        told = str(caught.value)
        assert told == case["refused"]
    else:
        assert dumped(served.read(case["body"])) == case["record"]
    assert json.loads(served.answer(told)) == case["answer"]


@pytest.mark.parametrize("served", INBOUND, ids=lambda served: served.interface)
def test_its_own_answers_are_read_as_they_are_meant(served: Inbound) -> None:
    assert served.accepted(served.answer(None))
    assert not served.accepted(served.answer("处理中"))
    for unreadable in (b"", b"{", b"[]", b"{}", b"\xff"):
        with pytest.raises(Malformed):
            served.accepted(unreadable)


@pytest.mark.parametrize("served", INBOUND, ids=lambda served: served.interface)
@given(body=VALUES | st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_anything_else_is_refused_without_being_quoted(served: Inbound, body: Any) -> None:
    refused = ""
    try:
        notice = served.read(body)
    except Unreadable as fault:
        refused = str(fault)
    else:
        # What is taken can be written, kept and shown.
        assert json.dumps(dumped(notice), ensure_ascii=False).encode()
    sentence, _, name = refused.partition(" ")
    assert sentence in {"", "参数格式错误", "缺少参数", "日期格式错误"}
    assert name in {"", *NAMES}
