"""A small graph behind the real endpoint, on the real ASGI application."""

from collections.abc import Callable
from typing import Any

import httpx
import strawberry
from starlette.applications import Starlette
from starlette.routing import Route

from app.endpoint.complexity import DocumentLimits
from app.endpoint.endpoint import GraphQLEndpoint
from app.identity import TokenProblem, Unauthenticated
from app.key_sets import KeysUnavailable
from connectors.records.problems import ProblemCode
from resolvers.presentation import present
from resolvers.principal import ANONYMOUS, Principal, Role
from resolvers.problems import Problem

GRAPHQL_JSON = "application/graphql-response+json"
PATIENT_DATA = "王小明 370123199001015236"


@strawberry.type
class Node:
    name: str = "n"

    @strawberry.field
    def child(self) -> "Node":
        return Node()


@strawberry.type
class Query:
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
    def node(self) -> Node:
        return Node()


@strawberry.type
class Mutation:
    @strawberry.mutation
    def change(self) -> str:
        return "changed"


schema = strawberry.Schema(Query, Mutation)


class Doorkeeper:
    """Knows three tokens."""

    async def principal(self, authorization: str | None) -> Principal:
        match authorization:
            case None:
                return ANONYMOUS
            case "Bearer patient":
                return Principal(role=Role.PATIENT, subject="account-1")
            case "Bearer down":
                raise KeysUnavailable
            case "Bearer old":
                raise Unauthenticated(TokenProblem.EXPIRED, "登录已过期")
        raise Unauthenticated(TokenProblem.INVALID, "登录信息无效")


def endpoint(
    context: Callable[[Principal, str], Any] = lambda principal, request_id: (principal, request_id), **changes: Any
) -> GraphQLEndpoint:
    limits = {"max_body_bytes": 4096, "limits": DocumentLimits(tokens=500, depth=20, fields=300), **changes}
    return GraphQLEndpoint(schema._schema, Doorkeeper(), context, present, **limits)  # noqa: SLF001 # no public name


def client(*context: Callable[[Principal, str], Any], **changes: Any) -> httpx.AsyncClient:
    app = Starlette(routes=[Route("/graphql", endpoint(*context, **changes))])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
