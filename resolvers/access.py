"""The access rules, in one place: every read and write of patient data asks here first.

A patient reaches the cards bound to the token; staff reach the cards of the hospitals where they work; nobody else
reaches any.
"""

from connectors.records.base import CardRef
from connectors.records.problems import ProblemCode
from resolvers.principal import BoundPerson, Principal, Role
from resolvers.problems import Problem


def require_known(principal: Principal) -> None:
    """Raise Problem UNAUTHENTICATED for nobody."""
    if principal.role is Role.ANONYMOUS:
        raise Problem(ProblemCode.UNAUTHENTICATED, "请先登录")


def require_staff(principal: Principal, hospital_id: str) -> None:
    """Raise Problem FORBIDDEN for all but the staff of the hospital."""
    require_known(principal)
    if principal.role is not Role.STAFF or hospital_id not in principal.hospital_ids:
        raise Problem(ProblemCode.FORBIDDEN, "无权访问")


def require_card(principal: Principal, card: CardRef) -> None:
    """Raise Problem UNAUTHENTICATED or FORBIDDEN unless the principal reaches the card."""
    role = principal.role
    if role is Role.PATIENT:
        reached = principal.holder_of(card) is not None
    else:
        require_known(principal)
        reached = role is Role.STAFF and card.hospital_id in principal.hospital_ids
    if not reached:
        raise Problem(ProblemCode.FORBIDDEN, "无权访问")


def require_person(principal: Principal, person_id: str) -> BoundPerson:
    """Return the bound person; raise Problem UNAUTHENTICATED or FORBIDDEN for anybody else."""
    require_known(principal)
    person = principal.people.get(person_id) if principal.role is Role.PATIENT else None
    if person is None:
        raise Problem(ProblemCode.FORBIDDEN, "无权访问")
    return person


def person_of(principal: Principal, card: CardRef) -> BoundPerson | None:
    """Return the bound person that a card belongs to."""
    return principal.holder_of(card)


def sees_withheld(principal: Principal) -> bool:
    """Say whether sensitive and unaudited reports show their content: to staff only."""
    return principal.role is Role.STAFF
