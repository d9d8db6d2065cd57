"""Who may ask, and what each kind of asker gets of each kind of thing."""

HOSPITAL = "253"
OWNER = "p01"
SHOWN, DENIED, EXPIRED, UNKNOWN = "shown", "FORBIDDEN", "TOKEN_EXPIRED", "UNAUTHENTICATED"
ASKERS = [
    "owner",
    "guardian",
    "guardian of a grown child",
    "other patient",
    "staff",
    "staff at the reception",
    "staff elsewhere",
    "staff without scopes",
    "system",
    "expired",
    "nobody",
]
# What askers other than these see depends on nothing: the owner and the guardian all, the others nothing.
ALWAYS = {"owner": SHOWN, "guardian": SHOWN, "expired": EXPIRED}
NEVER = {
    "guardian of a grown child": DENIED,
    "other patient": DENIED,
    "staff elsewhere": DENIED,
    "staff without scopes": DENIED,
    "nobody": UNKNOWN,
}
MEDICAL = ALWAYS | NEVER | {"staff": SHOWN, "staff at the reception": DENIED, "system": SHOWN}
AT_RECEPTION = MEDICAL | {"staff at the reception": SHOWN}
WRITTEN = MEDICAL | {"system": DENIED}
# What is ordered and handed out: told by the hospital's own alone.
BY_STAFF_THERE = dict.fromkeys(ASKERS, DENIED) | {"staff": SHOWN, "expired": EXPIRED, "nobody": UNKNOWN}
PUBLIC = dict.fromkeys(ASKERS, SHOWN) | {"expired": EXPIRED}
SOMEBODY = PUBLIC | {"nobody": UNKNOWN}
# Who is somebody already does not become somebody else.
NOBODY_YET = dict.fromkeys(ASKERS, DENIED) | {"nobody": SHOWN, "expired": EXPIRED}
STAFF_ONLY = dict.fromkeys(ASKERS, DENIED) | {
    "staff": SHOWN,
    "staff at the reception": SHOWN,
    "staff elsewhere": SHOWN,
    "staff without scopes": SHOWN,
    "expired": EXPIRED,
    "nobody": UNKNOWN,
}

WORKING = dict.fromkeys(ASKERS, DENIED) | {
    "staff": SHOWN,
    "staff elsewhere": SHOWN,
    "system": SHOWN,
    "expired": EXPIRED,
    "nobody": UNKNOWN,
}
