"""The palm hospital (document "external interfaces that the palm hospital depends on"): a second HIS vendor."""

from connectors.core.config import Machinery, SystemConfig
from connectors.core.files import FileClient
from connectors.core.upstream import Upstream
from connectors.palm_hospital.admission_bookings import AdmissionBookings
from connectors.palm_hospital.admission_certificates import AdmissionCertificates
from connectors.palm_hospital.all_hours import AllHours
from connectors.palm_hospital.appointment_fees import AppointmentFees
from connectors.palm_hospital.base import Options, Palm
from connectors.palm_hospital.billing import Billing
from connectors.palm_hospital.card_changes import CardChanges
from connectors.palm_hospital.card_funds import Funds
from connectors.palm_hospital.cards import Cards
from connectors.palm_hospital.case_copies import CaseCopies
from connectors.palm_hospital.checkup_reports import CheckupReports
from connectors.palm_hospital.directory import Directory
from connectors.palm_hospital.inbound import INBOUND
from connectors.palm_hospital.nucleic_acid import NucleicAcidTests
from connectors.palm_hospital.nucleic_acid_bookings import NucleicAcidTestBookings
from connectors.palm_hospital.nucleic_acid_payments import NucleicAcidTestPayments
from connectors.palm_hospital.operating_rooms import OperatingRooms
from connectors.palm_hospital.orders import Orders
from connectors.palm_hospital.prescriptions import Prescriptions
from connectors.palm_hospital.price_lists import PriceLists
from connectors.palm_hospital.queue_numbers import QueueNumbers
from connectors.palm_hospital.receipts import Receipts
from connectors.palm_hospital.recharges import Recharges
from connectors.palm_hospital.registrations import Registrations
from connectors.palm_hospital.reports import Reports
from connectors.palm_hospital.same_day import SameDay
from connectors.palm_hospital.scheduling import Scheduling
from connectors.palm_hospital.stays import Stays
from connectors.palm_hospital.susceptibilities import Susceptibilities
from connectors.palm_hospital.system import Campuses, PalmSystem
from connectors.palm_hospital.visit_costs import VisitCosts
from connectors.palm_hospital.visits import Visits
from connectors.ports import Connection
from connectors.records.hospitals import Capability

__all__ = ["CONTRACT", "ENDPOINTS", "INBOUND", "Options", "connect"]

CONTRACT = "palm-hospital"
ENDPOINTS = (
    Cards,
    Orders,
    Billing,
    Recharges,
    Visits,
    Reports,
    CheckupReports,
    Susceptibilities,
    Prescriptions,
    Scheduling,
    Campuses,
    OperatingRooms,
    PriceLists,
    NucleicAcidTests,
    NucleicAcidTestBookings,
    NucleicAcidTestPayments,
    Stays,
    CaseCopies,
    AdmissionBookings,
    AdmissionCertificates,
    SameDay,
    Registrations,
    AppointmentFees,
    Directory,
    AllHours,
    Funds,
    CardChanges,
    Receipts,
    QueueNumbers,
)

_CAPABILITIES = frozenset(
    {
        Capability.CARDS,
        Capability.CARD_CREATION,
        Capability.CHARGES,
        Capability.BILLS,
        Capability.VISITS,
        Capability.REPORTS,
        Capability.CHECKUP_LOOKUP,
        Capability.PRESCRIPTIONS,
        Capability.SCHEDULES,
        Capability.APPOINTMENTS,
        Capability.CAMPUSES,
        Capability.OPERATING_ROOMS,
        Capability.PRICE_LIST,
        Capability.NUCLEIC_ACID_TESTS,
        Capability.NUCLEIC_ACID_TEST_HISTORY,
        Capability.NUCLEIC_ACID_TEST_BOOKING,
        Capability.ADMISSIONS,
        Capability.ADMISSION_BOOKING,
        Capability.CASE_PAGES,
        Capability.SAME_DAY_REGISTRATION,
        Capability.REGISTRATION_RESERVATION,
        Capability.INSURED_REGISTRATION,
        Capability.REGISTRATIONS,
        Capability.APPOINTMENT_PAYMENT,
        Capability.BOOKABLE_DAYS,
        Capability.DIRECTORY,
        Capability.ALL_HOURS_CLINIC,
        Capability.CARD_FUNDS,
        Capability.RECHARGE_HISTORY,
        Capability.DEPOSITS,
        Capability.MESSAGES,
        Capability.HOLDER_CHANGES,
        Capability.ELECTRONIC_INVOICES,
        Capability.NUMBER_COLLECTION,
    }
)
_WITH_SIGNER = frozenset(
    {
        Capability.CHARGE_PAYMENT,
        Capability.CASE_COPIES,
        Capability.CASE_COPY_CANCELLATION,
        Capability.RECHARGE,
        Capability.DEPOSIT_PAYMENT,
    }
)
_WITH_SELF_SERVICE = frozenset({Capability.ADMISSION_CERTIFICATES})
_SENT = frozenset({Capability.MESSAGES})


