"""`POST /prefront/...` as documented, and `POST /bindings`, which no document has."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.exchange import Sandbox, exchange
from sandbox.regional import facts
from sandbox.regional.envelope import MISSING_PARAMETER, NOTHING_FOUND, WRONG_TYPE, Answer, Refused, refusal, success
from sandbox.regional.routes import platform as regional_hospitals
from sandbox.regional.wording import SEX
from sandbox.town.model import Card, Town
from sandbox.town.numbers import PALM_HOSPITALS
from sandbox.wechat.codes import openid_of

BINDINGS_TOKEN = "sandbox-bindings-token-of-nobody-32"  # noqa: S105 # made up
PLACE = "platform"
PATIENT_INFO = "1.3.1"

Body = Mapping[str, Any]


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """What is documented has no credentials; the bindings want a token."""

    async def patient_info(request: Request) -> Response:
        return await _exchanged(sandbox, request, PATIENT_INFO, _patient_info)

    async def bindings(request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {BINDINGS_TOKEN}":
            return PlainTextResponse("Unauthorized", status_code=401)
        return await _exchanged(sandbox, request, "bindings", _bindings)

    path = facts.platform_interfaces()[PATIENT_INFO]["http_path"]
    return [Route(f"/{path}", patient_info, methods=["POST"]), Route("/bindings", bindings, methods=["POST"])]


async def _exchanged(
    sandbox: Sandbox, request: Request, interface: str, answer: Callable[[Town, Body], Answer]
) -> Response:
    raw = await request.body()

    def work() -> Answer:
        try:
            body = json.loads(raw)
            return answer(sandbox.town, body) if isinstance(body, dict) else refusal(WRONG_TYPE)
        except ValueError:
            return refusal(WRONG_TYPE)
        except Refused as refused:
            return refusal(refused.code, refused.message)

    request_id = request.headers.get("x-request-id", "")
    return await exchange(sandbox, [PLACE], interface, work, refuse=refusal, request_id=request_id)


def _patient_info(town: Town, body: Body) -> Answer:
    """Who has a card (1.3.1); the platform knows the cards of the hospitals that it is for."""
    facts.check_fields(facts.platform_interfaces()[PATIENT_INFO]["request"], body)
    wanted = str(body["medicalCardNumber"]).strip()
    hospitals = [town.hospitals[hospital_id] for hospital_id in regional_hospitals(town)]
    card = next((card for hospital in hospitals for card in hospital.cards if card.number == wanted), None)
    if card is None:
        return refusal("60506")
    person = town.people[card.person_id]
    return success(
        {
            "name": person.name,
            "phone": person.phone,
            "sex": SEX[person.gender],
            "gender": "1" if person.gender == "M" else "2",
            "address": person.address,
            "birthdate": person.birth_date.isoformat(),
            "idCardNo": person.identity_number,
            "medicalCardNumber": card.number,
        }
    )


def _bindings(town: Town, body: Body) -> Answer:
    """The account of an openid, its people and their cards at every hospital."""
    openid = body.get("openId")
    if not isinstance(openid, str) or not openid:
        return refusal(MISSING_PARAMETER)
    account = next((account for account in town.accounts.values() if openid_of(account.id) == openid), None)
    if account is None:
        return refusal(NOTHING_FOUND)
    people = [
        {"personId": person_id, "relation": relation, "cards": [_card(card) for card in _cards(town, person_id)]}
        for person_id, relation in account.people
    ]
    return success({"accountId": account.id, "people": people})


def _cards(town: Town, person_id: str) -> Iterator[Card]:
    return (card for hospital in town.hospitals.values() for card in hospital.cards if card.person_id == person_id)


def _card(card: Card) -> dict[str, str]:
    written = {"hospitalId": card.hospital_id, "medicalCardNumber": card.number}
    if card.hospital_id in PALM_HOSPITALS:
        written["patientId"] = card.patient_id
    return written
