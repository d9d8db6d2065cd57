"""Logging in over real sockets: WeChat and the platform played by the sandbox."""

import base64
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from redis import Redis

from app.settings import Settings
from sandbox.faults import Fault
from sandbox.platform.routes import PATIENT_INFO, PLACE
from sandbox.wechat.codes import openid_of
from sandbox.wechat.routes import APP_SECRET, INTERFACE
from tests.app.redis_server import RedisServer, redis_server
from tests.end_to_end.world import Answer, World, settings, world

SESSION = "session { accessToken expiresAt refreshToken refreshExpiresAt viewer { role patients { name relation } } }"
ERRORS = "userErrors { code field message }"
LOGIN = f"mutation($code: String!) {{ wechatLogin(input: {{code: $code}}) {{ {SESSION} {ERRORS} }} }}"
REFRESH = f"mutation($token: String!) {{ refreshLogin(input: {{refreshToken: $token}}) {{ {SESSION} {ERRORS} }} }}"
LOGOUT = f"mutation($token: String!) {{ logout(input: {{refreshToken: $token}}) {{ loggedOut {ERRORS} }} }}"
VIEWER = "{ viewer { role patients { name relation charges { totalCount } } } }"


def logged_in(town: World, account: str = "account-1") -> dict[str, Any]:
    session: dict[str, Any] = town.ask(LOGIN, {"code": town.login_code(account)}, None).data["wechatLogin"]["session"]
    return session


def codes_of(answer: Answer) -> list[str]:
    (payload,) = answer.data.values()
    assert not any(value for name, value in payload.items() if name != "userErrors")
    return [error["code"] for error in payload["userErrors"]]


def test_a_code_of_wx_login_opens_the_records_of_the_people_bound(fresh: World) -> None:
    session = logged_in(fresh)

    people = [fresh.sandbox.town.people[person] for person in ("p01", "p02")]
    assert session["viewer"]["role"] == "PATIENT"
    assert [patient["name"] for patient in session["viewer"]["patients"]] == [person.name for person in people]
    viewer = fresh.ask(VIEWER, token=session["accessToken"]).data["viewer"]
    assert [patient["relation"] for patient in viewer["patients"]] == ["SELF", "CHILD"]
    assert viewer["patients"][0]["charges"]["totalCount"] > 0


def test_a_token_of_ours_reaches_nobody_else(fresh: World) -> None:
    token = logged_in(fresh, "account-2")["accessToken"]
    other = next(card for card in fresh.sandbox.town.hospitals["253"].cards if card.person_id == "p01")

    query = 'query($n: String!) { patient(by: {card: {hospitalId: "253", number: $n}}) { name } }'
    assert fresh.ask(query, {"n": other.number}, token).codes == ["FORBIDDEN"]


def test_the_session_key_goes_nowhere(fresh: World) -> None:
    answer = fresh.ask(LOGIN, {"code": fresh.login_code()}, None)

    assert "session_key" not in str(answer.body)
    assert "sessionKey" not in str(answer.body)


def test_a_session_is_renewed_and_both_access_tokens_work(fresh: World) -> None:
    session = logged_in(fresh)
    renewed = fresh.ask(REFRESH, {"token": session["refreshToken"]}, None).data["refreshLogin"]["session"]

    assert renewed["refreshToken"] != session["refreshToken"]
    assert renewed["refreshExpiresAt"] == session["refreshExpiresAt"]
    for token in (session["accessToken"], renewed["accessToken"]):
        assert fresh.ask(VIEWER, token=token).data["viewer"]["role"] == "PATIENT"


def test_a_refresh_token_that_comes_twice_ends_everything(fresh: World) -> None:
    session = logged_in(fresh)
    renewed = fresh.ask(REFRESH, {"token": session["refreshToken"]}, None).data["refreshLogin"]["session"]

    assert codes_of(fresh.ask(REFRESH, {"token": session["refreshToken"]}, None)) == ["REFRESH_TOKEN_INVALID"]
    assert codes_of(fresh.ask(REFRESH, {"token": renewed["refreshToken"]}, None)) == ["REFRESH_TOKEN_INVALID"]
    for token in (session["accessToken"], renewed["accessToken"]):
        answer = fresh.ask(VIEWER, token=token)
        assert (answer.status, answer.codes) == (401, ["TOKEN_REVOKED"])


