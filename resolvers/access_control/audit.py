"""The audit log's terms: who touched what of whom, what for, and what came of it. The stores live in `app`."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from connectors.records.base import CardRef, DocumentedEnum
from resolvers.access_control.principal import PurposeOfUse, Role
from resolvers.access_control.scopes import Resource


class AuditAction(DocumentedEnum):
    """What was done; the value is FHIR's letter (操作类型)."""

    CREATE = "C", "Something was made (新建)."
    READ = "R", "Something was read (查看)."
    UPDATE = "U", "Something was changed (修改)."
    DELETE = "D", "Something was removed (删除)."
    EXECUTE = "E", "Something else was asked for, such as access in an emergency (执行)."


class AuditOutcome(DocumentedEnum):
    """What came of an access (访问结果)."""

    SERVED = "served", "Answered or done, with what a hospital said just now (已提供)."
    FROM_CACHE = "from_cache", "Answered with what had been kept of a hospital's earlier answer (缓存提供)."
    DENIED = "denied", "Refused by the access rules (已拒绝)."
    PUSHED = "pushed", "Sent by a hospital unasked (医院推送)."
    FAILED = "failed", "A write that was not done (未完成)."
    UNKNOWN = "unknown", "A write of which nobody knows yet whether it was done (结果未知)."


@dataclass(slots=True)
class Touch:
    """What happened to one person's data at one hospital. `person_id` is the bound person's, where there is one."""

    card: CardRef
    person_id: str | None
    action: AuditAction
    outcome: AuditOutcome
    resources: tuple[Resource, ...]


@dataclass(slots=True)
class AuditEvent:
    """One request's access to patient data. `fields` are schema coordinates; times are UTC.

    `untrusted` marks a document that is not among the trusted ones; `reason` is that of an emergency.
    """

    at: dt.datetime
    request_id: str
    operation: str | None
    role: Role
    subject: str
    hospital_ids: tuple[str, ...]
    purpose: PurposeOfUse
    fields: tuple[str, ...]
    touches: tuple[Touch, ...]
    untrusted: bool = False
    reason: str | None = None


class Deed(NamedTuple):
    """What a mutation did, or tried to do, to one person's data."""

    resource: Resource
    action: AuditAction
    card: CardRef
    outcome: AuditOutcome
    reason: str | None = None


class Trail(NamedTuple):
    """A stretch of what is on record about somebody, newest first; each event with its place in the record."""

    events: list[tuple[str, AuditEvent]]
    total: int
    more: bool


class AuditTrail(Protocol):
    """What can be read of the audit log."""

    async def trail(self, cards: Sequence[CardRef], behind: str | None, count: int) -> Trail:
        """Return at most so many events about these cards from behind a place on.

        Raises ValueError for a place that is none, Problem INTERNAL_ERROR while the store is out of reach.
        """
        ...
