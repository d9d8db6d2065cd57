"""Who is bound to an account, asked of the sandbox's platform and of one that answers as a test says."""

import datetime as dt
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import pytest

from connectors.core.cache import NoCache
from connectors.core.config import Machinery, SystemConfig
from connectors.core.kinds import keyed_digest
from connectors.core.transport import HttpxTransport, Limits
from connectors.errors import ConnectorError, Denied, Malformed, Unavailable
from connectors.prefront import Options, Platform, connect
from connectors.records.accounts import Account
from connectors.records.base import CardRef
from sandbox.app import create_app
from sandbox.exchange import Sandbox
from sandbox.faults import Fault
from sandbox.platform.routes import BINDINGS_TOKEN, PATIENT_INFO, PLACE
from sandbox.serving import running
from sandbox.wechat.codes import openid_of

URL = "http://platform.test"


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Sandbox, str]]:
    sandbox = Sandbox()
    with running(create_app(sandbox)) as address:
        yield sandbox, f"{address}/platform"


@pytest.fixture
def sandbox(served: tuple[Sandbox, str]) -> Sandbox:
    served[0].reset()
    return served[0]


def platform(address: str, transport: Any = HttpxTransport, **options: Any) -> Platform:
    said = {"base_url": address, "bindings_url": f"{address}/bindings", "bindings_token": BINDINGS_TOKEN} | options
    config = SystemConfig(
        name="platform", vendor="prefront", hospitals={}, options=Options.model_validate(said), limits=Limits()
    )
    return connect(config, Machinery(cache=NoCache(), digest=keyed_digest(b"k" * 32), transport=transport))


@pytest.fixture
async def town(served: tuple[Sandbox, str]) -> AsyncIterator[Platform]:
    made = platform(served[1])
    yield made
    await made.bindings.close()


async def test_an_accounts_people_come_with_relation_cards_and_birth_date(sandbox: Sandbox, town: Platform) -> None:
    account = await town.bindings.account_of(openid_of("account-1"))

    assert account is not None
    assert account.id == "account-1"
    self_, child = account.people
    assert [(person.person_id, person.relation) for person in (self_, child)] == [("p01", "self"), ("p02", "child")]
    assert self_.birth_date == sandbox.town.people["p01"].birth_date
    assert child.birth_date == sandbox.town.people["p02"].birth_date
    cards = [card for hospital in sandbox.town.hospitals.values() for card in hospital.cards]
    assert {card[:2] for card in self_.cards} == {
        (card.hospital_id, card.number) for card in cards if card.person_id == "p01"
    }
    assert {card.hospital_id for card in self_.cards if card.patient_id} == {"501"}


async def test_an_unknown_openid_has_no_account(sandbox: Sandbox, town: Platform) -> None:
    assert await town.bindings.account_of("oNobody") is None
    assert sandbox.counters.count(PATIENT_INFO) == 0


async def test_a_person_without_cards_or_unknown_to_the_platform_has_no_birth_date(
    sandbox: Sandbox, town: Platform
) -> None:
    # Their only card is one that the palm hospital gave out itself.
    sandbox.town.accounts["account-4"].people.append(("p14", "other"))

    account = await town.bindings.account_of(openid_of("account-4"))

    assert account is not None
    assert [(person.person_id, person.birth_date) for person in account.people] == [("p20", None), ("p14", None)]


async def test_a_wrong_token_is_denied(served: tuple[Sandbox, str]) -> None:
    stranger = platform(served[1], bindings_token="another-token")

    with pytest.raises(Denied):
        await stranger.bindings.account_of(openid_of("account-1"))
    await stranger.bindings.close()


async def test_an_account_without_birth_dates_is_no_answer_while_the_platform_fails(
    sandbox: Sandbox, town: Platform
) -> None:
    sandbox.faults.inject(PLACE, PATIENT_INFO, Fault(kind="error"))

    with pytest.raises(Unavailable):
        await town.bindings.account_of(openid_of("account-1"))