def test_logging_out_ends_both_tokens(fresh: World) -> None:
    session = logged_in(fresh)

    answer = fresh.ask(LOGOUT, {"token": session["refreshToken"]}, session["accessToken"])

    assert answer.data["logout"] == {"loggedOut": True, "userErrors": []}
    assert fresh.ask(VIEWER, token=session["accessToken"]).codes == ["TOKEN_REVOKED"]
    assert codes_of(fresh.ask(REFRESH, {"token": session["refreshToken"]}, None)) == ["REFRESH_TOKEN_INVALID"]


def test_logging_out_is_for_who_is_logged_in_and_logging_in_for_who_is_not(shared: World) -> None:
    session = logged_in(shared)

    assert shared.ask(LOGOUT, {"token": session["refreshToken"]}, None).codes == ["UNAUTHENTICATED"]
    for token in (session["accessToken"], shared.token("account-2"), shared.staff()):
        assert shared.ask(LOGIN, {"code": shared.login_code()}, token).codes == ["FORBIDDEN"]


def test_nobody_renews_or_ends_the_login_of_somebody_else(shared: World) -> None:
    session, other = logged_in(shared), logged_in(shared, "account-2")["accessToken"]

    for token in (other, shared.token("account-1"), shared.staff()):
        assert codes_of(shared.ask(REFRESH, {"token": session["refreshToken"]}, token)) == ["REFRESH_TOKEN_INVALID"]
        assert codes_of(shared.ask(LOGOUT, {"token": session["refreshToken"]}, token)) == ["REFRESH_TOKEN_INVALID"]
    assert shared.ask(REFRESH, {"token": session["refreshToken"]}, session["accessToken"]).data["refreshLogin"]


def test_all_that_can_be_wrong_with_a_code_or_token_is_answered_alike(shared: World) -> None:
    used = shared.login_code()
    shared.ask(LOGIN, {"code": used}, None)
    codes = [used, shared.login_code(seconds=0), "nonsense", "", "登录", "x" * 5000, "a\nb", "a&secret=b"]
    session = logged_in(shared)
    ended = logged_in(shared)
    shared.ask(LOGOUT, {"token": ended["refreshToken"]}, ended["accessToken"])
    tokens = ["", "nonsense", "登录", "x" * 5000, session["refreshToken"][:-2], session["accessToken"]]

    for query, name, wrong, code in (
        (LOGIN, "code", codes, "LOGIN_CODE_INVALID"),
        (REFRESH, "token", [*tokens, ended["refreshToken"]], "REFRESH_TOKEN_INVALID"),
    ):
        answers = [shared.ask(query, {name: value}, None).data for value in wrong]
        assert all(answer == answers[0] for answer in answers)
        assert code in str(answers[0])


@pytest.mark.parametrize(
    ("errcode", "code"), [("40226", "LOGIN_BLOCKED"), ("40029", "LOGIN_CODE_INVALID")], ids=["blocked", "invalid"]
)
def test_what_wechat_refuses_is_told_to_the_user(fresh: World, errcode: str, code: str) -> None:
    fresh.sandbox.faults.inject("wechat", INTERFACE, Fault(kind="refusal", code=errcode))

    assert codes_of(fresh.ask(LOGIN, {"code": fresh.login_code()}, None)) == [code]


@pytest.mark.parametrize(
    ("errcode", "code"),
    [("-1", "UPSTREAM_UNAVAILABLE"), ("45011", "RATE_LIMITED"), ("40125", "UPSTREAM_DENIED")],
)
def test_what_is_no_matter_of_the_users_is_an_error(fresh: World, errcode: str, code: str) -> None:
    fresh.sandbox.faults.inject("wechat", INTERFACE, Fault(kind="refusal", code=errcode))

    answer = fresh.ask(LOGIN, {"code": fresh.login_code()}, None)

    assert answer.codes == [code]
    assert "微信" in answer.body["errors"][0]["message"] or "登录" in answer.body["errors"][0]["message"]


def test_a_platform_that_is_down_logs_nobody_in_and_a_refresh_can_be_tried_again(fresh: World) -> None:
    session = logged_in(fresh)
    fresh.sandbox.faults.inject(PLACE, "bindings", Fault(kind="error"))
    assert fresh.ask(LOGIN, {"code": fresh.login_code()}, None).codes == ["UPSTREAM_UNAVAILABLE"]
    assert fresh.ask(REFRESH, {"token": session["refreshToken"]}, None).codes == ["UPSTREAM_UNAVAILABLE"]
    fresh.sandbox.faults.clear()

    assert fresh.ask(REFRESH, {"token": session["refreshToken"]}, None).data["refreshLogin"]["session"]


