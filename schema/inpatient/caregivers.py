"""Caregivers' passes."""

import strawberry

from connectors.records import caregivers as records
from resolvers.access_control.scopes import Personal, Resource
from resolvers.inpatient import caregivers as resolvers
from schema.access_control.guards import owned
from schema.access_control.personal import personal
from schema.base import graph_input, graph_type, relation
from schema.cost import Cost
from schema.node import of_card
from schema.owner import hospital_of
from schema.payloads import mutation, payload, result

_WRITE = Cost(calls=1, holder=True)


@graph_type(records.CaregiverPass, owned(Resource.RELATED_PERSON))
class CaregiverPass(records.CaregiverPass):
    """A pass that lets somebody stay with an admitted person (电子陪护证)."""

    id = of_card("CaregiverPass")
    hospital = hospital_of()
    name = personal("name", Personal.NAME, "The caregiver's name (陪护人姓名).")
    identity_number = personal(
        "identity_number", Personal.IDENTITY_NUMBER, "The caregiver's identity number (陪护人身份证号)."
    )
    phone = personal("phone", Personal.PHONE, "The caregiver's phone (陪护人手机号).")
    address = personal("address", Personal.ADDRESS, "The caregiver's address (陪护人地址).")


@strawberry.type
class CaregiverPassesOfCard:
    """What a hospital lets the holder of a card do as a caregiver."""

    caregiver_passes = relation(
        resolvers.caregiver_passes,
        list[CaregiverPass] | None,
        "Passes of the card's holder to stay with an admitted person (电子陪护证).",
        cost=Cost(calls=1, holder=True, size=5),
    )


@graph_input(resolvers.CaregiverInput)
class CaregiverInput(resolvers.CaregiverInput):
    """Who the caregiver is, and until when (陪护人信息)."""


@graph_input(resolvers.AddCaregiverPassInput)
class AddCaregiverPassInput(resolvers.AddCaregiverPassInput):
    """What addCaregiverPass takes (新增陪护证信息)."""

    caregiver: CaregiverInput = strawberry.field(description="The caregiver (陪护人).")


@graph_input(resolvers.UpdateCaregiverPassInput)
class UpdateCaregiverPassInput(resolvers.UpdateCaregiverPassInput):
    """What updateCaregiverPass takes (修改陪护证信息)."""

    caregiver: CaregiverInput = strawberry.field(description="The caregiver, whole (陪护人).")


@graph_input(resolvers.RemoveCaregiverPassInput)
class RemoveCaregiverPassInput(resolvers.RemoveCaregiverPassInput):
    """What removeCaregiverPass takes (注销陪护证信息)."""


_MADE = "The pass (陪护证)."
_ADD = payload(
    "AddCaregiverPassPayload",
    "What addCaregiverPass came to (新增陪护证结果).",
    caregiver_pass=result(CaregiverPass, _MADE),
)
_UPDATE = payload(
    "UpdateCaregiverPassPayload",
    "What updateCaregiverPass came to (修改陪护证结果).",
    caregiver_pass=result(CaregiverPass, _MADE),
)
_REMOVE = payload(
    "RemoveCaregiverPassPayload",
    "What removeCaregiverPass came to (注销陪护证结果).",
    removed=result(bool, "Whether it was given back (已注销)."),
)


@strawberry.type
class CaregiverMutations:
    """Writes about caregivers' passes."""

    add_caregiver_pass = mutation(
        resolvers.add_caregiver_pass,
        AddCaregiverPassInput,
        _ADD,
        "Make a pass for somebody who stays with an admitted person (新增陪护证).",
        cost=_WRITE,
    )
    update_caregiver_pass = mutation(
        resolvers.update_caregiver_pass,
        UpdateCaregiverPassInput,
        _UPDATE,
        "Fill in or change a pass (修改陪护证).",
        cost=_WRITE,
    )
    remove_caregiver_pass = mutation(
        resolvers.remove_caregiver_pass,
        RemoveCaregiverPassInput,
        _REMOVE,
        "Give a pass back (注销陪护证).",
        cost=_WRITE,
    )
