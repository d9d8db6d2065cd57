"""Turns what a request did into its event: once per request, after it was run."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Iterator

from graphql import OperationDefinitionNode, OperationType

from app.audit.selected import Selected, Selections
from app.audit.writer import AuditWriter
from app.endpoint.documents import Document
from connectors.core.kinds import subject_of
from connectors.records.base import CardRef
from resolvers.access_control.audit import AuditAction, AuditEvent, AuditOutcome, Deed, Touch
from resolvers.access_control.principal import Principal
from resolvers.access_control.scopes import Resource
from resolvers.context import Context

# A number that somebody made up may be of any length.
_LONGEST_NUMBER = 100
# What is on record of a file that was fetched through its address.
_FILE = Selected("File", {"FileLink.path": frozenset({Resource.DIAGNOSTIC_REPORT})})
# And of what a hospital's system sent: the fields that show it.
_PUSH = Selected(
    "Inbound",
    {
        "Card.messages": frozenset({Resource.COMMUNICATION}),
        "NucleicAcidTestAppointment.refund": frozenset({Resource.PAYMENT_NOTICE}),
    },
)


class Recorder:
    """Notes what requests did."""

    def __init__(self, writer: AuditWriter, selections: Selections) -> None:
        """Take where events go, and what says which fields an operation selects."""
        self._writer = writer
        self._selections = selections

    def room(self) -> Awaitable[None] | None:
        """Say what to wait for before anything is run, None for nothing. It raises AuditUnavailable."""
        return self._writer.room() if self._writer.full else None

    def note(
        self,
        context: Context,
        document: Document,
        operation: OperationDefinitionNode,
        *,
        untrusted: bool = False,
    ) -> "asyncio.Future[None] | None":
        """Note what an operation did; answers what has to be `confirmed` before it is answered, None for nothing.

        Reads need not wait. Writes, refusals and emergencies are on disk before anybody hears of them.
        """
        access = context.access
        if not (access.seen or access.denied or context.deeds):
            return None
        writes = operation.operation is OperationType.MUTATION
        return self._note(context, self._selections.of(document, operation), untrusted, writes=writes)

    def note_file(self, context: Context) -> "asyncio.Future[None] | None":
        """Note that a file was fetched, or refused; answers as `note` does."""
        if not (context.access.seen or context.access.denied):
            return None
        return self._note(context, _FILE, untrusted=False, writes=False)

    def note_push(self, context: Context) -> "asyncio.Future[None]":
        """Note what a hospital's system sent; answers what has to be `confirmed` before the system is told so."""
        return self._writer.written(next(self._events(context, _PUSH, untrusted=False, writes=True)))

    def _note(
        self, context: Context, selected: Selected, untrusted: bool, *, writes: bool
    ) -> "asyncio.Future[None] | None":
        *before, last = self._events(context, selected, untrusted, writes=writes)
        for event in before:
            self._writer.note(event)
        if writes or context.access.denied or context.principal.emergency:
            return self._writer.written(last)
        self._writer.note(last)
        return None

    def _events(self, context: Context, selected: Selected, untrusted: bool, *, writes: bool) -> Iterator[AuditEvent]:
        """Make one event of all, and one of each deed that has a reason of its own."""
        emergency = context.principal.emergency
        touches = (*_seen(context), *_denied(context, writes=writes), *_done(context))
        if touches:
            yield _event(context, selected, untrusted, touches, emergency.reason if emergency else None)
        for deed in context.deeds:
            if deed.reason is not None:
                yield _event(context, selected, untrusted, (_touch_of(context, deed),), deed.reason)

    async def confirmed(self, on_disk: "asyncio.Future[None]") -> None:
        """Wait until what was noted is on disk. Raises AuditUnavailable when that takes too long."""
        await self._writer.confirmed(on_disk)


def _event(
    context: Context, selected: Selected, untrusted: bool, touches: tuple[Touch, ...], reason: str | None
) -> AuditEvent:
    principal = context.principal
    return AuditEvent(
        at=dt.datetime.now(dt.UTC),
        request_id=context.request_id,
        operation=selected.operation,
        role=principal.role,
        subject=principal.subject,
        hospital_ids=tuple(sorted(principal.hospital_ids)),
        purpose=principal.purpose,
        fields=selected.of(_resources(touches)),
        touches=touches,
        untrusted=untrusted,
        reason=reason,
    )


def _seen(context: Context) -> Iterator[Touch]:
    # By what names the card, whatever else a record knows of it.
    by_card: dict[tuple[str, str], tuple[CardRef, list[Resource]]] = {}
    for resource, card in context.access.seen:
        key = (card.hospital_id, card.number)
        if key in by_card:
            by_card[key][1].append(resource)
        else:
            by_card[key] = (card, [resource])
    origins = context.origins
    for card, resources in by_card.values():
        kept = origins.only_kept(subject_of(card))
        outcome = AuditOutcome.FROM_CACHE if kept else AuditOutcome.SERVED
        yield _touch(context.principal, card, AuditAction.READ, outcome, tuple(resources))


def _denied(context: Context, *, writes: bool) -> Iterator[Touch]:
    action = AuditAction.EXECUTE if writes else AuditAction.READ
    for resource, card in context.access.denied:
        named = CardRef(card.hospital_id[:_LONGEST_NUMBER], card.number[:_LONGEST_NUMBER])
        yield _touch(context.principal, named, action, AuditOutcome.DENIED, (resource,))


def _done(context: Context) -> Iterator[Touch]:
    for deed in context.deeds:
        if deed.reason is None:
            yield _touch_of(context, deed)


def _touch_of(context: Context, deed: Deed) -> Touch:
    return _touch(context.principal, deed.card, deed.action, deed.outcome, (deed.resource,))


def _touch(
    principal: Principal,
    card: CardRef,
    action: AuditAction,
    outcome: AuditOutcome,
    resources: tuple[Resource, ...],
) -> Touch:
    person = principal.holder_of(card)
    return Touch(card, person.id if person else None, action, outcome, resources)


def _resources(touches: tuple[Touch, ...]) -> frozenset[Resource]:
    return frozenset([resource for touch in touches for resource in touch.resources])
