"""What the document offers, and what a hospital lacks: the document names no address for it, and none is configured."""

from collections.abc import Iterable, Mapping

from connectors.records.hospitals import Capability
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.examination_keys import CHANGE

OFFERED = frozenset(Capability) - {
    Capability.ADMISSION_BOOKING,
    Capability.ADMISSION_CERTIFICATES,
    Capability.ALL_HOURS_CLINIC,
    Capability.BOOKABLE_DAYS,
    Capability.CAMPUSES,
    Capability.CARD_FUNDS,
    Capability.CASE_COPY_CANCELLATION,
    Capability.CASE_PAGES,
    Capability.DIRECTORY,
    Capability.INSURED_REGISTRATION,
    Capability.NUCLEIC_ACID_TEST_BOOKING,
    Capability.NUCLEIC_ACID_TEST_HISTORY,
    Capability.OPERATING_ROOMS,
    Capability.PRICE_LIST,
    Capability.REGISTRATIONS,
    Capability.REGISTRATION_RESERVATION,
}
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
