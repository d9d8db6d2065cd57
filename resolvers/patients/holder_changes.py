"""Correcting what a hospital has of a person (修改就诊人信息), and who is to be reached for them (联系人)."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Annotated

import strawberry

from connectors.ports import Connection
from connectors.records.base import CardRef, Doc
from connectors.records.card_changes import HolderChange, NewContact
from connectors.records.demographics import Address, Ethnicity, Kinship, MaritalStatus
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder, Gender
from connectors.records.problems import ProblemCode
from resolvers.access_control import access
from resolvers.access_control.principal import Role
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import Context, GraphInfo
from resolvers.offers import offered, require_offered
from resolvers.patients.card_creation import CARD
from resolvers.patients.cards import of_ref
from resolvers.patients.new_cards import identity_number
from resolvers.patients.people import CardAtHospital
from resolvers.problems import Problem
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_CHANGE = Write("change holder", access.Need(Resource.PATIENT, Action.UPDATE), CARD)
_CONTACT = Write("contact", access.Need(Resource.RELATED_PERSON, Action.CREATE), CARD)
# What says who somebody is: patients may complete it, staff alone may change it.
_WHO = {"name": "name", "gender": "gender", "birth_date": "birthDate", "identity_number": "identityNumber"}


@dataclass(kw_only=True, slots=True)
class ChangeHolderInput:
    """What changeHolder takes; what is left out stays as it is (就诊人信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card (就诊卡).")]
    name: Annotated[str | None, Doc("Name; patients complete it, staff alone change it (姓名).")] = None
    gender: Annotated[Gender | None, Doc("Gender; as the name (性别).")] = None
    birth_date: Annotated[dt.date | None, Doc("Birth date; as the name (出生日期).")] = None
    identity_number: Annotated[str | None, Doc("Resident identity number; as the name (身份证号).")] = None
    phone: Annotated[str | None, Doc("Phone (手机号).")] = None
    marital_status: Annotated[MaritalStatus | None, Doc("Marital status (婚姻状况).")] = None
    ethnicity: Annotated[Ethnicity | None, Doc("Ethnicity (民族).")] = None
    address: Annotated[Address | None, Doc("Address (联系地址).")] = None


@dataclass(kw_only=True, slots=True)
class AddContactInput:
    """What addContact takes: somebody to be reached for a patient (联系人信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    card_id: Annotated[strawberry.ID, Doc("Card of the patient (就诊卡).")]
    name: Annotated[str, Doc("Name of the contact (联系人姓名).")]
    gender: Annotated[Gender, Doc("Gender of the contact (联系人性别).")]
    birth_date: Annotated[dt.date, Doc("Birth date of the contact (联系人出生日期).")]
    identity_number: Annotated[str, Doc("Identity number of the contact (联系人身份证号).")]
    phone: Annotated[str, Doc("Phone of the contact (联系人手机号).")]
    address: Annotated[str, Doc("Address of the contact (联系人住址).")]
    ethnicity: Annotated[Ethnicity, Doc("Ethnicity of the contact (联系人民族).")]
    kinship: Annotated[Kinship, Doc("What the contact is to the patient (亲属关系).")]


async def change_holder(info: GraphInfo, given: ChangeHolderInput) -> Outcome[CardAtHospital]:
    """Correct or complete a holder's data; raises Problem UNAUTHENTICATED or FORBIDDEN for a card out of reach."""
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"))
    context.access.require(_CHANGE.need, card)

    async def work() -> CardAtHospital:
        require_offered(context.loaders.connection(card.hospital_id), card.hospital_id, Capability.HOLDER_CHANGES)
        change = _change(context, given)

        async def tell(connection: Connection, holder: CardHolder) -> CardRef:
            if context.principal.role is Role.PATIENT:
                _require_completing(change, holder)
            await offered(connection.holder_changes).change_holder(holder.card, change)
            return card

        changed = await _CHANGE.do(context, card, given.business_key, change, tell)
        context.loaders.forget_holder(card)
        return of_ref(changed)

    return await attempt(work)


async def add_contact(info: GraphInfo, given: AddContactInput) -> Outcome[CardAtHospital]:
    """Register a contact; raises Problem UNAUTHENTICATED or FORBIDDEN for a card out of reach."""
    context = info.context
    access.require_known(context.principal)
    card = card_of(context.services.ids.read(given.card_id, "Card"))
    context.access.require(_CONTACT.need, card)

    async def work() -> CardAtHospital:
        require_offered(context.loaders.connection(card.hospital_id), card.hospital_id, Capability.CONTACTS)
        contact = _contact(context, given)

        async def tell(connection: Connection, _holder: CardHolder) -> CardRef:
            await offered(connection.related_people).add_contact(card, contact)
            return card

        return of_ref(await _CONTACT.do(context, card, given.business_key, contact, tell))

    return await attempt(work)


def _change(context: Context, given: ChangeHolderInput) -> HolderChange:
    change = HolderChange(
        name=None if given.name is None else checks.text(given.name, "name"),
        gender=None if given.gender is None else _gender(given.gender),
        birth_date=given.birth_date and checks.birth_date(given.birth_date, context.services.clock().date()),
        identity_number=identity_number(context, given.identity_number),
        phone=None if given.phone is None else checks.phone(given.phone),
        marital_status=given.marital_status,
        ethnicity=given.ethnicity,
        address=_address(given.address),
    )
    if all(getattr(change, field.name) is None for field in fields(change)):
        raise Problem(ProblemCode.BAD_INPUT, "请至少填写一项")
    return change


def _address(given: Address | None) -> Address | None:
    parts = {
        field.name: checks.text(part, f"address.{field.name}")
        for field in fields(Address)
        if given is not None and (part := getattr(given, field.name)) is not None
    }
    return Address(**parts) if parts else None


def _gender(given: Gender) -> Gender:
    if given not in {Gender.MALE, Gender.FEMALE}:
        raise Problem(ProblemCode.BAD_INPUT, "性别须为男或女", field="gender")
    return given


def _require_completing(change: HolderChange, holder: CardHolder) -> None:
    """Let a patient add what the hospital has not: a card must not become somebody else's."""
    for name, field in _WHO.items():
        wanted, known = getattr(change, name), getattr(holder, name)
        registered = known.upper() if name == "identity_number" and known else known
        if wanted is not None and registered not in (None, Gender.UNKNOWN, wanted):
            raise Problem(ProblemCode.IDENTITY_MISMATCH, "与医院登记的信息不符，请到窗口更正", field=field)


def _contact(context: Context, given: AddContactInput) -> NewContact:
    services = context.services
    return NewContact(
        name=checks.text(given.name, "name"),
        gender=_gender(given.gender),
        birth_date=checks.birth_date(given.birth_date, services.clock().date()),
        identity_number=checks.identity_number(given.identity_number, verified=services.verify_identity_numbers),
        phone=checks.phone(given.phone),
        address=checks.text(given.address, "address"),
        ethnicity=given.ethnicity,
        kinship=given.kinship,
    )
