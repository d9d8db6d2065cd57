"""The interfaces that are answered, by name."""

from sandbox.regional import billing, cards, examinations, prescriptions, reports, scheduling, visits
from sandbox.regional.call import Interface

DOMAINS = (cards, billing, reports, visits, scheduling, examinations, prescriptions)

REGISTRY: dict[str, Interface] = {interface.name: interface for domain in DOMAINS for interface in domain.INTERFACES}
