"""The regional HIS (document "regional WeChat account interfaces", 1.6.68): `hospital.interface.*` calls."""

from functools import partial

from connectors.core.config import Machinery, SystemConfig
from connectors.core.drift import Drift
from connectors.core.files import FileClient
from connectors.core.upstream import Upstream
from connectors.ports import Connection
from connectors.regional_wechat.admission_applications import AdmissionApplications
from connectors.regional_wechat.admissions import Admissions
from connectors.regional_wechat.appointment_fees import AppointmentFees
from connectors.regional_wechat.arrivals import Arrivals
from connectors.regional_wechat.base import Options, Regional
from connectors.regional_wechat.billing import Billing
from connectors.regional_wechat.capabilities import OFFERED, lacking
from connectors.regional_wechat.card_changes import CardChanges
from connectors.regional_wechat.cards import Cards
from connectors.regional_wechat.caregivers import Caregivers
from connectors.regional_wechat.case_copies import CaseCopies
from connectors.regional_wechat.checkup_reports import CheckupReports
from connectors.regional_wechat.checkups import Checkups
from connectors.regional_wechat.consultations import Consultations
from connectors.regional_wechat.counter_insurance import CounterInsurance
from connectors.regional_wechat.deposits import Deposits
from connectors.regional_wechat.discharges import Discharges
from connectors.regional_wechat.documented import AROUND, FIELDS
from connectors.regional_wechat.drug_leaflets import DrugLeaflets
from connectors.regional_wechat.ecg_reports import EcgReports
from connectors.regional_wechat.education import Education
from connectors.regional_wechat.examinations import Examinations
from connectors.regional_wechat.health_card import card_number
from connectors.regional_wechat.insurance import Insurance
from connectors.regional_wechat.invoices import Invoices
from connectors.regional_wechat.lab_tests import LabTests
from connectors.regional_wechat.nucleic_acid import NucleicAcidTests
from connectors.regional_wechat.outreach import Outreach
from connectors.regional_wechat.pathology_reports import PathologyReports
from connectors.regional_wechat.prescriptions import Prescriptions
from connectors.regional_wechat.recharges import Recharges
from connectors.regional_wechat.reconciliation import Reconciliation
from connectors.regional_wechat.report_files import ReportFiles
from connectors.regional_wechat.reports import Reports
from connectors.regional_wechat.same_day import SameDay
from connectors.regional_wechat.scheduling import Scheduling
from connectors.regional_wechat.self_service import SelfService
from connectors.regional_wechat.statistics import Statistics
from connectors.regional_wechat.stay_costs import StayCosts
from connectors.regional_wechat.system import RegionalSystem
from connectors.regional_wechat.visit_guides import VisitGuides
from connectors.regional_wechat.visits import Visits

__all__ = ["CONTRACT", "ENDPOINTS", "Options", "connect"]

CONTRACT = "regional-wechat"
ENDPOINTS = (
    Cards,
    Billing,
    Visits,
    Reports,
    EcgReports,
    PathologyReports,
    CheckupReports,
    NucleicAcidTests,
    ReportFiles,
    Prescriptions,
    Scheduling,
    CardChanges,
    Recharges,
    Reconciliation,
    Admissions,
    StayCosts,
    Deposits,
    Discharges,
    CaseCopies,
    AdmissionApplications,
    Caregivers,
    Education,
    Outreach,
    Statistics,
    SameDay,
    AppointmentFees,
    Arrivals,
    Examinations,
    LabTests,
    SelfService,
    Consultations,
    CounterInsurance,
    DrugLeaflets,
    Insurance,
    Invoices,
    VisitGuides,
    Checkups,
)


def connect(config: SystemConfig, machinery: Machinery) -> Connection:
    """Connect a regional HIS and the hospitals behind it; makes no call yet."""
    drift = Drift(FIELDS, AROUND, partial(machinery.drifted, config.name))
    upstream = Upstream(config, machinery, drift)
    regional = Regional(config, upstream)
    files = FileClient(config, machinery)
    changes, recharges = CardChanges(regional), Recharges(regional)
    same_day = SameDay(regional)
    scheduling = Scheduling(regional, same_day)
    arrivals = Arrivals(regional)
    checkup_reports = CheckupReports(regional)
    admissions, stay_costs = Admissions(regional), StayCosts(regional)
    return Connection(
        system=RegionalSystem(upstream, scheduling, files),
        hospitals=config.hospitals,
        capabilities=OFFERED,
        lacking=lacking(regional, config.hospitals),
        batch_key=lambda card: card.number,
        cards=Cards(regional),
        billing=Billing(regional),
        visits=Visits(regional),
        checkups=Checkups(regional),
        drift=lambda: drift.found,
        reports=Reports(regional),
        ecg_reports=EcgReports(regional),
        pathology_reports=PathologyReports(regional),
        checkup_reports=checkup_reports,
        checkup_contents=checkup_reports,
        nucleic_acid_tests=NucleicAcidTests(regional),
        report_files=ReportFiles(regional, files),
        files=files,
        prescriptions=Prescriptions(regional),
        scheduling=scheduling,
        card_number=lambda scanned: card_number(scanned, regional.options.health_card_position),
        holder_changes=changes,
        related_people=changes,
        card_links=changes,
        recharges=recharges,
        refunds=recharges,
        reconciliation=Reconciliation(regional),
        departments_today=scheduling,
        same_day=same_day,
        appointment_fees=AppointmentFees(regional),
        arrivals=arrivals,
        fever_clinics=arrivals,
        examinations=Examinations(regional),
        lab_tests=LabTests(regional),
        self_service=SelfService(regional),
        admissions=admissions,
        inpatients=admissions,
        stay_costs=stay_costs,
        visit_costs=stay_costs,
        deposits=Deposits(regional),
        discharges=Discharges(regional),
        case_copies=CaseCopies(regional),
        admission_applications=AdmissionApplications(regional),
        caregivers=Caregivers(regional),
        education=Education(regional),
        outreach=Outreach(regional),
        statistics=Statistics(regional),
        consultations=Consultations(regional),
        counter_insurance=CounterInsurance(regional),
        drug_leaflets=DrugLeaflets(regional),
        insurance=Insurance(regional),
        invoices=Invoices(regional),
        visit_guides=VisitGuides(regional),
    )
