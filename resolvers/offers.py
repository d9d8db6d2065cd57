"""What a hospital does not offer."""

from typing import TypeVar

from connectors.ports import Connection
from connectors.records.hospitals import Capability
from connectors.records.problems import ProblemCode
from resolvers.problems import Problem

P = TypeVar("P")


def offered(port: P | None) -> P:
    """Return the port; raises Problem UNSUPPORTED_BY_HOSPITAL where the hospital's system has none."""
    if port is None:
        raise Problem(ProblemCode.UNSUPPORTED_BY_HOSPITAL, "医院未开通此功能")
    return port


def require_offered(connection: Connection, hospital_id: str, capability: Capability) -> None:
    """Raise Problem UNSUPPORTED_BY_HOSPITAL unless the hospital offers it."""
    if capability not in connection.offers(hospital_id):
        raise Problem(ProblemCode.UNSUPPORTED_BY_HOSPITAL, "医院未开通此功能")
