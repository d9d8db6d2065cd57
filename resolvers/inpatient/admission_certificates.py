"""Certificates of admission, and being admitted by one (住院证与自助入院)."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.admission_certificates import AdmissionCertificate, AdmissionCheckIn, RawField
from connectors.records.base import CardRef, Doc
from connectors.records.people import CardHolder
from resolvers.access_control import access
from resolvers.access_control.access import needs
from resolvers.access_control.masking import shown
from resolvers.access_control.scopes import Action, Personal, Resource
from resolvers.context import GraphInfo
from resolvers.offers import offered
from resolvers.patients.people import CardAtHospital
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_CHECK_IN = Write(
    "check in for an admission",
    access.Need(Resource.ENCOUNTER, Action.CREATE),
    TypeAdapter(AdmissionCheckIn),
)
_RAW = access.Need(Resource.SERVICE_REQUEST, Action.READ)
# What an answer that nobody described may tell of a person.
_PERSONAL = (Personal.NAME, Personal.IDENTITY_NUMBER, Personal.PHONE, Personal.ADDRESS)
_HIDDEN = "***"


@dataclass(kw_only=True, slots=True)
class CheckInAdmissionInput:
    """What checkInAdmission takes (自助入院信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card at the hospital of the certificate (就诊卡).")]
    application_number: Annotated[str, Doc("Number of the application on the certificate (申请ID).")]


async def admission_certificate(root: CardAtHospital, info: GraphInfo) -> AdmissionCertificate:
    """Read what the hospital has of the person's certificate."""
    return await info.context.loaders.alone(_certificate, root.card)


def raw_fields(root: AdmissionCertificate | AdmissionCheckIn, info: GraphInfo) -> list[RawField]:
    """Show the fields of the answer as they came, to those who work there.

    Nobody knows which of them tell who somebody is: values are whole for those only who see all such values whole.
    Raises Problem UNAUTHENTICATED or FORBIDDEN for all but staff of the hospital.
    """
    context = info.context
    context.access.require_hospital(_RAW, root.card.hospital_id)
    return [
        RawField(path=raw.path, value=raw.value if _whole(info, root.card, raw.value) else _HIDDEN)
        for raw in root.raw_fields
    ]


async def check_in_admission(info: GraphInfo, given: CheckInAdmissionInput) -> Outcome[AdmissionCheckIn]:
    """Be admitted by a certificate; raises Problem UNAUTHENTICATED or FORBIDDEN for a card out of reach."""
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"))
    context.access.require(_CHECK_IN.need, card)

    async def work() -> AdmissionCheckIn:
        number = checks.number(given.application_number, "applicationNumber")

        def send(connection: Connection, holder: CardHolder) -> Awaitable[AdmissionCheckIn]:
            return offered(connection.admission_certificates).check_in(holder, number)

        return await _CHECK_IN.do(context, card, given.business_key, number, send)

    return await attempt(work)


def _whole(info: GraphInfo, card: CardRef, value: str) -> bool:
    return all(shown(info.context.principal, kind, card, value) == value for kind in _PERSONAL)


@needs(Resource.SERVICE_REQUEST, Action.READ)
async def _certificate(connection: Connection, card: CardRef) -> AdmissionCertificate:
    return await offered(connection.admission_certificates).certificate(card)
