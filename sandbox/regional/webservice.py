"""The same interfaces as a web service: `String method(String)`, a method for each, its text the JSON."""

from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from sandbox.regional.facts import interfaces

NAMESPACE = "http://webservice.his.sandbox/"
_ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
_ADDRESS = "http://his.sandbox/webservice"


def methods() -> dict[str, str]:
    """What each interface with a name is called as a method: the last part of its name."""
    return {name.rpartition(".")[2]: name for name in interfaces() if not name[0].isdigit()}


def description(names: list[str]) -> str:
    """The service's description (WSDL), in the form that Java's usual libraries write."""
    elements = "".join(_elements(name) for name in names)
    messages = "".join(
        f'<message name="{name}"><part name="parameters" element="t:{name}"/></message>'
        for method in names
        for name in (method, f"{method}Response")
    )
    operations = "".join(
        f'<operation name="{name}"><input message="t:{name}"/><output message="t:{name}Response"/></operation>'
        for name in names
    )
    bound = "".join(
        f'<operation name="{name}"><soap:operation soapAction="{name}"/><input><soap:body use="literal"/></input>'
        '<output><soap:body use="literal"/></output></operation>'
        for name in names
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" '
        f'xmlns:t="{NAMESPACE}" xmlns:x="http://www.w3.org/2001/XMLSchema" targetNamespace="{NAMESPACE}" name="His">'
        f'<types><x:schema targetNamespace="{NAMESPACE}" elementFormDefault="unqualified">{elements}</x:schema></types>'
        f'{messages}<portType name="His">{operations}</portType><binding name="HisSoap" type="t:His">'
        f'<soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>{bound}</binding>'
        f'<service name="HisService"><port name="His" binding="t:HisSoap"><soap:address location="{_ADDRESS}"/></port>'
        "</service></definitions>"
    )


def _elements(name: str) -> str:
    return "".join(
        f'<x:element name="{element}"><x:complexType><x:sequence><x:element name="{part}" type="x:string"/>'
        "</x:sequence></x:complexType></x:element>"
        for element, part in ((name, "arg0"), (f"{name}Response", "return"))
    )


def asked(message: bytes) -> tuple[str, bytes]:
    """The method that a message calls, and its text; raises ValueError for what is no such message."""
    try:
        body = ET.fromstring(message).find(f"{{{_ENVELOPE}}}Body")  # noqa: S314 # only tests send it any
    except ET.ParseError:
        body = None
    call = next(iter(body), None) if body is not None else None
    text = call.findtext("arg0") if call is not None else None
    if call is None or text is None or not call.tag.startswith(f"{{{NAMESPACE}}}"):
        raise ValueError("no call of this service")
    return call.tag.removeprefix(f"{{{NAMESPACE}}}"), text.encode()


def reply(method: str, text: str) -> str:
    """The message that answers a call."""
    return _message(f'<t:{method}Response xmlns:t="{NAMESPACE}"><return>{escape(text)}</return></t:{method}Response>')


def fault(sentence: str) -> str:
    """The message of a service that cannot answer."""
    return _message(f"<s:Fault><faultcode>s:Server</faultcode><faultstring>{escape(sentence)}</faultstring></s:Fault>")


def _message(body: str) -> str:
    return f'<s:Envelope xmlns:s="{_ENVELOPE}"><s:Body>{body}</s:Body></s:Envelope>'
