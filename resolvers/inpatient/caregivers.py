"""Caregivers' passes: a caregiver's own, and making, changing and giving back passes (电子陪护证)."""

import datetime as dt
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.base import Doc
from connectors.records.caregivers import CaregiverDetails, CaregiverPass
from connectors.records.people import CardHolder, Gender
from connectors.records.problems import ProblemCode
from resolvers.access_control import access
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.offers import offered
from resolvers.patients.people import CardAtHospital
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_PASS: TypeAdapter[CaregiverPass] = TypeAdapter(CaregiverPass)
_ADD = Write("add a caregiver's pass", access.Need(Resource.RELATED_PERSON, Action.CREATE), _PASS)
_UPDATE = Write("update a caregiver's pass", access.Need(Resource.RELATED_PERSON, Action.UPDATE), _PASS)
_REMOVE = Write("remove a caregiver's pass", access.Need(Resource.RELATED_PERSON, Action.DELETE), TypeAdapter(bool))

AdmissionNumber = Annotated[
    str, strawberry.argument(description="Admission number of the person who is cared for (住院号).")
]


@dataclass(kw_only=True, slots=True)
class CaregiverInput:
    """Who the caregiver is, and until when (陪护人信息)."""

    name: Annotated[str, Doc("Name (陪护人姓名).")]
    identity_number: Annotated[str, Doc("Resident identity number (陪护人身份证号).")]
    phone: Annotated[str, Doc("Phone (手机号).")]
    gender: Annotated[Gender, Doc("Male or female (性别).")]
    relationship: Annotated[str, Doc("What the caregiver is to the person, in words (关系).")]
    valid_until: Annotated[dt.datetime, Doc("Until when the pass is to be valid (有效期).")]
    address: Annotated[str | None, Doc("Address (陪护人地址).")] = None


@dataclass(kw_only=True, slots=True)
class AddCaregiverPassInput:
    """What addCaregiverPass takes (新增陪护证信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same pass (业务单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card of the admitted person (患者就诊卡).")]
    admission_number: Annotated[str, Doc("Admission number of the admitted person (住院号).")]
    caregiver: Annotated[CaregiverInput, Doc("The caregiver (陪护人).")]


@dataclass(kw_only=True, slots=True)
class UpdateCaregiverPassInput:
    """What updateCaregiverPass takes (修改陪护证信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    pass_id: Annotated[strawberry.ID, Doc("Pass (陪护证).")]
    caregiver: Annotated[CaregiverInput, Doc("The caregiver, whole (陪护人).")]


@dataclass(kw_only=True, slots=True)
class RemoveCaregiverPassInput:
    """What removeCaregiverPass takes (注销陪护证信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    pass_id: Annotated[strawberry.ID, Doc("Pass (陪护证).")]


async def caregiver_passes(
    root: CardAtHospital, info: GraphInfo, admission_number: AdmissionNumber
) -> list[CaregiverPass]:
    """List the passes of the card's holder as a caregiver: nobody asks for those of other caregivers."""
    number = checks.number(admission_number, "admissionNumber")
    caregiver = await info.context.loaders.holder(root.card)
    if not caregiver.identity_number:
        raise Problem(ProblemCode.IDENTITY_NUMBER_MISSING, "该就诊卡未登记身份证号")
    return await info.context.loaders.alone(_passes, caregiver, number)


async def add_caregiver_pass(info: GraphInfo, given: AddCaregiverPassInput) -> Outcome[CaregiverPass]:
    """Make a pass; raises Problem UNAUTHENTICATED or FORBIDDEN for an admitted person out of reach."""
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"))
    context.access.require(_ADD.need, card)

    async def work() -> CaregiverPass:
        number = checks.number(given.admission_number, "admissionNumber")
        details = _checked(context, given.caregiver)
        now = context.services.clock()

        def send(connection: Connection, patient: CardHolder) -> Awaitable[CaregiverPass]:
            return offered(connection.caregivers).add(patient, number, details, now)

        return await _ADD.do(context, card, given.business_key, (number, details), send)

    return await attempt(work)


async def update_caregiver_pass(info: GraphInfo, given: UpdateCaregiverPassInput) -> Outcome[CaregiverPass]:
    """Change a pass; raises Problem UNAUTHENTICATED or FORBIDDEN for one out of reach."""
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.pass_id, "CaregiverPass")
    card = card_of(key)
    context.access.require(_UPDATE.need, card)

    async def work() -> CaregiverPass:
        details = _checked(context, given.caregiver)

        def send(connection: Connection, _holder: CardHolder) -> Awaitable[CaregiverPass]:
            return offered(connection.caregivers).update(card, key.local_id, details)

        return await _UPDATE.do(context, card, given.business_key, (key.local_id, details), send)

    return await attempt(work)


async def remove_caregiver_pass(info: GraphInfo, given: RemoveCaregiverPassInput) -> Outcome[bool]:
    """Give a pass back; raises Problem UNAUTHENTICATED or FORBIDDEN for one out of reach."""
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.pass_id, "CaregiverPass")
    card = card_of(key)
    context.access.require(_REMOVE.need, card)

    async def send(connection: Connection, _holder: CardHolder) -> bool:
        await offered(connection.caregivers).remove(card, key.local_id)
        return True

    return await attempt(lambda: _REMOVE.do(context, card, given.business_key, key.local_id, send))


def _checked(context: Context, given: CaregiverInput) -> CaregiverDetails:
    return CaregiverDetails(
        name=checks.text(given.name, "name"),
        identity_number=checks.identity_number(
            given.identity_number, verified=context.services.verify_identity_numbers
        ),
        phone=checks.phone(given.phone),
        gender=checks.male_or_female(given.gender),
        relationship=checks.text(given.relationship, "relationship"),
        valid_until=checks.coming(given.valid_until, context.services.clock(), "validUntil"),
        address=None if given.address is None else checks.text(given.address, "address"),
    )


@needs(Resource.RELATED_PERSON, Action.SEARCH)
async def _passes(connection: Connection, caregiver: CardHolder, admission_number: str) -> list[CaregiverPass]:
    return await offered(connection.caregivers).passes(caregiver, admission_number)
