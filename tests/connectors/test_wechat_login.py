"""A login code for an openid, at the sandbox's WeChat and at servers that behave as it should not."""

import logging
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from structlog.testing import capture_logs

from connectors.core import deadline
from connectors.core.transport import Limits
from connectors.errors import ConnectorError, Denied, Malformed, RateLimited, Refused, Unavailable
from connectors.wechat import Options, WechatLogin
from sandbox.app import create_app
from sandbox.exchange import Sandbox
from sandbox.faults import Fault
from sandbox.serving import running
from sandbox.wechat.codes import openid_of
from sandbox.wechat.routes import APP_ID, APP_SECRET, INTERFACE, PLACE

LIMITS = Limits(connect_seconds=1.0, read_seconds=0.5, connections=4, response_bytes=2000)
OPENID = openid_of("account-1")


def connected(address: str, secret: str = APP_SECRET) -> WechatLogin:
    return WechatLogin(Options(base_url=address, app_id=APP_ID, app_secret=SecretStr(secret)), LIMITS)


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Sandbox, str]]:
    sandbox = Sandbox()
    with running(create_app(sandbox)) as address:
        yield sandbox, f"{address}/wechat"


@pytest.fixture
def sandbox(served: tuple[Sandbox, str]) -> Sandbox:
    served[0].reset()
    return served[0]


@pytest.fixture
async def wechat(served: tuple[Sandbox, str]) -> AsyncIterator[WechatLogin]:
    login = connected(served[1])
    yield login
    await login.close()


async def failure(login: WechatLogin, code: str) -> ConnectorError:
    with pytest.raises(ConnectorError) as caught:
        await login.owner(code)
    return caught.value


async def test_a_code_is_good_for_its_owners_openid_once(sandbox: Sandbox, wechat: WechatLogin) -> None:
    code = sandbox.login_codes.issue(OPENID)

    assert await wechat.owner(code) == OPENID
    assert (await failure(wechat, code)).code.value == "LOGIN_CODE_INVALID"


async def test_an_old_code_is_not_taken(sandbox: Sandbox, wechat: WechatLogin) -> None:
    error = await failure(wechat, sandbox.login_codes.issue(OPENID, seconds=0))

    assert isinstance(error, Refused)
    assert error.upstream_code == "40029"


@pytest.mark.parametrize(
    ("errcode", "kind", "code"),
    [
        ("-1", Unavailable, "UPSTREAM_UNAVAILABLE"),
        ("40029", Refused, "LOGIN_CODE_INVALID"),
        ("45011", RateLimited, "RATE_LIMITED"),
        ("40226", Refused, "LOGIN_BLOCKED"),
        ("40013", Denied, "UPSTREAM_DENIED"),
        ("40125", Denied, "UPSTREAM_DENIED"),
    ],
)
async def test_each_documented_code_has_a_stable_one(
    sandbox: Sandbox, wechat: WechatLogin, errcode: str, kind: type[ConnectorError], code: str
) -> None:
    sandbox.faults.inject(PLACE, INTERFACE, Fault(kind="refusal", code=errcode))

    error = await failure(wechat, sandbox.login_codes.issue(OPENID))

    assert type(error) is kind
    assert (error.code.value, error.upstream_code) == (code, errcode)
    assert error.patient_message


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(kind="error"), "UPSTREAM_UNAVAILABLE"),
        (Fault(kind="drop"), "UPSTREAM_UNAVAILABLE"),
        (Fault(kind="timeout", seconds=2), "UPSTREAM_TIMEOUT"),
        (Fault(kind="malformed"), "UPSTREAM_MALFORMED"),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
async def test_a_failing_wechat_is_called_once_and_told_of(
    sandbox: Sandbox, wechat: WechatLogin, fault: Fault, code: str
) -> None:
    sandbox.faults.inject(PLACE, INTERFACE, fault)

    assert (await failure(wechat, sandbox.login_codes.issue(OPENID))).code.value == code
    assert sandbox.counters.count(INTERFACE) == 1


async def test_nobody_waits_longer_than_the_requests_deadline(sandbox: Sandbox, wechat: WechatLogin) -> None:
    sandbox.faults.inject(PLACE, INTERFACE, Fault(kind="delay", seconds=0.4))

    with deadline.within(0.05):
        assert (await failure(wechat, sandbox.login_codes.issue(OPENID))).code.value == "UPSTREAM_TIMEOUT"


