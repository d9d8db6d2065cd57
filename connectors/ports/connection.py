"""A connected vendor system: what it offers, and for which hospitals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from connectors.core.config import HospitalConfig
from connectors.core.inbound import Inbound
from connectors.ports.admission_applications import AdmissionApplications
from connectors.ports.admission_bookings import AdmissionBookings, AdmissionCertificates
from connectors.ports.arrivals import Arrivals, FeverClinics, NumberCollection
from connectors.ports.billing import Billing
from connectors.ports.card_changes import CardLinks, HolderChanges, RelatedPeople
from connectors.ports.cards import Cards, Funds
from connectors.ports.caregivers import Caregivers
from connectors.ports.checkups import Checkups
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
from connectors.ports.outreach import Outreach
from connectors.ports.prescriptions import Prescriptions
from connectors.ports.prices import PriceLists
from connectors.ports.recharges import RechargeHistory, Recharges, Reconciliation, Refunds
from connectors.ports.registrations import Registrations, Reservations
from connectors.ports.report_files import Files, ReportFiles
from connectors.ports.reports import Reports
from connectors.ports.same_day import AppointmentFees, SameDay
from connectors.ports.scheduling import BookableDays, DepartmentsToday, Scheduling
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
from connectors.records.base import CardRef
from connectors.records.drift import FieldDrift
from connectors.records.hospitals import Capability


def _all_together(_card: CardRef) -> str:
    return ""


def _as_it_is(scanned: str) -> str | None:
    return scanned.strip() or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A connected vendor system: its ports (None: not offered) and the hospitals it serves.

    `capabilities` are the system's; a hospital may be `lacking` some of them. Cards of one `batch_key` may share a
    call; others are asked apart, so that they do not wait for each other. `card_number` reads what a card's code holds;
    None where there is no number in it. `inbound` are the interfaces that the system calls here.
    """

    system: System
    hospitals: Mapping[str, HospitalConfig]
    capabilities: frozenset[Capability] = field(default_factory=frozenset)
    lacking: Mapping[str, frozenset[Capability]] = field(default_factory=dict)
    batch_key: Callable[[CardRef], str] = _all_together
    card_number: Callable[[str], str | None] = _as_it_is
    inbound: tuple[Inbound, ...] = ()
    cards: Cards
    billing: Billing | None = None
    visits: Visits | None = None
    reports: Reports | None = None
    ecg_reports: EcgReports | None = None
    pathology_reports: PathologyReports | None = None
    checkup_reports: CheckupReports | None = None
    checkup_contents: CheckupContents | None = None
    numbered_checkups: NumberedCheckups | None = None
    nucleic_acid_tests: NucleicAcidTests | None = None
    nucleic_acid_test_history: NucleicAcidTestHistory | None = None
    nucleic_acid_test_bookings: NucleicAcidTestBookings | None = None
    nucleic_acid_test_payments: NucleicAcidTestPayments | None = None
    susceptibilities: Susceptibilities | None = None
    report_files: ReportFiles | None = None
    files: Files | None = None
    prescriptions: Prescriptions | None = None
    scheduling: Scheduling | None = None
    bookable_days: BookableDays | None = None
    departments_today: DepartmentsToday | None = None
    same_day: SameDay | None = None
    reservations: Reservations | None = None
    registrations: Registrations | None = None
    directory: Directory | None = None
    all_hours: AllHours | None = None
    funds: Funds | None = None
    appointment_fees: AppointmentFees | None = None
    arrivals: Arrivals | None = None
    number_collection: NumberCollection | None = None
    fever_clinics: FeverClinics | None = None
    examinations: Examinations | None = None
    lab_tests: LabTests | None = None
    self_service: SelfService | None = None
    campuses: Campuses | None = None
    holder_changes: HolderChanges | None = None
    related_people: RelatedPeople | None = None
    card_links: CardLinks | None = None
    recharges: Recharges | None = None
    recharge_history: RechargeHistory | None = None
    refunds: Refunds | None = None
    reconciliation: Reconciliation | None = None
    checkups: Checkups | None = None
    drift: Callable[[], list[FieldDrift]] | None = None
    admissions: Admissions | None = None
    inpatients: Inpatients | None = None
    stay_costs: StayCosts | None = None
    visit_costs: VisitCosts | None = None
    deposits: Deposits | None = None
    discharges: Discharges | None = None
    case_copies: CaseCopies | None = None
    case_copy_cancellations: CaseCopyCancellations | None = None
    case_pages: CasePages | None = None
    admission_applications: AdmissionApplications | None = None
    admission_bookings: AdmissionBookings | None = None
    admission_certificates: AdmissionCertificates | None = None
    caregivers: Caregivers | None = None
    education: Education | None = None
    outreach: Outreach | None = None
    statistics: Statistics | None = None
    visit_guides: VisitGuides | None = None
    insurance: Insurance | None = None
    counter_insurance: CounterInsurance | None = None
    invoices: Invoices | None = None
    consultations: Consultations | None = None
    drug_leaflets: DrugLeaflets | None = None
    operating_rooms: OperatingRooms | None = None
    price_lists: PriceLists | None = None

    def offers(self, hospital_id: str) -> frozenset[Capability]:
        """Say what one of its hospitals offers."""
        return self.capabilities - self.lacking.get(hospital_id, frozenset())
