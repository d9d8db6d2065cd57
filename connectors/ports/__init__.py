"""What a hospital can be asked, by domain. A vendor package implements those that its system offers.

Methods that take a sequence answer one outcome per element, in order: the result or the ConnectorError of that one,
so that one hospital's fault stays its own. Vendors with a batch call use it there.
"""

from connectors.ports.admission_applications import AdmissionApplications
from connectors.ports.admission_bookings import AdmissionBookings, AdmissionCertificates
from connectors.ports.arrivals import Arrivals, FeverClinics, NumberCollection
from connectors.ports.billing import Billing
from connectors.ports.card_changes import CardLinks, HolderChanges, RelatedPeople
from connectors.ports.cards import Cards, Funds
from connectors.ports.caregivers import Caregivers
from connectors.ports.checkups import CheckupBooking, Checkups
from connectors.ports.connection import Connection
from connectors.ports.consultations import Consultations
from connectors.ports.directory import AllHours, Directory
from connectors.ports.drug_leaflets import DrugLeaflets
from connectors.ports.education import Education
from connectors.ports.examinations import Examinations
from connectors.ports.inpatient import (
    Admissions,
    CaseCopies,
    CaseCopyCancellations,
    CasePages,
    Deposits,
    Discharges,
    Inpatients,
    StayCosts,
    VisitCosts,
)
from connectors.ports.insurance import CounterInsurance, Insurance
from connectors.ports.invoices import Invoices
from connectors.ports.lab_tests import LabTests
from connectors.ports.nucleic_acid import NucleicAcidTestBookings, NucleicAcidTestHistory, NucleicAcidTestPayments
from connectors.ports.operating_rooms import OperatingRooms
from connectors.ports.outcomes import Outcome, Outcomes
from connectors.ports.outreach import Outreach
from connectors.ports.prescriptions import Prescriptions
from connectors.ports.prices import PriceLists
from connectors.ports.recharges import RechargeHistory, Recharges, Reconciliation, Refunds
from connectors.ports.registrations import Registrations, Reservations
from connectors.ports.report_files import Files, ReportFiles
from connectors.ports.reports import Reports
from connectors.ports.same_day import AppointmentFees, SameDay
from connectors.ports.scheduling import BookableDays, Booking, DepartmentsToday, Scheduling
from connectors.ports.self_service import SelfService
from connectors.ports.special_reports import (
    CheckupContents,
    CheckupReports,
    EcgReports,
    NucleicAcidTests,
    NumberedCheckups,
    PathologyReports,
)
from connectors.ports.statistics import Statistics
from connectors.ports.susceptibilities import Susceptibilities
from connectors.ports.system import Campuses, System
from connectors.ports.visit_guides import VisitGuides
from connectors.ports.visits import Visits

__all__ = [
    "AdmissionApplications",
    "AdmissionBookings",
    "AdmissionCertificates",
    "Admissions",
    "AllHours",
    "AppointmentFees",
    "Arrivals",
    "Billing",
    "BookableDays",
    "Booking",
    "Campuses",
    "CardLinks",
    "Cards",
    "Caregivers",
    "CaseCopies",
    "CaseCopyCancellations",
    "CasePages",
    "CheckupBooking",
    "CheckupContents",
    "CheckupReports",
    "Checkups",
    "Connection",
    "Consultations",
    "CounterInsurance",
    "DepartmentsToday",
    "Deposits",
    "Directory",
    "Discharges",
    "DrugLeaflets",
    "EcgReports",
    "Education",
    "Examinations",
    "FeverClinics",
    "Files",
    "Funds",
    "HolderChanges",
    "Inpatients",
    "Insurance",
    "Invoices",
    "LabTests",
    "NucleicAcidTestBookings",
    "NucleicAcidTestHistory",
    "NucleicAcidTestPayments",
    "NucleicAcidTests",
    "NumberCollection",
    "NumberedCheckups",
    "OperatingRooms",
    "Outcome",
    "Outcomes",
    "Outreach",
    "PathologyReports",
    "Prescriptions",
    "PriceLists",
    "RechargeHistory",
    "Recharges",
    "Reconciliation",
    "Refunds",
    "Registrations",
    "RelatedPeople",
    "ReportFiles",
    "Reports",
    "Reservations",
    "SameDay",
    "Scheduling",
    "SelfService",
    "Statistics",
    "StayCosts",
    "Susceptibilities",
    "System",
    "VisitCosts",
    "VisitGuides",
    "Visits",
]
