"""Serves posts with users: `python -m bench.tailcall.server PORT UPSTREAM SCENE joined|apart`."""

import datetime as dt
import secrets
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route

from app import logs
from app.endpoint.budget import AllowedCalls, CallBudget
from app.endpoint.complexity import DocumentLimits
from app.endpoint.emergency import Emergencies
from app.endpoint.endpoint import GraphQLEndpoint
from app.endpoint.gate import Gate
from app.endpoint.library import Library
from app.endpoint.running import RunningQueries
from app.rate_limits import RateLimits
from app.serving import server_of
from bench.tailcall.connector import Posts
from bench.tailcall.schema import Context, core_schema
from connectors.core import deadline
from connectors.core.cache import NoCache
from connectors.core.config import HospitalConfig, Machinery, SystemConfig
from connectors.core.http import LeanTransport
from connectors.core.kinds import keyed_digest
from connectors.core.transport import Limits
from resolvers.access_control.access import Access
from resolvers.access_control.emergency import EmergencyGrants
from resolvers.access_control.principal import ANONYMOUS, Principal, Role
from resolvers.loaders import Loaders
from resolvers.presentation import present

_SECONDS = 8.0
_CONNECTIONS = 256
_BODY_BYTES = 1024 * 1024
_RATE = "100000000/minute"


class _Anybody:
    """Asks nobody for a token."""

    async def principal(self, _authorization: str | None) -> Principal:
        return ANONYMOUS


class _NothingOnRecord:
    """Notes nothing: posts are nobody's medical record."""

    def room(self) -> None:
        return None

    def note(self, *_: object, **__: object) -> None:
        return None

    async def confirmed(self, _on_disk: object) -> None:
        return None


class _OneSystem:
    """Finds the system of posts, whatever is looked for: stands where the registry of hospitals does."""

    def __init__(self, posts: Posts) -> None:
        self._posts = posts

    def find(self, _system: str) -> Posts:
        return self._posts


def application(upstream: str, *, joined: bool = True) -> Starlette:
    """Make the application before an upstream; `joined`: equal queries under way are run once, as in the product."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        posts = connect(upstream)
        registry: Any = _OneSystem(posts)

        def context(principal: Principal, _request_id: str) -> Context:
            deadline.start(_SECONDS)
            return Context(principal, Loaders(registry, Access(principal)))

        endpoint = GraphQLEndpoint(
            core_schema,
            Library(core_schema, DocumentLimits()),
            _Anybody(),
            context,
            present,
            audit=_NothingOnRecord(),
            emergencies=Emergencies(EmergencyGrants(secrets.token_bytes(32), 1), lambda: dt.datetime.now(dt.UTC)),
            gate=_gate(),
            max_body_bytes=_BODY_BYTES,
            running=RunningQueries() if joined else None,
        )
        app.router.routes.append(Route("/graphql", endpoint))
        yield
        await posts.close()

    return Starlette(lifespan=lifespan)


def _gate() -> Gate:
    """Count like the application does, but let everybody in."""
    counts = RateLimits(dict.fromkeys(Role, _RATE), keyed_digest(b"nor are addresses here"))
    return Gate(counts, CallBudget(core_schema, 1, AllowedCalls()), variables=_BODY_BYTES)


def connect(upstream: str) -> Posts:
    """Make the connector, without a cache."""
    system = HospitalConfig(id="posts", name="posts", upstream_id="posts", base_url=upstream)
    config = SystemConfig(
        name="posts",
        vendor="posts",
        hospitals={"posts": system},
        options=None,
        limits=Limits(connections=_CONNECTIONS),
    )
    machinery = Machinery(cache=NoCache(), digest=keyed_digest(b"posts are nobody's secret"), transport=LeanTransport)
    return Posts(config, machinery)


def main() -> None:
    """Serve until the end."""
    port, upstream, _, kind = sys.argv[1:]
    logs.configure()
    with socket.create_server(("127.0.0.1", int(port))) as listening:
        server_of(application(upstream, joined=kind == "joined")).run(sockets=[listening])


if __name__ == "__main__":
    main()
