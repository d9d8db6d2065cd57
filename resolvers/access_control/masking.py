"""What of personal values is shown, to whom and for what: one table, and the masks."""

from collections.abc import Callable, Mapping
from enum import Enum, auto

from connectors.records.base import CardRef
from resolvers.access_control.principal import Principal, PurposeOfUse, Relation, Role
from resolvers.access_control.scopes import Personal

_STAR = "*"


class Audience(Enum):
    """Who looks at a person's values."""

    PERSON = auto()
    """The person, or who speaks for a minor."""
    ACCOUNT = auto()
    """The account that somebody else is bound to."""
    STAFF = auto()
    SYSTEM = auto()


_ALWAYS = frozenset(PurposeOfUse)
_NEVER: frozenset[PurposeOfUse] = frozenset()
_CARE = frozenset({PurposeOfUse.TREATMENT, PurposeOfUse.EMERGENCY})
_CARE_AND_PAYMENT = _CARE | {PurposeOfUse.PAYMENT}
_CARE_AND_HEALTH = _CARE_AND_PAYMENT | {PurposeOfUse.PUBLIC_HEALTH}

# The purposes for which a value is shown whole without a scope that says so. Accounts know their people by name.
WITHOUT_SCOPE: Mapping[Personal, Mapping[Audience, frozenset[PurposeOfUse]]] = {
    Personal.NAME: {
        Audience.PERSON: _ALWAYS,
        Audience.ACCOUNT: _ALWAYS,
        Audience.STAFF: frozenset({PurposeOfUse.EMERGENCY}),
        Audience.SYSTEM: _NEVER,
    },
    **{
        personal: {
            Audience.PERSON: _ALWAYS,
            Audience.ACCOUNT: _NEVER,
            Audience.STAFF: _NEVER,
            Audience.SYSTEM: _NEVER,
        }
        for personal in (Personal.IDENTITY_NUMBER, Personal.PHONE, Personal.ADDRESS, Personal.BANK_CARD)
    },
}
# The purposes for which a scope (`unmask/phone`) is honoured, for staff and systems.
WITH_SCOPE: Mapping[Personal, frozenset[PurposeOfUse]] = {
    Personal.NAME: _CARE_AND_HEALTH | {PurposeOfUse.OPERATIONS},
    Personal.IDENTITY_NUMBER: _CARE_AND_HEALTH,
    Personal.PHONE: _CARE_AND_HEALTH,
    Personal.ADDRESS: _CARE_AND_HEALTH,
    Personal.BANK_CARD: frozenset({PurposeOfUse.PAYMENT}),
}


def shown(principal: Principal, personal: Personal, card: CardRef, value: str) -> str:
    """Return a person's value as the principal may see it: whole or masked."""
    audience = _audience(principal, card)
    purpose = principal.purpose
    if purpose in WITHOUT_SCOPE[personal][audience]:
        return value
    working = audience in {Audience.STAFF, Audience.SYSTEM}
    if working and personal in principal.scopes.unmasked and purpose in WITH_SCOPE[personal]:
        return value
    return MASKS[personal](value)


def _audience(principal: Principal, card: CardRef) -> Audience:
    if principal.role is Role.PATIENT:
        person = principal.holder_of(card)
        # A child is bound as such for as long as it is a minor.
        own = person is not None and person.relation in {Relation.SELF, Relation.CHILD}
        return Audience.PERSON if own else Audience.ACCOUNT
    return Audience.SYSTEM if principal.role is Role.SYSTEM else Audience.STAFF


def _ends(start: int, end: int) -> Callable[[str], str]:
    """Make the mask that shows so many characters at the start and the end, none of a value that is too short."""

    def mask(value: str) -> str:
        hidden = len(value) - start - end
        if hidden <= 0:
            return _STAR * len(value)
        return value[:start] + _STAR * hidden + value[len(value) - end :]

    return mask


def _name(name: str) -> str:
    """Show the family name, and of longer ones the last character too: `王*`, `王*明`."""
    return _ends(1, 1 if len(name) > _SHORT_NAME else 0)(name)


_SHORT_NAME = 2
MASKS: Mapping[Personal, Callable[[str], str]] = {
    Personal.NAME: _name,
    # 370***********5236
    Personal.IDENTITY_NUMBER: _ends(3, 4),
    # 100****0001
    Personal.PHONE: _ends(3, 4),
    Personal.ADDRESS: _ends(6, 0),
    Personal.BANK_CARD: _ends(0, 4),
}
