"""Electronic invoices."""

import strawberry

from connectors.records import invoices as records
from resolvers.access_control.scopes import Personal, Resource
from resolvers.finance import invoices as resolvers
from schema.access_control.guards import owned
from schema.access_control.personal import personal
from schema.base import graph_type, relation
from schema.cost import INVOICES_OF_A_CARD, Cost
from schema.lists import list_over_hospitals
from schema.node import Node, of_card
from schema.owner import hospital_of


@graph_type(records.InvoiceDocument, owned(Resource.INVOICE))
class InvoiceDocument(records.InvoiceDocument):
    """An invoice to look at: a page of the hospital's, a file, or both (电子发票文件)."""


@graph_type(records.ElectronicInvoice, owned(Resource.INVOICE))
class ElectronicInvoice(records.ElectronicInvoice, Node):
    """An electronic invoice (电子发票)."""

    id = of_card("ElectronicInvoice")
    hospital = hospital_of()
    issued_to = personal("patient_name", Personal.NAME, "Name that it is made out to (患者姓名).")
    document = relation(
        resolvers.document,
        InvoiceDocument | None,
        "The invoice to look at; asked of the hospital anew each time (电子发票文件).",
        # Where its original is, then the original.
        cost=Cost(calls=2),
    )


@strawberry.type
class InvoicesOfPatient:
    """What was invoiced."""

    electronic_invoices = list_over_hospitals(
        resolvers.invoices, ElectronicInvoice, "Electronic invoices (电子发票).", INVOICES_OF_A_CARD
    )
