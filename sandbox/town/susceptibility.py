"""What acts on the bacteria that grew in a culture."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Susceptibility:
    """A bacterium against an antibiotic; `code` is S, I, R, R* or N/R, as laboratories write it."""

    bacterium: str
    antibiotic: str
    concentration: str
    zone: str
    code: str


CULTURE = (
    Susceptibility("大肠埃希菌", "阿米卡星", "≤2", "≥17", "S"),
    Susceptibility("大肠埃希菌", "头孢呋辛", "16", "15-17", "I"),
    Susceptibility("大肠埃希菌", "左氧氟沙星", "≥8", "≤13", "R"),
    Susceptibility("大肠埃希菌", "万古霉素", "", "", "R*"),
    Susceptibility("大肠埃希菌", "呋喃唑酮", "", "", "N/R"),
)
