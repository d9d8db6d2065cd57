"""Which antibiotics act on the bacteria of a culture."""

from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum


class SusceptibilityCategory(DocumentedEnum):
    """How a bacterium answers to an antibiotic (药敏结果)."""

    SUSCEPTIBLE = "SUSCEPTIBLE", "The antibiotic acts (敏感)."
    INTERMEDIATE = "INTERMEDIATE", "It acts a little (中介)."
    RESISTANT = "RESISTANT", "It does not act (耐药)."
    INTRINSICALLY_RESISTANT = "INTRINSICALLY_RESISTANT", "It never acts on this kind of bacteria (固有耐药)."
    NOT_APPLICABLE = "NOT_APPLICABLE", "Not to be judged (不适应)."
    UNKNOWN = "UNKNOWN", "A result this server does not know (未知)."


@dataclass(kw_only=True, slots=True)
class Susceptibility:
    """A bacterium of a culture against an antibiotic (药敏试验, FHIR Observation)."""

    card: Annotated[CardRef, INTERNAL]
    rank: Annotated[int | None, INTERNAL] = None
    bacterium_name: Annotated[str | None, Doc("The bacterium (细菌名称).")] = None
    antibiotic_name: Annotated[str | None, Doc("The antibiotic (抗菌药物名称).")] = None
    inhibitory_concentration: Annotated[
        str | None, Doc("Least concentration that stops growth, as printed (MIC, 最低抑菌浓度).")
    ] = None
    inhibition_zone: Annotated[str | None, Doc("Range of the zone without growth, as printed (KB, 抑菌圈范围).")] = None
    category: Annotated[SusceptibilityCategory, Doc("What it means (结果).")] = SusceptibilityCategory.UNKNOWN
