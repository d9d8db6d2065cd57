"""What a hospital's system tells by itself, over real sockets: messages that people read, refunds that were made."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox.palm.outbound import Receiver
from sandbox.tokens import RECEPTION_SCOPE, staff_token, system_token
from tests.end_to_end.test_booking import card_at
from tests.end_to_end.test_nucleic_acid import HOSPITAL, book, cancel, first_slot, pay
from tests.end_to_end.world import HS256_SECRET, INBOUND_SECRET, World, world

MESSAGE, REFUND = "/template/hisSendMessage", "/refund/callback"
TOLD = {"category": "JZTX", "first_data": "您好，您的就诊即将开始", "data1": "内科", "data3": "三楼 2 诊室"}
REFUNDED = {"his_order_no": "HO-2", "business_no": "PF-2", "refund_time": "2026-03-04 09:30:00"}
MESSAGES = """query($card: ID!) { node(id: $card) { ... on Card { messages {
    category heading lines remark receivedAt appointmentId hospital { code } } } } }"""
REFUND_OF = """query($card: ID!, $id: ID!) { node(id: $card) { ... on Card { nucleicAcidTestAppointment(id: $id) {
    status refund { number status refundedAt } } } } }"""
YES = {MESSAGE: {"head": {"code": 1, "msg": "成功"}}, REFUND: {"code": 0, "msg": "回调成功"}}


def address(path: str, hospital: str = HOSPITAL) -> str:
    return f"/inbound/{hospital}{path}"


def tell(world: World, path: str, body: Any, *, secret: str | None = INBOUND_SECRET, **more: Any) -> httpx.Response:
    """Send what the hospital would; `content` in place of `body` where it is not JSON."""
    headers = {"Content-Type": "application/json"} | more.pop("headers", {})
    if secret is not None:
        headers["Authorization"] = f"Bearer {secret}"
    content = more.pop("content", None) or json.dumps(body).encode()
    return world.client.post(address(path, **more), content=content, headers=headers)


def patient_id(world: World, person: str = "p01") -> str:
    cards = world.sandbox.town.hospitals[HOSPITAL].cards
    return next(card.patient_id for card in cards if card.person_id == person)


def message(world: World, **changes: Any) -> dict[str, Any]:
    return TOLD | {"patient_id": patient_id(world)} | changes


def messages(world: World, token: str = "") -> Any:
    return world.ask(MESSAGES, {"card": card_at(world, HOSPITAL, token)}, token).data["node"]["messages"]


def refund_of(world: World, appointment: str) -> Any:
    variables = {"card": card_at(world, HOSPITAL), "id": appointment}
    return world.ask(REFUND_OF, variables).data["node"]["nucleicAcidTestAppointment"]["refund"]


def reason(path: str, response: httpx.Response) -> str:
    """Why it was not taken, in the envelope that the interface has."""
    assert response.status_code == 200
    body = response.json()
    status = body["head"] if path == MESSAGE else body
    assert status["code"] == -1
    told: str = status["msg"]
    return told


def listen(world: World) -> None:
    """Let the hospital tell this server by itself."""
    world.sandbox.palm.receiver = Receiver(f"{world.url}/inbound/{HOSPITAL}", INBOUND_SECRET)


def cancelled(world: World, key: str = "nucleic-0001", refund: str = "HO-2") -> str:
    """A test that was booked, paid and cancelled."""
    appointment: str = book(world, first_slot(world), key)["appointment"]["id"]
    assert pay(world, appointment, f"paying-{key}", hospitalOrderNumber=None)["userErrors"] == []
    assert cancel(world, appointment, f"cancelling-{key}", refundOrderNumber=refund)["userErrors"] == []
    return appointment


def use_inbound(world: World) -> None:
    """Everything that the hospital tells by itself, once, and where people see it."""
    listen(world)
    assert world.sandbox.palm.tell(MESSAGE, message(world)) == YES[MESSAGE]
    assert [each["heading"] for each in messages(world)] == [TOLD["first_data"]]
    appointment = cancelled(world, "inbound-0001", "HO-inbound-2")
    until = time.monotonic() + 10
    # The hospital counts it once it has read the yes.
    while not world.sandbox.counters.count(REFUND):
        assert time.monotonic() < until, "the hospital did not tell of the refund"
        time.sleep(0.02)
    assert refund_of(world, appointment)["status"] == "CONFIRMED"
    world.sandbox.palm.receiver = None


def test_a_message_is_read_by_whom_it_is_for(fresh: World) -> None:
    sent = message(fresh, remark_data="请携带就诊卡", appointment_id="A-77", data2="", data10=" 尾行 ")

    response = tell(fresh, MESSAGE, sent)

    assert (response.status_code, response.json()) == (200, YES[MESSAGE])
    (found,) = messages(fresh)
    assert found.pop("receivedAt").endswith("+08:00")
    assert found.pop("appointmentId")
    assert found == {
        "category": "JZTX",
        "heading": "您好，您的就诊即将开始",
        "lines": ["内科", "三楼 2 诊室", "尾行"],
        "remark": "请携带就诊卡",
        "hospital": {"code": HOSPITAL},
    }
    assert messages(fresh, fresh.token("account-2")) == []


def test_the_newest_message_comes_first_and_a_repeat_changes_nothing(fresh: World) -> None:
    for text in ("一", "二", "一"):
        assert tell(fresh, MESSAGE, message(fresh, first_data=text)).json() == YES[MESSAGE]

    assert [each["heading"] for each in messages(fresh)] == ["二", "一"]


def test_messages_are_neither_kept_with_answers_nor_shown_late(fresh: World) -> None:
    token = fresh.token()
    for text in ("一", "二", "三"):
        tell(fresh, MESSAGE, message(fresh, first_data=text))
        for _ in range(2):
            assert messages(fresh, token)[0]["heading"] == text


def test_messages_are_out_of_reach_for_others(fresh: World) -> None:
    tell(fresh, MESSAGE, message(fresh))
    mine = {"card": card_at(fresh, HOSPITAL)}

    assert fresh.ask(MESSAGES, mine, fresh.token("account-2")).codes == ["FORBIDDEN"]
    assert fresh.ask(MESSAGES, mine, None).codes == ["UNAUTHENTICATED"]
    assert fresh.ask(MESSAGES, mine, fresh.staff(["253"])).codes == ["FORBIDDEN"]
    reception = staff_token(HS256_SECRET, [HOSPITAL], scope=RECEPTION_SCOPE)
    assert fresh.ask(MESSAGES, mine, reception).codes == ["FORBIDDEN"]
    assert fresh.ask(MESSAGES, mine, system_token(HS256_SECRET, [HOSPITAL])).data["node"]["messages"]
    number = next(card.number for card in fresh.sandbox.town.hospitals[HOSPITAL].cards if card.person_id == "p01")
    by_staff = """query($n: String!) { patient(by: {card: {hospitalId: "501", number: $n}}) {
        cards { messages { heading } } } }"""
    shown = fresh.ask(by_staff, {"n": number}, fresh.staff([HOSPITAL])).data["patient"]["cards"][0]["messages"]
    assert [each["heading"] for each in shown] == [TOLD["first_data"]]


def test_a_hospital_that_does_not_send_says_so(shared: World) -> None:
    answer = shared.ask(MESSAGES, {"card": card_at(shared, "253")})
    assert answer.codes == ["UNSUPPORTED_BY_HOSPITAL"]
    capabilities = "query($id: ID!) { hospital(id: $id) { capabilities } }"
    offered = {key: shared.ask(capabilities, {"id": key}).data["hospital"]["capabilities"] for key in ("253", "501")}
    assert ["MESSAGES" in offered[key] for key in ("253", "501")] == [False, True]


@pytest.mark.parametrize("secret", [None, "x", INBOUND_SECRET[:-1], INBOUND_SECRET + "x", INBOUND_SECRET.upper()])
@pytest.mark.parametrize("path", [MESSAGE, REFUND])
def test_who_shows_no_secret_tells_nothing(shared: World, path: str, secret: str | None) -> None:
    response = tell(shared, path, message(shared) if path == MESSAGE else REFUNDED, secret=secret)
    assert response.status_code == 401
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert messages(shared) == []


def test_a_patients_and_a_members_of_staff_token_are_no_secrets(shared: World) -> None:
    for token in (shared.token(), shared.staff()):
        assert tell(shared, MESSAGE, message(shared), secret=token).status_code == 401


@pytest.mark.parametrize(
    ("hospital", "path"),
    [("999", MESSAGE), ("253", MESSAGE), ("253", REFUND), (HOSPITAL, "/recharge"), (HOSPITAL, "/refund/callback/")],
)
def test_where_nothing_is_configured_there_is_nothing(shared: World, hospital: str, path: str) -> None:
    response = tell(shared, path, REFUNDED, hospital=hospital)
    nowhere = shared.client.post("/nowhere")
    assert (response.status_code, response.text) == (404, nowhere.text)
    assert {*response.headers} == {*nowhere.headers}


def test_it_is_posted_as_json_of_a_bounded_size(shared: World) -> None:
    got = shared.client.get(address(MESSAGE), headers={"Authorization": f"Bearer {INBOUND_SECRET}"})
    assert (got.status_code, got.headers["allow"]) == (405, "POST")
    plain = tell(shared, MESSAGE, message(shared), headers={"Content-Type": "text/plain"})
    assert plain.status_code == 415
    assert tell(shared, MESSAGE, message(shared, data1="x" * 1_100_000)).status_code == 413


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (path, content)
        for path in (MESSAGE, REFUND)
        for content in (
            b"{",
            b"[]",
            b'"x"',
            b"null",
            b"\xff\xfe",
            b"[" * 100_000,
            b'{"category": "a", "category": "b"}',
            b'{"his_order_no": NaN}',
            b"9" * 5000,
        )
    ],
)
def test_what_is_no_object_of_json_is_answered_in_the_envelope(shared: World, path: str, content: bytes) -> None:
    assert reason(path, tell(shared, path, None, content=content)) == "参数格式错误"


@pytest.mark.parametrize(
    ("path", "change", "why"),
    [
        (MESSAGE, {"category": None}, "缺少参数 category"),
        (MESSAGE, {"patient_id": " "}, "缺少参数 patient_id"),
        (MESSAGE, {"first_data": ""}, "缺少参数 first_data"),
        (MESSAGE, {"first_data": ["secretive"]}, "参数格式错误 first_data"),
        (MESSAGE, {"data4": "secretive" * 100}, "参数格式错误 data4"),
        (MESSAGE, {"remark_data": "secretive\x00"}, "参数格式错误 remark_data"),
        (MESSAGE, {"data1": "secretive\ud800"}, "参数格式错误 data1"),
        (REFUND, {"his_order_no": None}, "缺少参数 his_order_no"),
        (REFUND, {"business_no": {}}, "参数格式错误 business_no"),
        (REFUND, {"refund_time": "2026-02-30 09:30:00"}, "日期格式错误 refund_time"),
        (REFUND, {"refund_time": "secretive"}, "日期格式错误 refund_time"),
        (REFUND, {"refund_time": "2026-03-04T09:30:00"}, "日期格式错误 refund_time"),
    ],
)
def test_what_is_missing_or_wrong_is_named_and_never_quoted(
    shared: World, path: str, change: dict[str, Any], why: str
) -> None:
    given = message(shared) if path == MESSAGE else REFUNDED
    assert reason(path, tell(shared, path, given | change)) == why
    assert messages(shared) == []


def test_secrets_change_without_a_gap() -> None:
    older, newer = ("the-secret-of-last-year-32-characters", "the-secret-of-this-year-32-characters")
    with world(hospitals=hospitals(secrets=[newer, older])) as town:
        for secret, status in ((older, 200), (newer, 200), (INBOUND_SECRET, 401)):
            assert tell(town, MESSAGE, message(town), secret=secret).status_code == status


def hospitals(**inbound: Any) -> list[dict[str, Any]]:
    """The town's palm hospital, with other settings for what comes in."""
    inbound = {"secrets": [INBOUND_SECRET]} | inbound
    return [
        {"id": "253", "name": "县人民医院", "system": "regional"},
        {"id": HOSPITAL, "name": "掌上医院", "system": "palm", "inbound": inbound},
    ]


def test_the_hospital_tells_by_itself_when_money_is_back(fresh: World) -> None:
    use_inbound(fresh)
    assert fresh.sandbox.counters.count(REFUND) == 1
    assert fresh.sandbox.counters.count(MESSAGE) == 1


@pytest.fixture
def few() -> Iterator[World]:
    with world(limits={"system_rate": "3/minute", "address_rate": "1000/minute"}) as town:
        yield town


def test_a_hospital_has_a_rate(few: World) -> None:
    answers = [tell(few, MESSAGE, message(few, first_data=str(number))).status_code for number in range(5)]
    assert answers == [200, 200, 200, 429, 429]