@contextmanager
def answering(answer: Callable[[Request], Response]) -> Iterator[str]:
    async def serve(request: Request) -> Response:
        return answer(request)

    with running(Starlette(routes=[Route(f"/{INTERFACE}", serve)])) as address:
        yield address


@pytest.mark.parametrize(
    "body",
    [[], "text", 1, None, {}, {"openid": ""}, {"openid": ["x"]}, {"openid": "x" * 129}, {"errcode": {}}],
    ids=repr,
)
async def test_an_answer_without_an_openid_is_malformed(body: Any) -> None:
    with answering(lambda _: JSONResponse(body)) as address:
        login = connected(address)
        assert isinstance(await failure(login, "code"), Malformed)
        await login.close()


async def test_an_answer_may_call_success_by_its_code() -> None:
    body = {"errcode": 0, "errmsg": "ok", "openid": OPENID, "session_key": "key", "unionid": "u"}
    with answering(lambda _: JSONResponse(body)) as address:
        login = connected(address)
        assert await login.owner("code") == OPENID
        await login.close()


async def test_an_undocumented_code_is_an_outage_and_is_not_repeated() -> None:
    with answering(lambda _: JSONResponse({"errcode": "370102199001015236"})) as address:
        login = connected(address)
        error = await failure(login, "code")
        await login.close()

    assert error.code.value == "UPSTREAM_UNAVAILABLE"
    assert "370102199001015236" not in told(error)


async def test_a_huge_answer_is_not_read_to_its_end() -> None:
    with answering(lambda _: PlainTextResponse("x" * 5000)) as address:
        login = connected(address)
        assert (await failure(login, "code")).detail == "answer too large"
        await login.close()


SECRET = "the-secret-of-the-mini-program"
CODE = "the-code-of-the-person"


def told(error: ConnectorError) -> str:
    return "\n".join(traceback.format_exception(error)) + repr(vars(error))


async def heard_of(address: str, caplog: pytest.LogCaptureFixture) -> str:
    """All that is logged and raised when somebody logs in there."""
    raised = ""
    with capture_logs() as lines:
        login = connected(address, SECRET)
        try:
            await login.owner(CODE)
        except ConnectorError as error:
            raised = told(error)
        await login.close()
    return f"{raised}\n{lines}\n{caplog.text}"


def quoting(request: Request) -> Response:
    return RedirectResponse(str(request.url.replace(path="/elsewhere")))


FAULTS = [
    Fault(kind="error"),
    Fault(kind="drop"),
    Fault(kind="timeout", seconds=2),
    Fault(kind="malformed"),
    Fault(kind="refusal", code="40125"),
    Fault(kind="refusal", code="-1"),
    Fault(kind="delay", seconds=1),
    None,
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.kind if fault else "wrong secret")
async def test_neither_secret_nor_code_is_heard_of_when_all_loggers_talk(
    served: tuple[Sandbox, str], sandbox: Sandbox, caplog: pytest.LogCaptureFixture, fault: Fault | None
) -> None:
    caplog.set_level(logging.DEBUG)
    if fault:
        sandbox.faults.inject(PLACE, INTERFACE, fault)

    heard = await heard_of(served[1], caplog)

    assert "login_code_not_taken" in heard
    assert SECRET not in heard
    assert CODE not in heard


@pytest.mark.parametrize("answer", [quoting, lambda request: PlainTextResponse(str(request.url), 400)])
async def test_what_quotes_the_address_is_not_heard_of_either(
    caplog: pytest.LogCaptureFixture, answer: Callable[[Request], Response]
) -> None:
    caplog.set_level(logging.DEBUG)
    with answering(answer) as address:
        heard = await heard_of(address, caplog)

    assert "HTTP 307" in heard or "HTTP 400" in heard
    assert SECRET not in heard
    assert CODE not in heard


async def test_nobody_there_is_an_outage_without_the_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    heard = await heard_of("http://127.0.0.1:9", caplog)

    assert "UPSTREAM_UNAVAILABLE" in heard
    assert SECRET not in heard


def test_the_secret_is_not_in_what_options_write_of_themselves() -> None:
    assert SECRET not in repr(Options(base_url="http://h", app_id="a", app_secret=SecretStr(SECRET)))
