"""Packages of examinations that people choose themselves."""

import strawberry

from connectors.records import self_service as records
from resolvers.access_control.scopes import Resource
from resolvers.checkups import self_service as resolvers
from schema.access_control.guards import owned, part_of
from schema.base import graph_input, graph_type, relation
from schema.cost import Cost
from schema.facilities.hospital import Department
from schema.node import of_card
from schema.outpatient.appointment import Cancellation
from schema.owner import hospital_of
from schema.payloads import mutation, payload, result


@graph_type(records.SelfServiceItem, part_of(Resource.SERVICE_REQUEST))
class SelfServiceItem(records.SelfServiceItem):
    """What a package contains (套餐单项)."""


@graph_type(records.SelfServicePackage, owned(Resource.SERVICE_REQUEST))
class SelfServicePackage(records.SelfServicePackage):
    """Items that are chosen together, the least that can be chosen (自选套餐组)."""

    id = of_card("SelfServicePackage")
    department = relation(
        resolvers.department,
        Department | None,
        "The department that offers it, where it can be booked (科室).",
        cost=Cost(calls=1),
    )


@graph_type(records.SelfServiceDay, part_of(Resource.SERVICE_REQUEST))
class SelfServiceDay(records.SelfServiceDay):
    """A day for which chosen packages can be booked (可预约日期)."""


@graph_type(records.SelfServiceOrder, owned(Resource.SERVICE_REQUEST))
class SelfServiceOrder(records.SelfServiceOrder):
    """Packages that were booked and paid (自选套餐订单, FHIR ServiceRequest)."""

    id = of_card("SelfServiceOrder")
    hospital = hospital_of()


@strawberry.type
class SelfServiceOfCard:
    """What a hospital lets the holder of a card choose."""

    self_service_packages = relation(
        resolvers.self_service_packages,
        list[SelfServicePackage] | None,
        "Packages that the person can choose and pay for without a doctor (自选套餐).",
        cost=Cost(calls=1, holder=True, size=40),
    )
    self_service_days = relation(
        resolvers.self_service_days,
        list[SelfServiceDay] | None,
        "Days for which chosen packages can be booked (自选套餐可预约日期).",
        cost=Cost(calls=2, holder=True, size=31),
    )


@graph_input(resolvers.BookSelfServicePackagesInput)
class BookSelfServicePackagesInput(resolvers.BookSelfServicePackagesInput):
    """What bookSelfServicePackages takes: packages that were paid (自选套餐保存信息)."""


@graph_input(resolvers.CancelSelfServiceOrderInput)
class CancelSelfServiceOrderInput(resolvers.CancelSelfServiceOrderInput):
    """What cancelSelfServiceOrder takes (自选套餐取消信息)."""


_BOOK = payload(
    "BookSelfServicePackagesPayload",
    "What bookSelfServicePackages came to (自选套餐保存结果).",
    order=result(SelfServiceOrder, "The order (订单)."),
)
_CANCEL = payload(
    "CancelSelfServiceOrderPayload",
    "What cancelSelfServiceOrder came to (自选套餐取消结果).",
    cancellation=result(Cancellation, "What the hospital says (取消结果)."),
)


@strawberry.type
class SelfServiceMutations:
    """Writes about packages that people choose themselves."""

    book_self_service_packages = mutation(
        resolvers.book_self_service_packages,
        BookSelfServicePackagesInput,
        _BOOK,
        "Tell the hospital that chosen packages were paid, which books them (保存自选套餐).",
        cost=Cost(calls=2, holder=True),
    )
    cancel_self_service_order = mutation(
        resolvers.cancel_self_service_order,
        CancelSelfServiceOrderInput,
        _CANCEL,
        "Cancel an order (取消自选套餐).",
        cost=Cost(calls=1, holder=True),
    )
