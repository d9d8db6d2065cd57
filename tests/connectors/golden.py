"""Runs golden cases: the documented request goes out, the documented answer comes in, the expected record results.

A case is a JSON file: `interface`, `port` and `method` of the connection, `arguments`, `request` (path and body as
they must go out), `response` (as it comes in; text for a body that is no JSON), and `record` (what results, without
nulls) or `error` (class, code and message of what is raised).
"""

import json
import re
from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import TypeAdapter

from connectors.core.cache import NoCache
from connectors.core.claims import interface_of
from connectors.core.config import HospitalConfig, Machinery, SystemConfig
from connectors.core.kinds import keyed_digest
from connectors.errors import ConnectorError
from connectors.ports import Connection
from connectors.records.base import CardRef
from connectors.registry import vendor_options, vendor_package
from sandbox.regional import webservice

CASES = Path(__file__).parent.parent / "cases"
BASE = "http://hospital.test/base"


class ScriptedTransport:
    """Answers every call with the same bytes and remembers what was sent."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.sent: list[tuple[str, bytes, Mapping[str, str]]] = []

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        self.sent.append((url, body, headers))
        return self.answer

    async def close(self) -> None:
        return None


def connect(
    vendor: str, transport: ScriptedTransport, hospital_ids: list[str], options: Mapping[str, Any]
) -> Connection:
    config = SystemConfig(
        name="golden",
        vendor=vendor,
        hospitals={
            key: HospitalConfig(id=key, name=f"医院{key}", upstream_id=key, base_url=BASE) for key in hospital_ids
        },
        options=vendor_options(vendor).model_validate(options),
    )
    machinery = Machinery(cache=NoCache(), digest=keyed_digest(b"golden"), transport=lambda _: transport)
    connection: Connection = vendor_package(vendor).connect(config, machinery)
    return connection


def cases(vendor: str) -> list[Path]:
    return sorted((CASES / vendor).glob("*.json"))


def _cards_as_tuples(record: Any) -> Any:
    """Put references to cards, which cases write by name, as they are dumped."""
    if isinstance(record, list):
        return [_cards_as_tuples(each) for each in record]
    if not isinstance(record, dict):
        return record
    if {"hospital_id", "number"} <= record.keys() <= set(CardRef._fields):
        return [record.get(name) for name in CardRef._fields]
    return {name: _cards_as_tuples(each) for name, each in record.items()}


class ScriptedService(ScriptedTransport):
    """Does the same as a web service: the text of the message is what was sent, its method the end of the address."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        assert headers["Content-Type"].startswith("text/xml")
        method, text = webservice.asked(body)
        assert headers["SOAPAction"] == f'"{method}"'
        self.sent.append((f"{url}#{method}", text, {"Content-Type": "application/json"}))
        return webservice.reply(method, self.answer.decode()).encode()


def method_of(path: str) -> str:
    """What is called where a case has this path: the last part of the interface's name, or a name like a number's."""
    last = re.split(r"[/.]", path)[-1]
    return last if last.isidentifier() else re.sub(r"\W", "_", path.strip("/"))


def describe(vendor: str, folder: Path) -> Path:
    """Write the description of a service that has the interfaces of all cases."""
    paths = [json.loads(path.read_text())["request"]["path"] for path in cases(vendor)]
    described = folder / "service.wsdl"
    described.write_text(webservice.description(sorted({method_of(path) for path in paths})))
    return described


def _as_methods(options: Mapping[str, Any], service: Path) -> dict[str, Any]:
    paths = {name: f"/{method_of(path)}" for name, path in options.get("paths", {}).items()}
    return {**options, "paths": paths, "transport": "webservice", "wsdl": str(service)}


async def run_case(vendor: str, path: Path, service: Path | None = None) -> None:
    """Run it; over the web service that `service` describes, where one is named."""
    case = json.loads(path.read_text())  # noqa: ASYNC240 # a small file, read before anything else runs
    response, request, options = case["response"], case["request"], case.get("options", {})
    scripted = ScriptedTransport
    if service is not None:
        scripted, options = ScriptedService, _as_methods(options, service)
        request = request | {"path": f"#{method_of(request['path'])}"}
    transport = scripted(response.encode() if isinstance(response, str) else json.dumps(response).encode())
    connection = connect(vendor, transport, case.get("hospitals", ["253", "254"]), options)
    # What several ports share is named after one of them.
    method = getattr(attrgetter(case["port"])(connection), case["method"])
    assert interface_of(method) == case["interface"], "the case names another interface than the method"
    hints = get_type_hints(method)
    arguments = {name: TypeAdapter(hints[name]).validate_python(raw) for name, raw in case["arguments"].items()}
    outcome: object
    try:
        outcome = TypeAdapter(hints["return"]).dump_python(await method(**arguments), mode="json", exclude_none=True)
    except ConnectorError as error:
        outcome = {"class": type(error).__name__, "code": error.code.value, "message": error.patient_message}
        assert outcome == case["error"]
    else:
        assert outcome == _cards_as_tuples(case.get("record"))
    _assert_sent(transport, request)


def _assert_sent(transport: ScriptedTransport, request: Mapping[str, Any]) -> None:
    ((url, body, headers),) = transport.sent
    assert url == BASE + request["path"]
    if "form" in request:
        assert headers["Content-Type"].startswith("application/x-www-form-urlencoded")
        assert body.decode() == request["form"]
    else:
        assert headers["Content-Type"].startswith("application/json")
        assert json.loads(body) == request["body"]
