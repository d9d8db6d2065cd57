"""Certificates of admission, and being admitted by one."""

import strawberry

from connectors.records import admission_certificates as records
from resolvers.access_control.scopes import Resource
from resolvers.inpatient import admission_certificates as resolvers
from schema.access_control.guards import owned, part_of
from schema.base import graph_input, graph_type, relation
from schema.cost import Cost
from schema.owner import hospital_of
from schema.payloads import mutation, payload, result

_RAW = (
    "The hospital's answer field by field, which no document describes; for staff of the hospital, and masked for "
    "those who do not see all personal values (原始字段)."
)


@graph_type(records.RawField, part_of(Resource.SERVICE_REQUEST))
class RawField(records.RawField):
    """A field of a hospital's answer that no document describes (原始字段)."""


@graph_type(records.AdmissionCertificate, owned(Resource.SERVICE_REQUEST))
class AdmissionCertificate(records.AdmissionCertificate):
    """What the hospital says of a person's certificate of admission (住院证)."""

    hospital = hospital_of()
    raw_fields = relation(resolvers.raw_fields, list[RawField] | None, _RAW)


@graph_type(records.AdmissionCheckIn, owned(Resource.ENCOUNTER))
class AdmissionCheckIn(records.AdmissionCheckIn):
    """An admission by its certificate (自助入院)."""

    hospital = hospital_of()
    raw_fields = relation(resolvers.raw_fields, list[RawField] | None, _RAW)


@strawberry.type
class AdmissionCertificatesOfCard:
    """What a card's hospital tells of a certificate of admission."""

    admission_certificate = relation(
        resolvers.admission_certificate,
        AdmissionCertificate | None,
        "What the hospital says of the person's certificate of admission (住院证).",
        cost=Cost(calls=1),
    )


@graph_input(resolvers.CheckInAdmissionInput)
class CheckInAdmissionInput(resolvers.CheckInAdmissionInput):
    """What checkInAdmission takes (自助入院信息)."""


_CHECK_IN = payload(
    "CheckInAdmissionPayload",
    "What checkInAdmission came to (自助入院结果).",
    check_in=result(AdmissionCheckIn, "The admission (入院)."),
)


@strawberry.type
class AdmissionCertificateMutations:
    """Writes about certificates of admission."""

    check_in_admission = mutation(
        resolvers.check_in_admission,
        CheckInAdmissionInput,
        _CHECK_IN,
        "Be admitted by a certificate of admission, as at a self-service desk (自助办理入院).",
        cost=Cost(calls=1, holder=True),
    )
