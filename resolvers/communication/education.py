"""Education of admitted people, its signature, and notices for them (住院宣教)."""

from dataclasses import dataclass
from typing import Annotated

import strawberry
from pydantic import TypeAdapter

from connectors.ports import Connection
from connectors.records.base import CardRef, Doc
from connectors.records.education import (
    AdmissionGuide,
    EducationSignature,
    Mastery,
    PatientEducation,
    PatientEducationDetail,
    Signer,
)
from connectors.records.hospitals import Capability
from connectors.records.people import CardHolder
from resolvers.access_control import access
from resolvers.access_control.access import needs
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.facilities.hospitals import Hospital
from resolvers.merging import listed_whole
from resolvers.offers import offered
from resolvers.pages import Position, position
from resolvers.writes import checks
from resolvers.writes.mutations import Outcome, attempt
from resolvers.writes.writing import Write, card_of

_SIGN = Write("sign an education", access.Need(Resource.COMMUNICATION, Action.UPDATE), TypeAdapter(bool))

GuideId = Annotated[
    str, strawberry.argument(description="Key of the notice, from the message about it (住院须知标识).")
]


@dataclass(kw_only=True, slots=True)
class SignPatientEducationInput:
    """What signPatientEducation takes (宣教签名信息)."""

    business_key: Annotated[str, Doc("Same key, same content: the same answer (业务单号).")]
    education_id: Annotated[strawberry.ID, Doc("Education (宣教).")]
    signer: Annotated[Signer, Doc("Who signs (签名类型).")]
    mastery: Annotated[Mastery, Doc("How well it was understood (掌握程度).")]
    image: Annotated[str, Doc("The signature: `data:image/png;base64,...`, at most 60 000 characters (签名图片).")]


async def education_detail(root: PatientEducation, info: GraphInfo) -> PatientEducationDetail | None:
    """Read the content of an education."""
    return await info.context.loaders.alone(_education, root.card, root.id)


async def admission_guide(root: Hospital, info: GraphInfo, id: GuideId) -> AdmissionGuide | None:  # noqa: A002 # the argument's name in the graph
    """Read a notice for the admitted."""
    return await info.context.loaders.public(_guide, root.hospital_id, checks.number(id, "id"))


async def sign_patient_education(info: GraphInfo, given: SignPatientEducationInput) -> Outcome[bool]:
    """Sign an education; raises Problem UNAUTHENTICATED or FORBIDDEN for one out of reach."""
    context = info.context
    access.require_known(context.principal)
    key = context.services.ids.read(given.education_id, "PatientEducation")
    card = card_of(key)
    context.access.require(_SIGN.need, card)

    async def work() -> bool:
        signature = EducationSignature(
            signer=given.signer, mastery=given.mastery, image=checks.image(given.image, "image")
        )

        async def send(connection: Connection, _holder: CardHolder) -> bool:
            await offered(connection.education).sign(card, key.local_id, signature)
            return True

        return await _SIGN.do(context, card, given.business_key, (key.local_id, signature), send)

    return await attempt(work)


@needs(Resource.COMMUNICATION, Action.SEARCH)
async def list_educations(connection: Connection, holder: CardHolder) -> list[PatientEducation]:
    """Ask a hospital for all that one person was taught."""
    return await offered(connection.education).educations(holder)


@needs(Resource.COMMUNICATION, Action.READ)
async def _education(connection: Connection, card: CardRef, education_id: str) -> PatientEducationDetail | None:
    return await offered(connection.education).education(card, education_id)


async def _guide(connection: Connection, hospital_id: str, guide_id: str) -> AdmissionGuide | None:
    return await offered(connection.education).admission_guide(hospital_id, guide_id)


def _position(education: PatientEducation) -> Position:
    return position(education.given_at, education.card.hospital_id, education.id)


educations = listed_whole(Capability.PATIENT_EDUCATION, list_educations, _position)
