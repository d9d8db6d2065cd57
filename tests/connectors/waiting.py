"""Waiting as transports do: no longer than the deadline."""

import asyncio

from connectors.core import deadline


async def opened(gate: asyncio.Event) -> None:
    """Wait until the gate opens; raises deadline.Passed."""
    turned: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    watching = asyncio.ensure_future(gate.wait())
    watching.add_done_callback(lambda _: turned.done() or turned.set_result(None))
    try:
        await deadline.wait(turned)
    finally:
        watching.cancel()
