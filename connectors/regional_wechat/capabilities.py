"""What the document offers, and what a hospital lacks: the document names no address for it, and none is configured."""

from collections.abc import Iterable, Mapping

from connectors.records.hospitals import Capability
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.examination_keys import CHANGE

OFFERED = frozenset(
    {
        Capability.ADMISSIONS,
        Capability.ADMISSION_APPLICATIONS,
        Capability.APPOINTMENTS,
        Capability.APPOINTMENT_PAYMENT,
        Capability.BILLS,
        Capability.CARDS,
        Capability.CARD_CREATION,
        Capability.CARD_LINKS,
        Capability.CAREGIVER_PASSES,
        Capability.CASE_COPIES,
        Capability.CHARGES,
        Capability.CHARGE_PAYMENT,
        Capability.CHECKUPS,
        Capability.CHECKUP_LOOKUP,
        Capability.CHECKUP_REPORTS,
        Capability.CONTACTS,
        Capability.COUNTER_INSURANCE,
        Capability.DEPOSITS,
        Capability.DEPOSIT_PAYMENT,
        Capability.DISCHARGES,
        Capability.DRUG_LEAFLETS,
        Capability.ECG_REPORTS,
        Capability.ELECTRONIC_INVOICES,
        Capability.EXAMINATIONS,
        Capability.EXAMINATION_CHANGES,
        Capability.EXAMINATION_QUEUES,
        Capability.FEVER_CLINICS,
        Capability.HOLDER_CHANGES,
        Capability.INSURANCE_ORDERS,
        Capability.LAB_TESTS,
        Capability.NEWBORN_CARDS,
        Capability.NUCLEIC_ACID_TESTS,
        Capability.ONLINE_CONSULTATIONS,
        Capability.OUTREACH,
        Capability.PATHOLOGY_REPORTS,
        Capability.PATIENT_EDUCATION,
        Capability.PRESCRIPTIONS,
        Capability.RECHARGE,
        Capability.RECONCILIATION,
        Capability.REFUNDS,
        Capability.REPORTS,
        Capability.REPORT_IMAGES,
        Capability.SAME_DAY_REGISTRATION,
        Capability.SCHEDULES,
        Capability.SELF_SERVICE_PACKAGES,
        Capability.STATISTICS,
        Capability.TRIAGE,
        Capability.VISITS,
        Capability.VISIT_GUIDES,
    }
)
"""What the document has interfaces for."""

_NEEDED = {
    Capability.VISIT_GUIDES: ("4.1.1",),
    Capability.EXAMINATION_CHANGES: (CHANGE,),
    Capability.INSURANCE_ORDERS: ("5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.5", "5.1.6"),
}


def lacking(regional: Regional, hospital_ids: Iterable[str]) -> Mapping[str, frozenset[Capability]]:
    """Say for each hospital what of its system it does not offer: a service with a step that has no address."""
    return {hospital_id: _lacking(regional, hospital_id) for hospital_id in hospital_ids}


def _lacking(regional: Regional, hospital_id: str) -> frozenset[Capability]:
    return frozenset(
        capability
        for capability, numbers in _NEEDED.items()
        if not all(regional.is_configured(number, hospital_id) for number in numbers)
    )
