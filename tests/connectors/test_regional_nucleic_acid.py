"""What a nucleic-acid test is asked by."""

import pytest

from connectors.errors import Refused
from connectors.records.base import CardRef
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from tests.connectors.golden import ScriptedTransport, connect


async def test_nobody_is_asked_about_a_test_without_an_identity_number() -> None:
    transport = ScriptedTransport(b"{}")
    port = connect("regional_wechat", transport, ["253"], {}).nucleic_acid_tests
    assert port is not None
    with pytest.raises(Refused) as refused:
        await port.latest_nucleic_acid_test(CardHolder(card=CardRef("253", "7"), name="样例"))
    assert refused.value.code is ProblemCode.IDENTITY_NUMBER_MISSING
    assert transport.sent == []
