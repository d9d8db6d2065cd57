"""A small graph behind the real endpoint, on the real ASGI application."""

import datetime as dt
from collections.abc import Callable
from enum import Enum
from typing import Any

import httpx
import strawberry
from starlette.applications import Starlette
from starlette.routing import Route

from app.endpoint.budget import AllowedCalls, CallBudget
from app.endpoint.complexity import DocumentLimits
from app.endpoint.emergency import Emergencies
from app.endpoint.endpoint import GraphQLEndpoint
from app.endpoint.gate import Gate
from app.endpoint.library import DocumentRules, Library
from app.identity import IdentityUnavailable, TokenProblem, Unauthenticated
from app.rate_limits import RateLimits
from connectors.core.kinds import keyed_digest
from connectors.records.problems import ProblemCode
from resolvers.access_control.emergency import EmergencyGrants
from resolvers.access_control.principal import ANONYMOUS, Principal, Role
from resolvers.presentation import present
from resolvers.problems import Problem

GRAPHQL_JSON = "application/graphql-response+json"
_RULES = {"only_trusted", "automatic", "introspection"}
PATIENT_DATA = "王小明 370123199001015236"


@strawberry.type
class Node:
    name: str = "n"

    @strawberry.field
    def child(self) -> "Node":
        return Node()


@strawberry.enum
class Kind(Enum):
    LEFT = "left"
    RIGHT = "right"


@strawberry.input
class Picker:
    label: str = ""


@strawberry.type
class Query:
    @strawberry.field
    def kind(self, value: Kind = Kind.LEFT) -> str:
        return value.value

    @strawberry.field
    def picked(self, by: Picker) -> str:
        return by.label

    @strawberry.field
    def hello(self, name: str = "world") -> str:
        return f"hello {name}"

    @strawberry.field
    def who(self, info: strawberry.Info) -> str:
        return f"{info.context[0].role.value} {info.context[1]}"

    @strawberry.field
    def refused(self) -> str | None:
        raise Problem(ProblemCode.FORBIDDEN, "无权访问")

    @strawberry.field
    def broken(self) -> str | None:
        raise ValueError(PATIENT_DATA)

    @strawberry.field
    def broken_whole(self) -> str:
        raise ValueError(PATIENT_DATA)

    @strawberry.field
    def number(self, least: int = 0) -> int | None:
        return PATIENT_DATA if least == 0 else least  # type: ignore[return-value] # as a faulty resolver would

    @strawberry.field
    def node(self) -> Node:
        return Node()


@strawberry.type
class Mutation:
    @strawberry.mutation
    def change(self) -> str:
        return "changed"


schema = strawberry.Schema(Query, Mutation)


class Doorkeeper:
    """Knows four tokens."""

    async def principal(self, authorization: str | None) -> Principal:
        match authorization:
            case None:
                return ANONYMOUS
            case "Bearer patient":
                return Principal(role=Role.PATIENT, subject="account-1")
            case "Bearer staff":
                return Principal(role=Role.STAFF, subject="staff-1")
            case "Bearer down":
                raise IdentityUnavailable
            case "Bearer old":
                raise Unauthenticated(TokenProblem.EXPIRED, "登录已过期")
        raise Unauthenticated(TokenProblem.INVALID, "登录信息无效")


class NothingOnRecord:
    """An audit log of a graph without patients."""

    def room(self) -> None:
        return None

    def note(self, *_: Any, untrusted: bool) -> None:
        assert isinstance(untrusted, bool)

    async def confirmed(self, on_disk: Any) -> None:
        raise NotImplementedError


def gate(rate: str = "1000000/minute", variables: int = 2000) -> Gate:
    """A gate with one rate for all."""
    counts = RateLimits(dict.fromkeys(Role, rate), keyed_digest(b"k" * 32))
    core = schema._schema  # noqa: SLF001 # no public name
    return Gate(counts, CallBudget(core, 1, AllowedCalls()), variables=variables)


def _parts() -> dict[str, Any]:
    grants = EmergencyGrants(b"g" * 32, 900)
    emergencies = Emergencies(grants, lambda: dt.datetime.now(dt.UTC))
    return {"audit": NothingOnRecord(), "emergencies": emergencies, "gate": gate(), "max_body_bytes": 4096}


def endpoint(
    context: Callable[[Principal, str], Any] = lambda principal, request_id: (principal, request_id), **changes: Any
) -> GraphQLEndpoint:
    core = schema._schema  # noqa: SLF001 # no public name
    rules = DocumentRules(**{name: changes.pop(name) for name in _RULES & changes.keys()})
    limits = changes.pop("limits", DocumentLimits(tokens=500, depth=20, fields=300))
    library = Library(core, limits, rules, changes.pop("manifest", ()))
    return GraphQLEndpoint(core, library, Doorkeeper(), context, present, **{**_parts(), **changes})


def client(*context: Callable[[Principal, str], Any], **changes: Any) -> httpx.AsyncClient:
    app = Starlette(routes=[Route("/graphql", endpoint(*context, **changes))])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
