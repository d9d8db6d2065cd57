"""Web services of the form `String method(String)`: the JSON that would go over HTTP goes in and comes out as a text.

zeep reads the service's description (WSDL) once, from a file, and writes and reads the messages as it says. They travel
like any other call: limits, time-outs and repeats are the transport's.
"""

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import zeep
from zeep.exceptions import Fault
from zeep.transports import Transport as Loader
from zeep.wsdl.bindings.soap import Soap12Binding, SoapBinding
from zeep.wsdl.utils import etree_to_string

from connectors.core.transport import TransportError

# A description may name no address that would be asked for more, and a message no entities.
_SETTINGS = zeep.Settings(forbid_dtd=True, forbid_entities=True)
_BROKEN = 500


class _FilesOnly(Loader):
    """Reads descriptions from files alone."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # zeep is annotated in part

    def _load_remote_data(self, url: str) -> NoReturn:  # noqa: ARG002 # zeep's form
        raise ValueError("a web service's description must not refer to addresses: keep all its files in one folder")


class WebService:
    """A described service. Of several ways in that it describes, the first is taken."""

    def __init__(self, description: Path) -> None:
        """Read the description; raises what zeep raises for one that cannot be read."""
        self._client = zeep.Client(str(description), transport=_FilesOnly(), settings=_SETTINGS)
        self._binding = _binding(self._client)

    def describes(self, method: str) -> bool:
        """Say whether the service has the method."""
        return method in self._binding.all()

    def message(self, method: str, text: bytes) -> tuple[bytes, Mapping[str, str]]:
        """Write the message that calls the method, and the headers that go with it."""
        operation = self._binding.get(method)
        message = operation.create(text.decode())
        if isinstance(self._binding, Soap12Binding):
            headers = {"Content-Type": f'application/soap+xml; charset=utf-8; action="{operation.soapaction}"'}
        else:
            headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{operation.soapaction}"'}
        return etree_to_string(message.content), headers

    def text(self, method: str, raw: bytes) -> bytes:
        """Take the text out of the answer to a call of the method.

        Raises TransportError for a fault of the service, ValueError for what is no answer.
        """
        reply = SimpleNamespace(status_code=200, headers={}, content=raw, encoding="utf-8")
        try:
            found = self._binding.process_reply(self._client, self._binding.get(method), reply)
        except Fault:
            raise TransportError("fault of the web service", sent=True, status=_BROKEN) from None
        except Exception:  # noqa: BLE001 # XML that does not fit makes zeep fail in many ways; their texts quote it
            raise ValueError("no answer of a web service") from None
        if not isinstance(found, str):
            raise ValueError("no text in a web service's answer")  # noqa: TRY004 # one error for all that cannot be read
        return found.encode()


def _binding(client: zeep.Client) -> SoapBinding:
    ports = [port for service in client.wsdl.services.values() for port in service.ports.values()]
    found = next((port.binding for port in ports if isinstance(port.binding, SoapBinding)), None)
    if found is None:
        raise ValueError("the description names no SOAP service")
    return found
