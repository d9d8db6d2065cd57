"""Education of admitted people, its signature, and notices for them."""

import strawberry

from connectors.records import education as records
from resolvers.access_control.scopes import Resource
from resolvers.communication import education as resolvers
from schema.access_control.guards import owned
from schema.base import graph_input, graph_type, relation
from schema.cost import Cost
from schema.lists import list_over_hospitals
from schema.node import Node, of_card
from schema.owner import hospital_of
from schema.payloads import mutation, payload, result


@graph_type(records.PatientEducationDetail, owned(Resource.COMMUNICATION))
class PatientEducationDetail(records.PatientEducationDetail):
    """The content of a patient education, and its signature (宣教详情)."""


@graph_type(records.PatientEducation, owned(Resource.COMMUNICATION))
class PatientEducation(records.PatientEducation, Node):
    """Something a nurse taught an admitted person (住院宣教, FHIR Communication)."""

    id = of_card("PatientEducation")
    hospital = hospital_of()
    detail = relation(
        resolvers.education_detail,
        PatientEducationDetail | None,
        "The content, and the signature (宣教详情).",
        cost=Cost(calls=1),
    )


@strawberry.type
class EducationOfPatient:
    """What a person was taught in hospital."""

    educations = list_over_hospitals(
        resolvers.educations, PatientEducation, "What the person was taught in hospital (住院宣教).", 1
    )


@graph_input(resolvers.SignPatientEducationInput)
class SignPatientEducationInput(resolvers.SignPatientEducationInput):
    """What signPatientEducation takes (宣教签名信息)."""


_SIGN = payload(
    "SignPatientEducationPayload",
    "What signPatientEducation came to (宣教签名结果).",
    signed=result(bool, "Whether it is signed (已签名)."),
)


@strawberry.type
class EducationMutations:
    """Writes about education."""

    sign_patient_education = mutation(
        resolvers.sign_patient_education,
        SignPatientEducationInput,
        _SIGN,
        "Sign what was taught (宣教签名).",
        cost=Cost(calls=1, holder=True),
    )
