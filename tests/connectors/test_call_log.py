"""A call that failed leaves a line that names it, and nothing of what was sent or answered."""

import pytest
from structlog.testing import capture_logs

from connectors.errors import ConnectorError
from connectors.records.base import CardRef
from connectors.records.people import CardHolder
from tests.connectors.golden import ScriptedTransport, connect

HOLDER = CardHolder(card=CardRef("253", "600000000000001"), name="样例甲", identity_number="370102197907025236")


async def lines(answer: str) -> list[dict[str, object]]:
    connection = connect("regional_wechat", ScriptedTransport(answer.encode()), ["253"], {})
    assert connection.billing
    with capture_logs() as logs, pytest.raises(ConnectorError):
        await connection.billing.charges(HOLDER)
    return [dict(line) for line in logs]


async def test_an_unreadable_answer_is_logged_with_its_place_not_its_value() -> None:
    (line,) = await lines('{"success": true, "code": "10001", "data": {"amount": "样例甲 owes", "detail": []}}')

    assert line["event"] == "hospital_call_failed"
    assert (line["system"], line["interface"], line["code"]) == ("golden", "3.1.1", "UPSTREAM_MALFORMED")
    assert "amount" in str(line["detail"])
    assert "owes" not in str(line)


async def test_a_refusal_is_logged_with_its_code_not_its_sentence() -> None:
    (line,) = await lines('{"success": false, "code": "60506", "msg": "卡号600000000000001不存在"}')

    assert (line["code"], line["upstream_code"]) == ("CARD_UNKNOWN", "60506")
    assert not any(secret in str(line) for secret in ("600000000000001", "样例甲", "370102197907025236"))
