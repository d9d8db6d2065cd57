"""People and their cards: where most queries begin."""

import datetime as dt
from decimal import Decimal

from connectors.records.people import CardStatus, Gender
from resolvers.access_control import access_log
from resolvers.access_control.principal import Relation, Role
from resolvers.access_control.scopes import Personal, Resource
from resolvers.clinical_records import prescriptions, visits
from resolvers.diagnostic_reports import reports
from resolvers.finance import billing
from resolvers.outpatient import appointments
from resolvers.patients import cards, people
from schema.access_control.access_log import RecordAccess
from schema.access_control.guards import PUBLIC, owned, owned_by_all
from schema.base import graph_enum, graph_type, relation, type_in
from schema.checkups.packages import CheckupsOfCard
from schema.checkups.self_service import SelfServiceOfCard
from schema.clinical_records.consultation import ConsultationsOfCard
from schema.clinical_records.prescription import Prescription
from schema.clinical_records.visit import Visit
from schema.clinical_records.visit_guide import VisitGuideOfCard
from schema.communication.education import EducationOfPatient
from schema.communication.messages import MessagesOfCard
from schema.cost import BILLS_OF_A_CARD, CHARGES_OF_A_CARD, FREE, REPORTS_OF_A_CARD, Cost, Size
from schema.diagnostic_reports.report import Report
from schema.diagnostic_reports.special_reports import SpecialReportsOfCard, SpecialReportsOfPatient
from schema.diagnostic_tests.examination import ExaminationsOfPatient
from schema.diagnostic_tests.nucleic_acid_booking import NucleicAcidTestsOfCard, NucleicAcidTestsOfPatient
from schema.facilities.hospital import Hospital
from schema.finance.counter_insurance import CounterInsuranceOfCard
from schema.finance.insurance import InsuranceOfCard
from schema.finance.invoice import InvoicesOfPatient
from schema.finance.money import Bill, Charge, ChargeSheet
from schema.inpatient.admission_applications import AdmissionApplicationsOfPatient
from schema.inpatient.admission_bookings import AdmissionBookingsOfCard
from schema.inpatient.admission_certificates import AdmissionCertificatesOfCard
from schema.inpatient.admissions import StaysOfCard, StaysOfPatient
from schema.inpatient.caregivers import CaregiverPassesOfCard
from schema.inpatient.deposits import DepositsOfPatient
from schema.inpatient.stay_costs import CostsOfCard
from schema.lists import Connection, list_over_hospitals
from schema.node import Node, node_id
from schema.outpatient.appointment import Appointment
from schema.outpatient.arrival import ArrivalsOfCard, QueuesOfPatient
from schema.outpatient.registrations import RegistrationsOfCard
from schema.outpatient.same_day import SameDayOfCard
from schema.patients.recharge import RechargesOfCard, RefundsOfCard

graph_enum(Role)
graph_enum(Relation)

_Patient = type_in("schema.patients.patient", "Patient")


_HOLDER = Cost(holder=True)


@graph_type(people.CardAtHospital, owned(Resource.PATIENT))
class Card(
    SelfServiceOfCard,
    StaysOfCard,
    CostsOfCard,
    AdmissionBookingsOfCard,
    AdmissionCertificatesOfCard,
    CaregiverPassesOfCard,
    VisitGuideOfCard,
    InsuranceOfCard,
    CounterInsuranceOfCard,
    ConsultationsOfCard,
    ArrivalsOfCard,
    SameDayOfCard,
    RegistrationsOfCard,
    RechargesOfCard,
    RefundsOfCard,
    CheckupsOfCard,
    NucleicAcidTestsOfCard,
    MessagesOfCard,
    SpecialReportsOfCard,
    people.CardAtHospital,
    Node,
):
    """A person at one hospital (就诊卡)."""

    id = node_id(cards.card_id)
    hospital = relation(cards.hospital, Hospital, "The hospital (医院).")
    patient = relation(cards.patient, _Patient, "The person (就诊人).", cost=Cost(size=Size.PERSON))
    holder_name = relation(
        cards.holder_name,
        str | None,
        "Name as this hospital has it (持卡人姓名).",
        cost=_HOLDER,
        personal=Personal.NAME,
    )
    status = relation(
        cards.status, graph_enum(CardStatus) | None, "Whether the card can be used (卡状态).", cost=_HOLDER
    )
    balance = relation(cards.balance, Decimal | None, "Money on the card in yuan (卡余额).", cost=Cost(calls=1))
    charge_sheet = relation(
        billing.charge_sheet,
        ChargeSheet | None,
        "All that the card has to pay, with the hospital's total (待缴费清单).",
        cost=Cost(calls=CHARGES_OF_A_CARD, holder=True),
    )


@graph_type(people.Patient, owned_by_all(Resource.PATIENT))
class Patient(
    ExaminationsOfPatient,
    DepositsOfPatient,
    StaysOfPatient,
    EducationOfPatient,
    AdmissionApplicationsOfPatient,
    InvoicesOfPatient,
    QueuesOfPatient,
    NucleicAcidTestsOfPatient,
    SpecialReportsOfPatient,
    people.Patient,
    Node,
):
    """A person, whatever hospitals know them (就诊人, FHIR Patient)."""

    id = node_id(people.patient_id)
    name = relation(
        people.name,
        str | None,
        "Name, from the first hospital that answers (姓名).",
        cost=_HOLDER,
        personal=Personal.NAME,
    )
    gender = relation(people.gender, graph_enum(Gender) | None, "Gender (性别).", cost=_HOLDER)
    birth_date = relation(people.birth_date, dt.date | None, "Birth date (出生日期).", cost=_HOLDER)
    phone = relation(
        people.phone,
        str | None,
        "Phone; masked for all but the person (手机号).",
        cost=_HOLDER,
        personal=Personal.PHONE,
    )
    identity_number = relation(
        people.identity_number,
        str | None,
        "Identity number; masked for all but the person (身份证号).",
        cost=_HOLDER,
        personal=Personal.IDENTITY_NUMBER,
    )
    cards = relation(cards.cards, list[Card], "Cards, one per hospital (就诊卡).", cost=Cost(size=Size.CARDS))
    charges = list_over_hospitals(billing.charges, Charge, "What waits to be paid (待缴费).", CHARGES_OF_A_CARD)
    bills = list_over_hospitals(billing.bills, Bill, "What was paid (门诊费用).", BILLS_OF_A_CARD)
    visits = list_over_hospitals(visits.visits, Visit, "Visits, outpatient and inpatient (就诊记录).", 2)
    reports = list_over_hospitals(reports.reports, Report, "Laboratory and imaging reports (报告).", REPORTS_OF_A_CARD)
    prescriptions = list_over_hospitals(prescriptions.prescriptions, Prescription, "Prescriptions (处方).", 1)
    appointments = list_over_hospitals(
        appointments.appointments, Appointment, "Appointments, past and coming (预约).", 2
    )
    access_log = relation(
        access_log.access_log,
        Connection[RecordAccess] | None,
        "Who read the record; for the person, a guardian, and staff who are allowed to (访问记录).",
        cost=FREE,
    )


@graph_type(people.Viewer, PUBLIC)
class Viewer(people.Viewer):
    """Who asks (当前用户)."""

    patients = relation(
        people.patients,
        list[Patient],
        "The people bound to the account; none for staff (就诊人).",
        cost=Cost(size=Size.PEOPLE),
    )
