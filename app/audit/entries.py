"""What rows of the audit log say, as bytes and back: one form for all stores.

Most events are of few operations, whose fields are long lists: a chain has each list once, in a row of its own that
the events after it name by its number.
"""

import datetime as dt
import json
import sys
from collections.abc import Callable
from typing import Any

import orjson

from connectors.records.base import CardRef
from resolvers.access_control.audit import AuditAction, AuditEvent, AuditOutcome, Touch
from resolvers.access_control.principal import PurposeOfUse, Role
from resolvers.access_control.scopes import Resource

_RESOURCES = {resource.value: resource for resource in Resource}
_ACTIONS = {action.value: action for action in AuditAction}
_OUTCOMES = {outcome.value: outcome for outcome in AuditOutcome}
_ROLES = {role.value: role for role in Role}
_PURPOSES = {purpose.value: purpose for purpose in PurposeOfUse}
# The other way round, since an enum's `value` costs more than a look-up.
_RESOURCE_VALUES = {resource: value for value, resource in _RESOURCES.items()}
_ACTION_VALUES = {action: value for value, action in _ACTIONS.items()}
_OUTCOME_VALUES = {outcome: value for value, outcome in _OUTCOMES.items()}
_ROLE_VALUES = {role: value for value, role in _ROLES.items()}
_PURPOSE_VALUES = {purpose: value for value, purpose in _PURPOSES.items()}


def written(event: AuditEvent, fields_row: int) -> bytes:
    """Write the event, without its time, which every row has beside it, and its fields, which another row has."""
    members: dict[str, Any] = {
        "request": event.request_id,
        "operation": event.operation,
        "role": _ROLE_VALUES[event.role],
        "subject": event.subject,
        "hospitals": event.hospital_ids,
        "purpose": _PURPOSE_VALUES[event.purpose],
        "fields": fields_row,
        "touches": [
            (
                touch.card.hospital_id,
                touch.card.number,
                touch.card.patient_id,
                touch.person_id,
                _ACTION_VALUES[touch.action],
                _OUTCOME_VALUES[touch.outcome],
                [_RESOURCE_VALUES[resource] for resource in touch.resources],
            )
            for touch in event.touches
        ],
    }
    if event.untrusted:
        members["untrusted"] = True
    if event.reason is not None:
        members["reason"] = event.reason
    return _dumped(members)


def written_fields(fields: tuple[str, ...]) -> bytes:
    """Write a list of fields."""
    return _dumped({"selected": fields})


def read_fields(content: bytes) -> tuple[str, ...]:
    """Read what `written_fields` wrote. Raises ValueError or KeyError."""
    return tuple(map(sys.intern, json.loads(content)["selected"]))


def _dumped(members: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(members)
    except TypeError:
        # Half a surrogate pair, which orjson does not write; a text that somebody sent must not end the log.
        return json.dumps(members).encode()


def read(content: bytes, at: int, fields: Callable[[int], tuple[str, ...]]) -> AuditEvent | None:
    """Read what `written` wrote, None for a row that is no event. Raises ValueError or KeyError.

    `at` is in milliseconds since 1970; `fields` reads a list of fields by the number of its row.
    """
    members = json.loads(content)
    if "touches" not in members:
        return None
    return AuditEvent(
        at=dt.datetime.fromtimestamp(at / 1000, dt.UTC),
        request_id=members["request"],
        operation=members["operation"],
        role=_ROLES[members["role"]],
        subject=members["subject"],
        hospital_ids=tuple(members["hospitals"]),
        purpose=_PURPOSES[members["purpose"]],
        fields=fields(members["fields"]),
        touches=tuple(_touch(*touch) for touch in members["touches"]),
        untrusted=members.get("untrusted", False),
        reason=members.get("reason"),
    )


def _touch(
    hospital_id: str,
    number: str,
    patient_id: str | None,
    person_id: str | None,
    action: str,
    outcome: str,
    resources: list[str],
) -> Touch:
    return Touch(
        card=CardRef(hospital_id, number, patient_id),
        person_id=person_id,
        action=_ACTIONS[action],
        outcome=_OUTCOMES[outcome],
        resources=tuple(_RESOURCES[resource] for resource in resources),
    )
