"""Puts the process together: settings in, an ASGI application out."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from app import health, logs, metrics
from app.audit.log import AuditLog, audit_log
from app.audit.recording import Recorder
from app.audit.selected import Selections
from app.documents import library_of
from app.endpoint.emergency import Emergencies
from app.endpoint.endpoint import GraphQLEndpoint
from app.endpoint.kept_answers import KeptAnswers
from app.endpoint.running import RunningQueries
from app.files.endpoint import FileEndpoint
from app.gates import gate_of
from app.graphiql.page import GraphiQLConfig
from app.graphiql.page import routes as graphiql_routes
from app.identification import authenticator_of, followed, revocations_of
from app.inbound.doors import doors_of
from app.inbound.endpoint import PREFIX as INBOUND_PREFIX
from app.inbound.endpoint import InboundEndpoint
from app.inbound.forwarding import LIMITS as FORWARD_LIMITS
from app.inbound.forwarding import Forwarder
from app.keys import Purpose, derive
from app.login.build import logins_of
from app.login.logins import PlatformLogins
from app.security_headers import SecurityHeaders
from app.settings import Settings, system_configs
from app.stores.chosen import Stores, stores_of
from app.stores.redis_client import connect
from connectors.core.cache import Cache
from connectors.core.config import Machinery
from connectors.core.http import LeanTransport
from connectors.core.kinds import keyed_digest
from connectors.core.transport import Limits, Transport
from connectors.registry import Registry
from resolvers.access_control.emergency import EmergencyGrants
from resolvers.access_control.principal import Principal
from resolvers.context import Context, Services
from resolvers.diagnostic_reports.file_addresses import PREFIX, FileAddresses
from resolvers.global_id import GlobalIds
from resolvers.presentation import present
from schema.build import core_schema

_HEADERS_OF_OTHER_ORIGINS = ("Authorization", "Range", "X-Request-Id", "X-Break-Glass")


def create_app(
    settings: Settings,
    graphiql: GraphiQLConfig | None = None,
    *,
    transport: Callable[[Limits], Transport] = LeanTransport,
) -> Starlette:
    """Make the application; connections open when it starts and close when it stops. Raises ConfigurationError.

    `transport` makes the way to the hospitals of a system.
    """
    logs.silence_libraries()
    library = library_of(settings)
    endpoint, files, inbound = _Endpoint(), _Endpoint(), _Endpoint()
    routes: list[BaseRoute] = [*health.ROUTES, *metrics.ROUTES]
    routes.append(Route(f"{PREFIX}{{sealed}}", _for_other_origins(files, settings)))
    routes.append(Route(f"{INBOUND_PREFIX}{{hospital_id}}/{{interface:path}}", inbound))
    if settings.server.graphiql:
        routes += graphiql_routes(graphiql or GraphiQLConfig(title="patient-graph"))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            redis = _redis(settings, stack)
            audit = await stack.enter_async_context(audit_log(settings))
            app.state.audit = audit.writer
            revocations = revocations_of(settings, redis)
            await stack.enter_async_context(followed(revocations))
            app.state.revocations = revocations
            logins = logins_of(settings, redis, revocations, transport)
            stores = stores_of(settings, redis)
            registry = _registry(settings, transport, stores.cache)
            stack.push_async_callback(registry.close)
            services = _services(settings, registry, stores, audit, logins, stack)
            app.state.services = services
            authenticator = authenticator_of(settings, revocations)
            stack.push_async_callback(authenticator.close)
            recorder, gate = Recorder(audit.writer, Selections(core_schema)), gate_of(settings, redis)
            files.serve = FileEndpoint(
                services.files,
                lambda principal, request_id: _context(services, principal, request_id),
                services.clock,
                revocations=revocations,
                gate=gate,
                audit=recorder,
            )
            running = RunningQueries()
            forwarder = Forwarder(transport(FORWARD_LIMITS))
            stack.push_async_callback(forwarder.close)
            inbound.serve = InboundEndpoint(
                doors_of(settings),
                registry,
                lambda principal, request_id: _context(services, principal, request_id),
                forwarder,
                gate=gate,
                audit=recorder,
                taken=running.written,
                max_body_bytes=settings.server.max_body_bytes,
                body_seconds=settings.server.body_seconds,
            )
            endpoint.serve = GraphQLEndpoint(
                core_schema,
                library,
                authenticator,
                lambda principal, request_id: _context(services, principal, request_id),
                present,
                audit=recorder,
                emergencies=Emergencies(services.grants, services.clock),
                gate=gate,
                max_body_bytes=settings.server.max_body_bytes,
                body_seconds=settings.server.body_seconds,
                origins=frozenset(origin.encode() for origin in settings.server.allowed_origins),
                kept=KeptAnswers(stores.cache) if settings.caches else None,
                running=running,
            )
            yield

    return _Application(_for_other_origins(endpoint, settings), routes=routes, lifespan=lifespan)


class _Application(Starlette):
    """Hands operations straight to the endpoint, which needs none of Starlette's routes and middleware."""

    def __init__(self, endpoint: ASGIApp, **parts: Any) -> None:
        super().__init__(**parts)
        self._endpoint = endpoint
        self._others = SecurityHeaders(super().__call__)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/graphql":
            await self._endpoint(scope, receive, send)
        else:
            await self._others(scope, receive, send)


class _Endpoint:
    """Stands for the endpoint before the start-up has made the real one."""

    serve: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on."""
        await self.serve(scope, receive, send)


def _for_other_origins(endpoint: ASGIApp, settings: Settings) -> ASGIApp:
    origins = settings.server.allowed_origins
    if not origins:
        return endpoint
    return CORSMiddleware(
        endpoint,
        allow_origins=origins,
        allow_methods=("GET", "POST"),
        allow_headers=_HEADERS_OF_OTHER_ORIGINS,
        expose_headers=("Content-Range", "Retry-After", "X-Request-Id"),
    )


def _context(services: Services, principal: Principal, request_id: str) -> Context:
    return Context(principal=principal, request_id=request_id, services=services)


def _redis(settings: Settings, stack: AsyncExitStack) -> Redis | None:
    if settings.redis_url is None:
        return None
    client = connect(settings.redis_url)
    stack.push_async_callback(client.aclose)
    return client


def _registry(settings: Settings, transport: Callable[[Limits], Transport], cache: Cache) -> Registry:
    machinery = Machinery(
        cache=cache,
        digest=keyed_digest(derive(settings.secret, Purpose.CACHE)),
        transport=transport,
        drifted=metrics.drifted,
    )
    return Registry.connect(system_configs(settings), machinery)


def _services(
    settings: Settings,
    registry: Registry,
    stores: Stores,
    audit: AuditLog,
    logins: PlatformLogins | None,
    stack: AsyncExitStack,
) -> Services:
    if logins is not None:
        stack.push_async_callback(logins.close)
    return Services(
        registry=registry,
        ledger=stores.ledger,
        inbox=stores.inbox,
        ids=GlobalIds(derive(settings.secret, Purpose.GLOBAL_IDS)),
        audit=audit,
        grants=EmergencyGrants(derive(settings.secret, Purpose.EMERGENCY), settings.emergency_seconds),
        files=FileAddresses(derive(settings.secret, Purpose.FILES), settings.file_seconds),
        digest=keyed_digest(derive(settings.secret, Purpose.BUSINESS_KEYS)),
        logins=logins,
        deadline_seconds=settings.deadline_seconds,
        verify_identity_numbers=settings.verify_identity_numbers,
    )
