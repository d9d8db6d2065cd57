"""Events, keys and stores for the tests of the audit log."""

import datetime as dt

from app.audit.checking import Checker, Verdict
from app.audit.keys import Keys
from app.audit.rows import Head
from app.audit.store import Store
from app.stores.sealing import NoSealer
from connectors.records.base import CardRef
from resolvers.access_control.audit import AuditAction, AuditEvent, AuditOutcome, Touch
from resolvers.access_control.principal import PurposeOfUse, Role
from resolvers.access_control.scopes import Resource

KEYS = Keys(b"c" * 64, b"k" * 64)
CARD = CardRef("253", "0000100001", "p1")
OTHER = CardRef("501", "0000100002")
AT = dt.datetime(2026, 3, 4, 4, 0, 0, 123000, tzinfo=dt.UTC)


def event(
    *cards: CardRef,
    at: dt.datetime = AT,
    request_id: str = "r-1",
    action: AuditAction = AuditAction.READ,
    outcome: AuditOutcome = AuditOutcome.SERVED,
    reason: str | None = None,
) -> AuditEvent:
    resources = (Resource.PATIENT, Resource.DIAGNOSTIC_REPORT)
    return AuditEvent(
        at=at,
        request_id=request_id,
        operation="HomeScreen",
        role=Role.STAFF,
        subject="staff-1",
        hospital_ids=("253", "254"),
        purpose=PurposeOfUse.TREATMENT,
        fields=("Patient.name", "LabReport.title"),
        touches=tuple(Touch(card, None, action, outcome, resources) for card in cards or (CARD,)),
        reason=reason,
    )


def verdicts(store: Store, *heads: Head) -> list[Verdict]:
    return list(Checker(store, KEYS.chain, NoSealer(), heads).verdicts())


def problems(store: Store, *heads: Head) -> list[str]:
    return [verdict.problem for verdict in verdicts(store, *heads) if verdict.problem]
