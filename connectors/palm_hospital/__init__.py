"""The palm hospital (document "external interfaces that the palm hospital depends on"): a second HIS vendor."""

from connectors.core.config import Machinery, SystemConfig
from connectors.core.files import FileClient
from connectors.core.upstream import Upstream
from connectors.palm_hospital.admission_bookings import AdmissionBookings
from connectors.palm_hospital.admission_certificates import AdmissionCertificates
from connectors.palm_hospital.base import Options, Palm
from connectors.palm_hospital.billing import Billing
from connectors.palm_hospital.cards import Cards
from connectors.palm_hospital.case_copies import CaseCopies
from connectors.palm_hospital.nucleic_acid import NucleicAcidTests
from connectors.palm_hospital.nucleic_acid_bookings import NucleicAcidTestBookings
from connectors.palm_hospital.prescriptions import Prescriptions
from connectors.palm_hospital.reports import Reports
from connectors.palm_hospital.scheduling import Scheduling
from connectors.palm_hospital.stays import Stays
from connectors.palm_hospital.system import Campuses, PalmSystem
from connectors.palm_hospital.visits import Visits
from connectors.ports import Connection
from connectors.records.hospitals import Capability

__all__ = ["CONTRACT", "ENDPOINTS", "Options", "connect"]

CONTRACT = "palm-hospital"
ENDPOINTS = (
    Cards,
    Billing,
    Visits,
    Reports,
    Prescriptions,
    Scheduling,
    Campuses,
    NucleicAcidTests,
    NucleicAcidTestBookings,
    Stays,
    CaseCopies,
    AdmissionBookings,
    AdmissionCertificates,
)

_CAPABILITIES = frozenset(
    {
        Capability.CARDS,
        Capability.CARD_CREATION,
        Capability.CHARGES,
        Capability.BILLS,
        Capability.VISITS,
        Capability.REPORTS,
        Capability.PRESCRIPTIONS,
        Capability.SCHEDULES,
        Capability.APPOINTMENTS,
        Capability.CAMPUSES,
        Capability.NUCLEIC_ACID_TESTS,
        Capability.NUCLEIC_ACID_TEST_HISTORY,
        Capability.NUCLEIC_ACID_TEST_BOOKING,
        Capability.ADMISSIONS,
        Capability.ADMISSION_BOOKING,
        Capability.CASE_PAGES,
    }
)
_WITH_SIGNER = frozenset({Capability.CHARGE_PAYMENT, Capability.CASE_COPIES, Capability.CASE_COPY_CANCELLATION})
_WITH_SELF_SERVICE = frozenset({Capability.ADMISSION_CERTIFICATES})


def _offered(options: Options) -> frozenset[Capability]:
    """Say what the system offers as it is configured."""
    offered = _CAPABILITIES | _WITH_SIGNER if options.signer else _CAPABILITIES
    return offered | _WITH_SELF_SERVICE if options.self_service else offered


def connect(config: SystemConfig, machinery: Machinery) -> Connection:
    """Connect a palm-hospital system and the hospitals behind it; makes no call yet."""
    upstream = Upstream(config, machinery)
    palm = Palm(config, upstream)
    cards, campuses = Cards(palm), Campuses(palm)
    billing, stays = Billing(palm), Stays(palm)
    nucleic_acid_tests = NucleicAcidTests(palm)
    case_copies = CaseCopies(palm, stays, billing)
    self_service = palm.options.self_service
    files = FileClient(config, machinery)
    return Connection(
        system=PalmSystem(upstream, campuses, files),
        hospitals=config.hospitals,
        capabilities=_offered(palm.options),
        cards=cards,
        billing=billing,
        visits=Visits(palm, cards),
        reports=Reports(palm),
        files=files,
        prescriptions=Prescriptions(palm, cards),
        scheduling=Scheduling(palm),
        campuses=campuses,
        nucleic_acid_tests=nucleic_acid_tests,
        nucleic_acid_test_history=nucleic_acid_tests,
        nucleic_acid_test_bookings=NucleicAcidTestBookings(palm),
        admissions=stays,
        stay_costs=stays,
        case_copies=case_copies,
        case_copy_cancellations=case_copies,
        case_pages=case_copies,
        admission_bookings=AdmissionBookings(palm),
        admission_certificates=None if self_service is None else AdmissionCertificates(palm, self_service),
    )