def test_who_has_bound_nobody_is_told_so(fresh: World) -> None:
    code = fresh.login_code("nobody-of-the-town")

    assert codes_of(fresh.ask(LOGIN, {"code": code}, None)) == ["ACCOUNT_UNKNOWN"]


def test_a_child_that_has_come_of_age_is_not_reached_with_its_parents_login(fresh: World) -> None:
    child = fresh.sandbox.town.people["p02"]
    child.birth_date = child.birth_date.replace(year=child.birth_date.year - 18)

    assert [patient["relation"] for patient in logged_in(fresh)["viewer"]["patients"]] == ["SELF"]
    assert fresh.sandbox.counters.count(PATIENT_INFO) == 2


def test_one_operation_logs_in_once_since_what_comes_next_is_asked_by_who_logged_in(fresh: World) -> None:
    twice = (
        "mutation($a: String!, $b: String!) {"
        f" first: wechatLogin(input: {{code: $a}}) {{ {SESSION} }}"
        f" second: wechatLogin(input: {{code: $b}}) {{ {SESSION} }} }}"
    )

    answer = fresh.ask(twice, {"a": fresh.login_code("account-1"), "b": fresh.login_code("account-2")}, None)

    assert answer.codes == ["FORBIDDEN"]
    assert answer.body["errors"][0]["path"] == ["second"]
    assert fresh.sandbox.counters.count(INTERFACE) == 1


def test_a_server_without_a_mini_program_says_so() -> None:
    with world(wechat=None) as town:
        for query, name in ((LOGIN, "code"), (REFRESH, "token")):
            assert codes_of(town.ask(query, {name: "x"}, None)) == ["LOGIN_UNSUPPORTED"]


def test_secrets_and_tokens_are_in_no_log_though_all_loggers_talk(
    fresh: World, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    code = fresh.login_code()
    session = fresh.ask(LOGIN, {"code": code}, None).data["wechatLogin"]["session"]
    renewed = fresh.ask(REFRESH, {"token": session["refreshToken"]}, None).data["refreshLogin"]["session"]
    fresh.ask(REFRESH, {"token": session["refreshToken"]}, None)
    fresh.ask(LOGIN, {"code": code}, None)

    out, err = capfd.readouterr()
    heard = caplog.text + out + err
    assert "refresh_token_reused" in heard
    tokens = [each[name] for each in (session, renewed) for name in ("accessToken", "refreshToken")]
    for secret in (APP_SECRET, code, *tokens):
        assert secret not in heard


@pytest.fixture(scope="module")
def two_replicas() -> Iterator[tuple[World, World, RedisServer]]:
    with redis_server() as redis, world(redis_url=redis.url) as first, world(redis_url=redis.url) as second:
        yield first, second, redis


def test_redis_keeps_nothing_of_who_has_logged_in(two_replicas: tuple[World, World, RedisServer]) -> None:
    town, _, server = two_replicas
    session = logged_in(town, "account-3")

    with Redis.from_url(server.url) as redis:
        kept = {key: redis.get(key) for key in redis.keys("patient-graph:login:*")}
    assert len(kept) == 1
    _, claims, _ = session["accessToken"].split(".")
    login_id = json.loads(base64.urlsafe_b64decode(claims + "=="))["sid"]
    for secret in ("account-3", openid_of("account-3"), login_id, session["refreshToken"], session["accessToken"]):
        assert secret not in str(kept)


def test_a_login_at_one_replica_is_renewed_and_ended_at_another(
    two_replicas: tuple[World, World, RedisServer],
) -> None:
    first, second, _ = two_replicas
    session = logged_in(first)

    renewed = second.ask(REFRESH, {"token": session["refreshToken"]}, None).data["refreshLogin"]["session"]
    assert second.ask(VIEWER, token=session["accessToken"]).data["viewer"]["role"] == "PATIENT"
    assert codes_of(first.ask(REFRESH, {"token": session["refreshToken"]}, None)) == ["REFRESH_TOKEN_INVALID"]
    assert codes_of(second.ask(REFRESH, {"token": renewed["refreshToken"]}, None)) == ["REFRESH_TOKEN_INVALID"]


def test_the_settings_hide_their_secrets() -> None:
    configured: Settings = settings("http://127.0.0.1:1")

    assert APP_SECRET not in repr(configured)
