"""Certificates of admission at a self-service desk: /getInHospitalApply, /inHospitalReg.

The document does not show their answers. What comes is handed on field by field, under the names that it has.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from connectors.core.claims import endpoint
from connectors.core.readers import Reader
from connectors.palm_hospital.base import Palm, SelfService
from connectors.records.admission_certificates import AdmissionCertificate, AdmissionCheckIn, RawField
from connectors.records.base import CardRef
from connectors.records.people import CardHolder

_BY_CARD_NUMBER = "2"
_MOST_FIELDS = 500
# The status fields of all ten envelopes.
_STATUS = frozenset({"head", "code", "msg", "ResultCode", "ResultMsg"})


class AdmissionCertificates:
    """Implements `connectors.ports.AdmissionCertificates`."""

    def __init__(self, palm: Palm, service: SelfService) -> None:
        """Take the system, and the desk that people are said to stand at."""
        self._palm = palm
        self._machine_number = service.machine_number
        self.call = palm.call

    @endpoint("/getInHospitalApply")
    async def certificate(self, card: CardRef) -> AdmissionCertificate:
        """Certificate of a person (/getInHospitalApply), by the number of the card."""
        return await self.call(
            "/getInHospitalApply",
            card.hospital_id,
            {"param_type": _BY_CARD_NUMBER, "param": card.number, "machine_no": self._machine_number},
            _certificate(card),
            self._palm.read(card, 0),
        )

    @endpoint("/inHospitalReg")
    async def check_in(self, holder: CardHolder, application_number: str) -> AdmissionCheckIn:
        """Admission (/inHospitalReg); it names no kind of its parameter, so that is the one of /getInHospitalApply."""
        card = holder.card
        return await self.call(
            "/inHospitalReg",
            card.hospital_id,
            {"id": application_number, "param": card.number, "machine_no": self._machine_number},
            _check_in(card, application_number),
            self._palm.once(card),
        )


def _certificate(card: CardRef) -> Reader[AdmissionCertificate]:
    def read(body: Mapping[str, Any]) -> AdmissionCertificate:
        fields = _raw_fields(body)
        return AdmissionCertificate(card=card, found=bool(fields), raw_fields=fields)

    return Reader(AdmissionCertificate, read, lambda: AdmissionCertificate(card=card), about=_about(card))


def _check_in(card: CardRef, application_number: str) -> Reader[AdmissionCheckIn]:
    def read(body: Mapping[str, Any]) -> AdmissionCheckIn:
        return AdmissionCheckIn(card=card, application_number=application_number, raw_fields=_raw_fields(body))

    def nothing() -> AdmissionCheckIn:
        return AdmissionCheckIn(card=card, application_number=application_number)

    return Reader(AdmissionCheckIn, read, nothing, about=(_about(card), application_number))


def _raw_fields(body: Mapping[str, Any]) -> list[RawField]:
    payload = {name: value for name, value in body.items() if name not in _STATUS}
    return list(islice(_leaves(payload, ""), _MOST_FIELDS))


def _leaves(value: object, path: str) -> Iterator[RawField]:
    """Everything that says something, by its place: `records[0].id`."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _leaves(each, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _leaves(each, f"{path}[{index}]")
    elif value is not None and value != "":
        yield RawField(path=path, value=str(value))


def _about(card: CardRef) -> tuple[str, str]:
    return card.hospital_id, card.number
