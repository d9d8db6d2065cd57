"""Whom a hospital wants to see again or to hear from; for those who work there."""

import strawberry

from connectors.records import outreach as records
from connectors.records.visits import VisitClass
from resolvers.access_control.scopes import Personal, Resource
from resolvers.communication import outreach as resolvers
from schema.access_control.guards import owned
from schema.access_control.personal import personal
from schema.base import graph_enum, graph_type, relation, type_in
from schema.cost import Cost

graph_enum(records.FollowUpProgram)
graph_enum(VisitClass)

_Card = type_in("schema.patients.patient", "Card")
_CARD = "The person's card; null where the hospital names none (就诊卡)."
_LIST = Cost(calls=1, size=200)


@graph_type(records.FollowUp, owned(Resource.COMMUNICATION_REQUEST))
class FollowUp(records.FollowUp):
    """A person who is due to be seen again (复诊提醒)."""

    name = personal("name", Personal.NAME, "The person's name (患者姓名).")
    identity_number = personal("identity_number", Personal.IDENTITY_NUMBER, "The person's identity number (身份证号).")
    phone = personal("phone", Personal.PHONE, "The person's phone (手机号).")
    patient_card = relation(resolvers.card, _Card | None, _CARD)


@graph_type(records.SurveyCandidate, owned(Resource.COMMUNICATION_REQUEST))
class SurveyCandidate(records.SurveyCandidate):
    """A visit or stay whose person is to be asked how it was (满意度调查对象)."""

    name = personal("name", Personal.NAME, "The person's name (患者姓名).")
    identity_number = personal("identity_number", Personal.IDENTITY_NUMBER, "The person's identity number (身份证号).")
    patient_card = relation(resolvers.card, _Card | None, _CARD)


@strawberry.type
class OutreachOfHospital:
    """Whom a hospital wants to see again or to hear from."""

    follow_ups = relation(
        resolvers.follow_ups,
        list[FollowUp] | None,
        "Who is due to be seen again; for those who work there (复诊提醒名单).",
        cost=_LIST,
    )
    survey_candidates = relation(
        resolvers.survey_candidates,
        list[SurveyCandidate] | None,
        "Whom to ask how the visit or stay was; for those who work there (满意度调查名单).",
        cost=_LIST,
    )
