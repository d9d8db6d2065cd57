"""The access layer: every read and write of patient data passes here, and what passed is remembered for the audit.

A patient reaches the cards bound to the account; staff and systems those of their hospitals; each as far as the
token's scopes go. It is asked twice: before a hospital is (`require`, in the loaders and mutations), and by whatever
executes an operation, for each object of patient data that is to be shown (`see`), wherever it came from.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from connectors.records.base import CardRef
from connectors.records.problems import ProblemCode
from resolvers.access_control.principal import BoundPerson, Principal, Role
from resolvers.access_control.scopes import Action, Resource
from resolvers.problems import Problem

F = TypeVar("F", bound=Callable[..., Any])

_NEED = "__access_need__"
# In refusals that are about no card that is known.
_NO_CARD = ""
_NO_HOSPITAL = ""
_WORKING = frozenset({Role.STAFF, Role.SYSTEM})


class Need(NamedTuple):
    """What one must be allowed to do."""

    resource: Resource
    action: Action


class Sight(NamedTuple):
    """Patient data that an answer shows, or that was refused."""

    resource: Resource
    card: CardRef


def needs(resource: Resource, action: Action) -> Callable[[F], F]:
    """Mark what asks a hospital with what one must be allowed for it; loaders take nothing without a mark."""

    def mark(asking: F) -> F:
        setattr(asking, _NEED, Need(resource, action))
        return asking

    return mark


def need_of(asking: Callable[..., Any]) -> Need:
    """Return the mark; raises AttributeError for what has none, which is a fault of ours."""
    need: Need = getattr(asking, _NEED)
    return need


class Access:
    """One request's access: what its principal may do, and what was shown and refused."""

    __slots__ = ("_granted", "_made_here", "_reached", "denied", "principal", "seen")

    def __init__(self, principal: Principal) -> None:
        """Take who asks."""
        self.principal = principal
        self.seen: set[Sight] = set()
        self.denied: set[Sight] = set()
        self._granted: set[tuple[Need, CardRef]] = set()
        self._made_here: set[CardRef] = set()
        self._reached: set[CardRef] = set()

    def require(self, need: Need, card: CardRef) -> None:
        """Raise Problem UNAUTHENTICATED or FORBIDDEN unless the principal may do that with this card."""
        if (need, card) in self._granted:
            return
        if not self._permits(need, card):
            raise self.refused(need.resource, card)
        self._granted.add((need, card))

    def reach(self, card: CardRef) -> None:
        """Raise Problem unless the card is within reach, whatever of it is then asked for: looking up its holder."""
        if not (self._reaches(card) or self._in_emergency(card)):
            raise self.refused(Resource.PATIENT, card)

    def see(self, resource: Resource, card: CardRef) -> bool:
        """Take note that an object of patient data is shown; raises Problem where it may not be. True, for tests."""
        readable = self.principal.scopes.permits_reading(resource) and self._reaches(card)
        if not readable and not self._in_emergency(card):
            raise self.refused(resource, card)
        self.seen.add(Sight(resource, card))
        return True

    def go_on_as(self, principal: Principal) -> None:
        """Let what is left of the request be asked by this one: nothing that another was granted counts for them."""
        self.principal = principal
        self._granted.clear()
        self._reached.clear()

    def made(self, card: CardRef) -> None:
        """Take note of a card that this request made: it may be shown, though the token does not name it yet."""
        self._made_here.add(card)

    def require_hospital(self, need: Need, hospital_id: str) -> None:
        """Raise Problem unless the principal works at the hospital and may do that there, with anybody's data."""
        principal = self.principal
        working = principal.role in _WORKING and hospital_id in principal.hospital_ids
        if not working or not principal.scopes.permits(*need):
            raise self.refused(need.resource, CardRef(hospital_id, _NO_CARD))

    def hospitals_for(self, need: Need) -> frozenset[str]:
        """Return where the principal works and may do that; raises Problem for those who may nowhere."""
        principal = self.principal
        if principal.role not in _WORKING or not principal.hospital_ids or not principal.scopes.permits(*need):
            raise self.refused(need.resource, CardRef(_NO_HOSPITAL, _NO_CARD))
        return principal.hospital_ids

    def require_person(self, need: Need, person_id: str) -> BoundPerson:
        """Return the bound person that one may do this with; raises Problem UNAUTHENTICATED or FORBIDDEN for others."""
        person = self.principal.people.get(person_id) if self.principal.role is Role.PATIENT else None
        if person is None or not self.principal.scopes.permits(*need):
            raise self.refused(need.resource, CardRef(_NO_HOSPITAL, _NO_CARD))
        return person

    @property
    def sees_withheld(self) -> bool:
        """Whether sensitive and unaudited reports show their content: to those who work with them only."""
        return self.principal.role in _WORKING

    def refused(self, resource: Resource, card: CardRef) -> Problem:
        """Take note of a refusal, and make what to raise."""
        self.denied.add(Sight(resource, card))
        if self.principal.role is Role.ANONYMOUS:
            return _unknown()
        return Problem(ProblemCode.FORBIDDEN, "无权访问")

    def _permits(self, need: Need, card: CardRef) -> bool:
        if self.principal.scopes.permits(*need) and self._reaches(card):
            return True
        return need.action in {Action.READ, Action.SEARCH} and self._in_emergency(card)

    def _reaches(self, card: CardRef) -> bool:
        if card in self._reached:
            return True
        principal = self.principal
        if principal.role is Role.PATIENT:
            reached = principal.holder_of(card) is not None or card in self._made_here
        else:
            reached = principal.role in _WORKING and card.hospital_id in principal.hospital_ids
        if reached:
            self._reached.add(card)
        return reached

    def _in_emergency(self, card: CardRef) -> bool:
        emergency = self.principal.emergency
        if emergency is None or self.principal.role is not Role.STAFF:
            return False
        opened = emergency.card
        return (opened.hospital_id, opened.number) == (card.hospital_id, card.number)


def require_known(principal: Principal) -> None:
    """Raise Problem UNAUTHENTICATED for nobody."""
    if principal.role is Role.ANONYMOUS:
        raise _unknown()


def _unknown() -> Problem:
    return Problem(ProblemCode.UNAUTHENTICATED, "请先登录")
