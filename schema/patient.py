"""People and their cards: where most queries begin."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

import strawberry

from connectors.records.people import CardStatus, Gender
from resolvers import appointments, billing, cards, people, prescriptions, reports, visits
from resolvers.principal import Relation, Role
from schema.appointment import Appointment
from schema.base import graph_enum, graph_type, relation
from schema.hospital import Hospital
from schema.lists import Connection
from schema.money import Bill, Charge, ChargeSheet
from schema.node import Node, node_id
from schema.prescription import Prescription
from schema.report import Report
from schema.visit import Visit

graph_enum(Role)
graph_enum(Relation)

LazyPatient = Annotated["Patient", strawberry.lazy("schema.patient")]


def _list(resolver: Any, node: type, description: str) -> Any:
    return strawberry.field(
        resolver=resolver,
        graphql_type=Connection[node],  # type: ignore[valid-type]  # a class known at run time
        description=description,
    )


@graph_type(people.CardAtHospital)
class Card(people.CardAtHospital, Node):
    """A person at one hospital (就诊卡)."""

    id = node_id(cards.card_id)
    hospital = relation(cards.hospital, Hospital, "The hospital (医院).")
    patient = relation(cards.patient, LazyPatient, "The person (就诊人).")
    holder_name = relation(cards.holder_name, str | None, "Name as this hospital has it (持卡人姓名).")
    status = relation(cards.status, graph_enum(CardStatus) | None, "Whether the card can be used (卡状态).")
    balance = relation(cards.balance, Decimal | None, "Money on the card in yuan (卡余额).")
    charge_sheet = relation(
        billing.charge_sheet,
        ChargeSheet | None,
        "All that the card has to pay, with the hospital's total (待缴费清单).",
    )


@graph_type(people.Patient)
class Patient(people.Patient, Node):
    """A person, whatever hospitals know them (就诊人, FHIR Patient)."""

    id = node_id(people.patient_id)
    name = relation(people.name, str | None, "Name, from the first hospital that answers (姓名).")
    gender = relation(people.gender, graph_enum(Gender) | None, "Gender (性别).")
    birth_date = relation(people.birth_date, dt.date | None, "Birth date (出生日期).")
    phone = relation(people.phone, str | None, "Phone, masked (手机号).")
    identity_number = relation(people.identity_number, str | None, "Identity number, masked (身份证号).")
    cards = relation(cards.cards, list[Card], "Cards, one per hospital (就诊卡).")
    charges = _list(billing.charges, Charge, "What waits to be paid (待缴费).")
    bills = _list(billing.bills, Bill, "What was paid (门诊费用).")
    visits = _list(visits.visits, Visit, "Visits, outpatient and inpatient (就诊记录).")
    reports = _list(reports.reports, Report, "Laboratory and imaging reports (报告).")
    prescriptions = _list(prescriptions.prescriptions, Prescription, "Prescriptions (处方).")
    appointments = _list(appointments.appointments, Appointment, "Appointments, past and coming (预约).")


@graph_type(people.Viewer)
class Viewer(people.Viewer):
    """Who asks (当前用户)."""

    patients = relation(people.patients, list[Patient], "The people bound to the account; none for staff (就诊人).")
