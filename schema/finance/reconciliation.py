"""What a hospital has booked of online payments, for staff."""

import strawberry

from connectors.records import reconciliation as records
from resolvers.access_control.scopes import Personal, Resource
from resolvers.finance import reconciliation as resolvers
from schema.access_control.guards import PUBLIC, owned
from schema.base import graph_type, relation, type_in
from schema.cost import FREE, Cost, Size

_PERIOD = Cost(calls=1, size=500)
_ORDER = Cost(calls=1, size=5)


@graph_type(records.Transaction, owned(Resource.PAYMENT_RECONCILIATION))
class Transaction(records.Transaction):
    """An online payment or refund, as the hospital has booked it (交易记录)."""

    person_name = relation(
        resolvers.person_name,
        str | None,
        "Name of the person, where it is told (姓名).",
        cost=FREE,
        personal=Personal.NAME,
    )
    patient = relation(
        resolvers.patient,
        type_in("schema.patients.patient", "Patient") | None,
        "The person, where the hospital names their card (就诊人).",
        cost=Cost(size=Size.PERSON),
    )


# It says nothing by itself: what it leads to is checked.
@graph_type(resolvers.Reconciliation, PUBLIC)
class Reconciliation(resolvers.Reconciliation):
    """What a hospital has booked of online payments, for those who work there (对账)."""

    transactions = relation(
        resolvers.transactions,
        list[Transaction] | None,
        "Payments and refunds of at most seven days, in order (时间段内交易记录).",
        cost=_PERIOD,
    )
    transactions_of = relation(
        resolvers.transactions_of,
        list[Transaction] | None,
        "What was booked of one payment (按订单号查询).",
        cost=_ORDER,
    )
    refund_transaction = relation(
        resolvers.refund_transaction,
        Transaction | None,
        "One refund of a payment (按订单号和退款单号查询).",
        cost=Cost(calls=1),
    )


@strawberry.type
class ReconciliationOfHospital:
    """The books of a hospital."""

    reconciliation = relation(
        resolvers.reconciliation, Reconciliation | None, "What was booked of online payments; for staff (对账)."
    )
