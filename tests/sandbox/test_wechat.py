"""The sandbox's WeChat and platform, asked as somebody would who knows the documents only."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox.app import create_app
from sandbox.exchange import Sandbox
from sandbox.faults import Fault
from sandbox.platform.routes import BINDINGS_TOKEN, PATIENT_INFO
from sandbox.serving import running
from sandbox.wechat.codes import LoginCodes, openid_of
from sandbox.wechat.routes import APP_ID, APP_SECRET, INTERFACE, PLACE

ASKING = {"appid": APP_ID, "secret": APP_SECRET, "grant_type": "authorization_code"}


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Sandbox, httpx.Client]]:
    sandbox = Sandbox()
    with running(create_app(sandbox)) as address, httpx.Client(base_url=address, trust_env=False) as client:
        yield sandbox, client


@pytest.fixture
def sandbox(served: tuple[Sandbox, httpx.Client]) -> Sandbox:
    served[0].reset()
    return served[0]


@pytest.fixture
def client(served: tuple[Sandbox, httpx.Client]) -> httpx.Client:
    return served[1]


def session(client: httpx.Client, **changes: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/wechat/{INTERFACE}", params=ASKING | changes).json()
    return answer


def platform(client: httpx.Client, path: str, body: object, token: str = BINDINGS_TOKEN) -> httpx.Response:
    return client.post(f"/platform/{path}", json=body, headers={"Authorization": f"Bearer {token}"})


def test_a_drawn_code_is_good_once(sandbox: Sandbox, client: httpx.Client) -> None:
    code = client.post("/_sandbox/login-codes", json={"account": "account-2"}).json()["code"]

    first, second = session(client, js_code=code), session(client, js_code=code)
    assert first["openid"] == openid_of("account-2")
    assert len(first["openid"]) == 28
    assert first["session_key"]
    assert second["errcode"] == 40029
    assert sandbox.counters.snapshot() == {f"{PLACE} {INTERFACE}": 2}


def test_a_code_has_its_time() -> None:
    now = [0.0]
    codes = LoginCodes(clock=lambda: now[0])
    early, late = codes.issue("o"), codes.issue("o")
    now[0] = 299
    assert codes.use(early) == "o"
    now[0] = 300
    assert codes.use(late) is None


@pytest.mark.parametrize(
    ("changes", "errcode"),
    [
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
        ({"js_code": ""}, 41008),
        ({"appid": "wx1"}, 40013),
        ({"secret": "guess"}, 40125),
        ({"grant_type": "client_credential"}, 40002),
    ],
)
def test_what_is_missing_or_wrong_has_its_code_and_uses_no_code_up(
    sandbox: Sandbox, client: httpx.Client, changes: dict[str, str], errcode: int
) -> None:
    code = sandbox.login_codes.issue(openid_of("account-1"))

    assert session(client, **({"js_code": code} | changes))["errcode"] == errcode
    assert session(client, js_code=code)["openid"]


def test_faults_are_in_wechats_own_form(sandbox: Sandbox, client: httpx.Client) -> None:
    for code in ("-1", "45011", "made-up"):
        sandbox.faults.inject(PLACE, INTERFACE, Fault(kind="refusal", code=code, times=1))

    assert [session(client, js_code="c")["errcode"] for _ in range(4)] == [-1, 45011, -1, 40029]


def test_the_platform_tells_who_has_a_card_of_its_hospitals(sandbox: Sandbox, client: httpx.Client) -> None:
    cards = sandbox.town.hospitals
    regional, palm = cards["253"].cards[0], cards["501"].cards[0]
    path = "prefront/patient/getPatientInfo"

    known = platform(client, path, {"medicalCardNumber": regional.number}).json()
    assert known["data"]["idCardNo"] == sandbox.town.people[regional.person_id].identity_number
    assert platform(client, path, {"medicalCardNumber": palm.number}).json()["code"] == "60506"
    assert platform(client, path, {}).json()["code"] == "20001"
    assert platform(client, path, []).json()["code"] == "20002"
    assert sandbox.counters.count(PATIENT_INFO) == 4


def test_bindings_are_for_those_with_the_token(sandbox: Sandbox, client: httpx.Client) -> None:
    known = {"openId": openid_of("account-3")}

    assert platform(client, "bindings", known, "guess").status_code == 401
    assert sandbox.counters.total() == 0
    people = platform(client, "bindings", known).json()["data"]["people"]
    assert [(person["personId"], person["relation"]) for person in people] == sandbox.town.accounts["account-3"].people
    assert platform(client, "bindings", {"openId": "oNobody"}).json()["code"] == "10002"
    assert platform(client, "bindings", {"openId": 1}).json()["code"] == "20001"