def _offered(options: Options) -> frozenset[Capability]:
    """Say what the system offers as it is configured."""
    offered = _CAPABILITIES | _WITH_SIGNER if options.signer else _CAPABILITIES
    return offered | _WITH_SELF_SERVICE if options.self_service else offered


def connect(config: SystemConfig, machinery: Machinery) -> Connection:
    """Connect a palm-hospital system and the hospitals behind it; makes no call yet."""
    upstream = Upstream(config, machinery)
    palm = Palm(config, upstream)
    cards, campuses = Cards(palm), Campuses(palm)
    orders, stays = Orders(palm), Stays(palm)
    billing = Billing(palm, orders)
    nucleic_acid_tests, nucleic_acid_bookings = NucleicAcidTests(palm), NucleicAcidTestBookings(palm)
    scheduling, registrations = Scheduling(palm), Registrations(palm)
    same_day = SameDay(palm, registrations)
    case_copies = CaseCopies(palm, stays, billing)
    recharges = Recharges(palm, stays, orders)
    checkup_reports = CheckupReports(palm)
    self_service = palm.options.self_service
    files = FileClient(config, machinery)
    return Connection(
        system=PalmSystem(upstream, campuses, files),
        hospitals=config.hospitals,
        capabilities=_offered(palm.options),
        lacking={hospital.id: _SENT for hospital in config.hospitals.values() if not hospital.sends},
        inbound=INBOUND,
        cards=cards,
        billing=billing,
        visits=Visits(palm, cards, stays),
        visit_costs=VisitCosts(stays),
        reports=Reports(palm, stays),
        susceptibilities=Susceptibilities(palm),
        checkup_contents=checkup_reports,
        numbered_checkups=checkup_reports,
        files=files,
        prescriptions=Prescriptions(palm, cards),
        scheduling=scheduling,
        bookable_days=scheduling,
        departments_today=same_day,
        same_day=same_day,
        reservations=same_day,
        registrations=registrations,
        appointment_fees=AppointmentFees(palm),
        directory=Directory(palm),
        all_hours=AllHours(palm),
        funds=Funds(palm, cards),
        recharges=recharges,
        recharge_history=recharges,
        deposits=recharges,
        holder_changes=CardChanges(palm),
        invoices=Receipts(palm, stays, files),
        number_collection=QueueNumbers(palm),
        campuses=campuses,
        operating_rooms=OperatingRooms(palm),
        price_lists=PriceLists(palm),
        nucleic_acid_tests=nucleic_acid_tests,
        nucleic_acid_test_history=nucleic_acid_tests,
        nucleic_acid_test_bookings=nucleic_acid_bookings,
        nucleic_acid_test_payments=NucleicAcidTestPayments(palm, nucleic_acid_bookings),
        admissions=stays,
        stay_costs=stays,
        case_copies=case_copies,
        case_copy_cancellations=case_copies,
        case_pages=case_copies,
        admission_bookings=AdmissionBookings(palm),
        admission_certificates=None if self_service is None else AdmissionCertificates(palm, self_service),
    )