class Answering:
    """A platform that answers bindings with `data`, and knows one person."""

    def __init__(self, data: Any) -> None:
        self.data = data
        self.sent: list[tuple[str, Any, Mapping[str, str]]] = []

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        self.sent.append((url, json.loads(body), headers))
        person = {"name": "样例甲", "sex": "男", "gender": "1", "birthdate": "2018-07-20", "medicalCardNumber": "1"}
        data = self.data if url.endswith("/bindings") else person
        return json.dumps({"success": True, "msg": "", "code": "10001", "data": data}).encode()

    async def close(self) -> None:
        return None


async def account_of(data: Any, **options: Any) -> tuple[Account | None, Answering]:
    answering = Answering(data)
    return await platform(URL, lambda _: answering, **options).bindings.account_of("oSomebody"), answering


async def test_the_openid_goes_out_in_the_body_and_the_token_in_a_header() -> None:
    _, answering = await account_of({"accountId": "a", "people": []})

    ((url, body, headers),) = answering.sent
    assert url == f"{URL}/bindings"
    assert body == {"openId": "oSomebody"}
    assert headers["Authorization"] == f"Bearer {BINDINGS_TOKEN}"


async def test_the_token_is_for_the_bindings_alone() -> None:
    card = {"hospitalId": "253", "medicalCardNumber": "1"}
    _, answering = await account_of({"accountId": "a", "people": [{"personId": "p", "cards": [card]}]})

    assert [url for url, _, headers in answering.sent if "Authorization" in headers] == [f"{URL}/bindings"]
    assert len(answering.sent) == 2


async def test_hospitals_are_called_by_our_names() -> None:
    card = {"hospitalId": "9", "medicalCardNumber": " 1 ", "patientId": 7}
    account, _ = await account_of(
        {"accountId": "a", "people": [{"personId": "p", "cards": [card]}]}, hospital_ids={"253": "9"}
    )

    assert account is not None
    assert account.people[0].cards == [CardRef("253", "1", "7")]
    assert account.people[0].birth_date == dt.date(2018, 7, 20)


async def test_birth_dates_that_the_bindings_tell_are_not_asked_for() -> None:
    card = {"hospitalId": "253", "medicalCardNumber": "1"}
    person = {"personId": "p", "birthDate": "1990-01-02", "cards": [card]}
    account, answering = await account_of({"accountId": "a", "people": [person]})

    assert account is not None
    assert account.people[0].birth_date == dt.date(1990, 1, 2)
    assert len(answering.sent) == 1


async def test_the_first_card_that_the_platform_knows_tells_the_birth_date(sandbox: Sandbox, town: Platform) -> None:
    hospitals = sandbox.town.hospitals
    # The palm hospital's own card comes first then.
    sandbox.town.hospitals = {key: hospitals[key] for key in ("501", "253", "254")}

    account = await town.bindings.account_of(openid_of("account-2"))

    assert account is not None
    (person,) = account.people
    assert person.cards[0].hospital_id == "501"
    assert person.birth_date == sandbox.town.people["p03"].birth_date
    assert sandbox.counters.count(PATIENT_INFO) == 2


async def test_an_unknown_relation_is_another() -> None:
    people = [{"personId": name, "relation": name} for name in ("parent", "neighbour")]
    account, _ = await account_of({"accountId": "a", "people": people})

    assert account is not None
    assert [person.relation for person in account.people] == ["parent", "other"]


@pytest.mark.parametrize(
    "data",
    [
        {"people": []},
        {"accountId": "a", "people": [{"relation": "self"}]},
        {"accountId": "a", "people": [{"personId": "p", "cards": [{"hospitalId": "253"}]}]},
        {"accountId": "a", "people": [{"personId": "p", "cards": [{"hospitalId": "253", "medicalCardNumber": ""}]}]},
        {"accountId": "a", "people": [{"personId": "p", "cards": ["370102199001015236"]}]},
        {"accountId": "a", "people": ["370102199001015236"]},
    ],
)
async def test_an_answer_of_another_shape_is_malformed_and_not_quoted(data: Any) -> None:
    with pytest.raises(ConnectorError) as caught:
        await account_of(data)

    assert isinstance(caught.value, Malformed)
    assert "370102199001015236" not in repr(vars(caught.value))
