"""What hospitals' systems tell this server unasked: each notice passes here, once, and is kept before it is confirmed.

Every accepted notice goes through `take`: the place to tell of it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import TypeAdapter

from connectors.records.base import CardRef
from connectors.records.notices import MessageNotice, Notice, RefundNotice
from resolvers.access_control.audit import AuditAction, AuditOutcome, Deed
from resolvers.access_control.scopes import Resource
from resolvers.communication import messages
from resolvers.context import Context
from resolvers.diagnostic_tests import nucleic_acid_refunds
from resolvers.writes.ledger import KEEP_SECONDS, once

_DAY = 24 * 3600.0
_NOBODY_KNOWN = ""
_TOLD: TypeAdapter[str | None] = TypeAdapter(str | None)


@dataclass(frozen=True, slots=True)
class Taken:
    """A notice that was accepted, now or before; `told` is what the platform that it was sent on to said, if any."""

    told: str | None
    repeated: bool


class _Handling(NamedTuple):
    """What a kind of notice is known by, whom it is about, how it is kept, and for how long a repeat is known."""

    name: str
    key: str
    resource: Resource
    card: CardRef
    keep: Callable[[], Awaitable[None]]
    seconds: float


async def take(
    context: Context, hospital_id: str, notice: Notice, send_on: Callable[[], Awaitable[str | None]]
) -> Taken:
    """Send a notice on and keep it, once; a repeat changes nothing and is answered alike.

    Raises Problem IDEMPOTENCY_CONFLICT for what contradicts an earlier notice, IN_PROGRESS while the same is being
    worked on, INTERNAL_ERROR where it cannot be kept; and what `send_on` raises. Then nothing is done.
    """
    services = context.services
    handling = await _handling(context, hospital_id, notice)
    repeated = True

    async def work() -> str | None:
        nonlocal repeated
        repeated = False
        told = await send_on()
        await handling.keep()
        return told

    told = await once(
        services.ledger,
        services.digest(f"{handling.name}\0{hospital_id}\0{handling.key}"),
        services.digest(f"{hospital_id}\0{notice!r}"),
        work,
        _TOLD,
        keep_seconds=handling.seconds,
    )
    # A repeat too: the first time it may have been kept, but not put on record.
    context.deeds.append(Deed(handling.resource, AuditAction.CREATE, handling.card, AuditOutcome.PUSHED))
    return Taken(told, repeated)


async def _handling(context: Context, hospital_id: str, notice: Notice) -> _Handling:
    if isinstance(notice, MessageNotice):
        return _Handling(
            "message",
            # Nothing numbers a message: the same words within a day are the same message.
            repr(notice),
            Resource.COMMUNICATION,
            CardRef(hospital_id, _NOBODY_KNOWN, notice.patient_id),
            lambda: messages.keep(context, hospital_id, notice),
            _DAY,
        )
    return _of_refund(context, hospital_id, notice, await nucleic_acid_refunds.whose(context, hospital_id, notice))


def _of_refund(context: Context, hospital_id: str, notice: RefundNotice, card: CardRef | None) -> _Handling:
    return _Handling(
        "refund notice",
        notice.number,
        Resource.PAYMENT_NOTICE,
        card or CardRef(hospital_id, _NOBODY_KNOWN),
        lambda: nucleic_acid_refunds.keep(context, hospital_id, notice),
        KEEP_SECONDS,
    )
