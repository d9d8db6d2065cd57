"""Applications for admission."""

import strawberry

from connectors.records import admission_applications as records
from resolvers.access_control.scopes import Personal, Resource
from resolvers.inpatient import admission_applications as resolvers
from schema.access_control.guards import owned, part_of
from schema.access_control.personal import personal
from schema.base import graph_input, graph_type, relation
from schema.cost import FREE, Cost
from schema.lists import list_over_hospitals
from schema.node import Node, of_card
from schema.owner import hospital_of
from schema.payloads import mutation, payload, result

_WRITE = Cost(calls=1, holder=True)


@graph_type(records.AdmissionRegistration, owned(Resource.ENCOUNTER))
class AdmissionRegistration(records.AdmissionRegistration):
    """The admission that came of an application (入院登记)."""

    id = of_card("AdmissionRegistration")
    hospital = hospital_of()


@graph_type(records.AdmissionCancellation, part_of(Resource.ENCOUNTER))
class AdmissionCancellation(records.AdmissionCancellation):
    """What the hospital says of a cancelled admission (取消入院结果)."""


@graph_type(records.AdmissionApplication, owned(Resource.SERVICE_REQUEST))
class AdmissionApplication(records.AdmissionApplication, Node):
    """A doctor's application for a person's admission (入院申请, FHIR ServiceRequest)."""

    id = of_card("AdmissionApplication")
    hospital = hospital_of()
    phone = personal("phone", Personal.PHONE, "The person's phone (手机号).")
    identity_number = personal("identity_number", Personal.IDENTITY_NUMBER, "The person's identity number (身份证号).")
    contact_name = personal("contact_name", Personal.NAME, "Whom to turn to about the person (联系人).")
    registration = relation(
        resolvers.registration,
        AdmissionRegistration | None,
        "The admission that confirmAdmission made of it; null where that was done elsewhere (入院登记).",
        cost=FREE,
    )


@strawberry.type
class AdmissionApplicationsOfPatient:
    """A person's applications for admission."""

    admission_applications = list_over_hospitals(
        resolvers.admission_applications, AdmissionApplication, "Applications for admission (入院申请).", 1
    )


@graph_input(resolvers.ConfirmAdmissionInput)
class ConfirmAdmissionInput(resolvers.ConfirmAdmissionInput):
    """What confirmAdmission takes: an application, and the payment of its deposit (入院办理信息)."""


@graph_input(resolvers.CancelAdmissionInput)
class CancelAdmissionInput(resolvers.CancelAdmissionInput):
    """What cancelAdmission takes (取消入院信息)."""


_CONFIRM = payload(
    "ConfirmAdmissionPayload",
    "What confirmAdmission came to (入院办理结果).",
    registration=result(AdmissionRegistration, "The admission (入院登记)."),
)
_CANCEL = payload(
    "CancelAdmissionPayload",
    "What cancelAdmission came to (取消入院结果).",
    cancellation=result(AdmissionCancellation, "What the hospital says (取消入院结果)."),
)


@strawberry.type
class AdmissionApplicationMutations:
    """Writes about applications for admission."""

    confirm_admission = mutation(
        resolvers.confirm_admission,
        ConfirmAdmissionInput,
        _CONFIRM,
        "Tell the hospital that the deposit of an application was paid, and be admitted (入院办理).",
        cost=_WRITE,
    )
    cancel_admission = mutation(
        resolvers.cancel_admission,
        CancelAdmissionInput,
        _CANCEL,
        "Cancel an admission before a bed is taken; its deposit goes back (取消入院).",
        cost=_WRITE,
    )
