"""Messages of web services: what goes out, what comes in, what a description may hold."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pydantic import ValidationError

from connectors.core.cache import NoCache
from connectors.core.config import HospitalConfig, Machinery, SystemConfig
from connectors.core.kinds import keyed_digest
from connectors.core.transport import TransportError
from connectors.core.webservice import WebService
from connectors.errors import ConnectorError, Malformed, Refused, Unavailable
from connectors.records.base import CardRef
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.regional_wechat import Options, connect
from sandbox.regional import webservice
from tests.connectors.golden import ScriptedTransport

CARD = CardRef("253", "6001")
HOLDER = CardHolder(card=CARD, name="样例甲", identity_number="990000199001010012")
TEXT = '{"name": "<样例> & \\"甲\\""}'
SECRET = "990000199001010012"


def described(folder: Path, text: str | None = None) -> Path:
    path = folder / "service.wsdl"
    path.write_text(text or webservice.description(["getNotice"]))
    return path


@pytest.fixture
def service(tmp_path: Path) -> WebService:
    return WebService(described(tmp_path))


def test_a_text_goes_out_and_comes_back_whatever_is_in_it(service: WebService) -> None:
    body, headers = service.message("getNotice", TEXT.encode())
    assert webservice.asked(body) == ("getNotice", TEXT.encode())
    assert headers == {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '"getNotice"'}
    assert service.text("getNotice", webservice.reply("getNotice", TEXT).encode()).decode() == TEXT


def test_only_described_methods_are_known(service: WebService) -> None:
    assert service.describes("getNotice")
    assert not service.describes("getItemList")


def test_a_fault_says_that_the_service_is_broken(service: WebService) -> None:
    with pytest.raises(TransportError) as caught:
        service.text("getNotice", webservice.fault(SECRET).encode())
    assert SECRET not in str(caught.value)
    assert caught.value.sent


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"not xml",
        b"{}",
        b"<a/>",
        webservice.reply("getNotice", "x").encode()[:-20],
        b'<!DOCTYPE a [<!ENTITY b "' + SECRET.encode() + b'">]>' + webservice.reply("getNotice", "x").encode(),
        webservice.reply("getNotice", "").replace("<return></return>", "").encode(),
    ],
)
def test_what_is_no_answer_is_told_without_its_content(service: WebService, raw: bytes) -> None:
    with pytest.raises(ValueError, match="web service") as caught:
        service.text("getNotice", raw)
    assert SECRET not in str(caught.value)


def test_a_description_that_refers_to_an_address_is_refused(tmp_path: Path) -> None:
    text = webservice.description(["getNotice"]).replace(
        "<types>", '<import namespace="urn:x" location="http://127.0.0.1:9/more.wsdl"/><types>'
    )
    with pytest.raises(ValueError, match="keep all its files"):
        WebService(described(tmp_path, text))


def test_a_later_version_of_soap_has_headers_of_its_own(tmp_path: Path) -> None:
    text = webservice.description(["getNotice"]).replace("wsdl/soap/", "wsdl/soap12/")
    body, headers = WebService(described(tmp_path, text)).message("getNotice", b"{}")
    assert headers == {"Content-Type": 'application/soap+xml; charset=utf-8; action="getNotice"'}
    assert ET.fromstring(body).tag == "{http://www.w3.org/2003/05/soap-envelope}Envelope"  # noqa: S314 # our own


async def failure(tmp_path: Path, answer: str) -> ConnectorError:
    options = Options.model_validate({"transport": "webservice", "wsdl": described(tmp_path)})
    hospitals = {"253": HospitalConfig(id="253", name="县医院", upstream_id="253", base_url="http://his.test/ws")}
    transport = ScriptedTransport(answer.encode())
    config = SystemConfig(name="county", vendor="regional_wechat", hospitals=hospitals, options=options)
    machinery = Machinery(cache=NoCache(), digest=keyed_digest(b"county"), transport=lambda _: transport)
    checkups = connect(config, machinery).checkups
    assert checkups is not None
    with pytest.raises(ConnectorError) as caught:
        await checkups.notice(HOLDER)
    assert [url for url, _, _ in transport.sent] == ["http://his.test/ws"]
    with pytest.raises(Refused) as undescribed:
        await checkups.items("253", 1, 50)
    assert undescribed.value.code is ProblemCode.UNSUPPORTED_BY_HOSPITAL
    return caught.value


async def test_a_call_tells_what_came_and_what_is_not_described_is_not_offered(tmp_path: Path) -> None:
    assert type(await failure(tmp_path, webservice.fault("down"))) is Unavailable
    assert type(await failure(tmp_path, "nothing")) is Malformed
    assert type(await failure(tmp_path, webservice.reply("getNotice", "[]"))) is Malformed


@pytest.mark.parametrize("text", [None, "", "no xml", "<a/>", webservice.description([]).replace("soap:", "x:")])
def test_a_web_service_needs_a_description_that_can_be_used(tmp_path: Path, text: str | None) -> None:
    options: dict[str, object] = {"transport": "webservice"}
    if text is not None:
        options["wsdl"] = tmp_path / "service.wsdl"
        (tmp_path / "service.wsdl").write_text(text)
    with pytest.raises(ValidationError, match="wsdl"):
        Options.model_validate(options)


def test_without_the_library_a_web_service_is_a_fault_of_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "connectors.core.webservice", None)
    with pytest.raises(ValidationError, match=r"patient-graph\[webservice\]"):
        Options.model_validate({"transport": "webservice", "wsdl": described(tmp_path)})
