"""Puts the process together: settings in, an ASGI application out."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from app import health, logs, metrics
from app.endpoint.complexity import DocumentLimits
from app.endpoint.endpoint import GraphQLEndpoint
from app.graphiql.page import GraphiQLConfig
from app.graphiql.page import routes as graphiql_routes
from app.identity import Authenticator
from app.keys import Purpose, derive
from app.settings import Settings, system_configs
from app.stores.memory_cache import MemoryCache
from app.stores.memory_ledger import MemoryLedger
from app.stores.redis_cache import RedisCache
from app.stores.redis_client import connect
from app.stores.redis_ledger import RedisLedger
from connectors.core.cache import Cache, NoCache
from connectors.core.config import Machinery
from connectors.core.http import LeanTransport
from connectors.core.kinds import keyed_digest
from connectors.core.transport import Limits, Transport
from connectors.registry import Registry
from resolvers.context import Context, Services
from resolvers.global_id import GlobalIds
from resolvers.ledger import Ledger
from resolvers.presentation import present
from resolvers.principal import Principal
from schema.build import core_schema


def create_app(
    settings: Settings,
    graphiql: GraphiQLConfig | None = None,
    *,
    transport: Callable[[Limits], Transport] = LeanTransport,
) -> Starlette:
    """Make the application; connections open when it starts and close when it stops.

    `transport` makes the way to the hospitals of a system.
    """
    logs.silence_libraries()
    endpoint = _Endpoint()
    routes: list[BaseRoute] = [Route("/graphql", endpoint), *health.ROUTES, *metrics.ROUTES]
    if settings.server.graphiql:
        routes += graphiql_routes(graphiql or GraphiQLConfig(title="patient-graph"))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            services = await _services(settings, transport, stack)
            app.state.services = services
            authenticator = Authenticator(settings.identity)
            stack.push_async_callback(authenticator.close)
            endpoint.serve = GraphQLEndpoint(
                core_schema,
                authenticator,
                lambda principal, request_id: _context(services, principal, request_id),
                present,
                max_body_bytes=settings.server.max_body_bytes,
                limits=DocumentLimits(tokens=settings.server.max_tokens),
                introspection=settings.server.introspection,
            )
            yield

    return _Application(endpoint, routes=routes, lifespan=lifespan)


class _Application(Starlette):
    """Hands operations straight to the endpoint, which needs none of Starlette's middleware."""

    def __init__(self, endpoint: "_Endpoint", **parts: Any) -> None:
        super().__init__(**parts)
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/graphql":
            await self._endpoint(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


class _Endpoint:
    """Stands in the route table before the start-up has made the real endpoint."""

    serve: GraphQLEndpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on."""
        await self.serve(scope, receive, send)


def _context(services: Services, principal: Principal, request_id: str) -> Context:
    return Context(principal=principal, request_id=request_id, services=services)


async def _services(settings: Settings, transport: Callable[[Limits], Transport], stack: AsyncExitStack) -> Services:
    cache, ledger = await _stores(settings, stack)
    machinery = Machinery(cache=cache, digest=keyed_digest(derive(settings.secret, Purpose.CACHE)), transport=transport)
    registry = Registry.connect(system_configs(settings), machinery)
    stack.push_async_callback(registry.close)
    return Services(
        registry=registry,
        ledger=ledger,
        ids=GlobalIds(derive(settings.secret, Purpose.GLOBAL_IDS)),
        digest=keyed_digest(derive(settings.secret, Purpose.BUSINESS_KEYS)),
        deadline_seconds=settings.deadline_seconds,
    )


async def _stores(settings: Settings, stack: AsyncExitStack) -> tuple[Cache, Ledger]:
    if settings.redis_url is None:
        return MemoryCache() if settings.caches else NoCache(), MemoryLedger()
    client = connect(settings.redis_url)
    stack.push_async_callback(client.aclose)
    return RedisCache(client) if settings.caches else NoCache(), RedisLedger(client)
