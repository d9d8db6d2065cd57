"""Charges, payments, bills."""

from connectors.records import billing as records
from resolvers.access_control.scopes import Resource
from schema.access_control.guards import owned, part_of
from schema.base import graph_type
from schema.node import Node, of_card
from schema.owner import hospital_of


@graph_type(records.Charge, owned(Resource.CHARGE_ITEM))
class Charge(records.Charge, Node):
    """An ordered item that waits to be paid (待缴费, FHIR ChargeItem)."""

    id = of_card("Charge")
    hospital = hospital_of()


@graph_type(records.ChargeSheet, owned(Resource.CHARGE_ITEM))
class ChargeSheet(records.ChargeSheet):
    """All that one card has to pay, with the total as the hospital states it (待缴费清单)."""


@graph_type(records.Payment, owned(Resource.PAYMENT_NOTICE))
class Payment(records.Payment):
    """A payment of charges and what the hospital says of it (缴费结果)."""

    hospital = hospital_of()


@graph_type(records.BillItem, part_of(Resource.INVOICE))
class BillItem(records.BillItem):
    """One line of a bill (费用明细)."""


@graph_type(records.Bill, owned(Resource.INVOICE))
class Bill(records.Bill, Node):
    """What was paid for an outpatient visit (门诊费用, FHIR Invoice)."""

    id = of_card("Bill")
    hospital = hospital_of()
