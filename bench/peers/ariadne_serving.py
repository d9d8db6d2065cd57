"""How Ariadne is served: documents are parsed and validated once, and answers written by orjson."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson
import uvicorn
from ariadne.asgi import GraphQL
from ariadne.asgi.handlers import GraphQLHTTPHandler
from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, validate
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_CONNECTIONS = 256


class Client:
    """Upstream calls over aiohttp, with a connection pool as large as the others'."""

    def __init__(self, upstream: str) -> None:
        """Take the address."""
        self._upstream = upstream
        self._session: aiohttp.ClientSession

    @asynccontextmanager
    async def open(self, _app: Starlette) -> AsyncIterator[None]:
        """Hold the pool while the server runs."""
        connector = aiohttp.TCPConnector(limit=_CONNECTIONS)
        async with aiohttp.ClientSession(connector=connector) as self._session:
            yield

    async def get(self, path: str) -> Any:
        """Call by GET."""
        async with self._session.get(self._upstream + path) as answer:
            answer.raise_for_status()
            return orjson.loads(await answer.read())

    async def post(self, path: str, body: Any) -> Any:
        """Call by POST."""
        headers = {"Content-Type": "application/json;charset=UTF-8"}
        async with self._session.post(self._upstream + path, data=orjson.dumps(body), headers=headers) as answer:
            answer.raise_for_status()
            return orjson.loads(await answer.read())


class _Handler(GraphQLHTTPHandler):
    """Writes answers with orjson."""

    async def create_json_response(self, request: Request, result: Any, success: bool) -> Response:  # noqa: ARG002 # the library's form
        return Response(orjson.dumps(result), media_type="application/json")


def serve(schema: GraphQLSchema, client: Client, context: Callable[..., Any], port: int) -> None:
    """Serve until the end."""
    documents: dict[str, DocumentNode] = {}
    validated: dict[int, list[GraphQLError]] = {}

    def parsed(_context: Any, data: dict[str, Any]) -> DocumentNode:
        text = data["query"]
        if text not in documents:
            documents[text] = parse(text)
        return documents[text]

    def checked(
        schema: GraphQLSchema, document_ast: DocumentNode, rules: Any = None, **more: Any
    ) -> list[GraphQLError]:
        # Documents are never let go here, so the same identity is the same document.
        if id(document_ast) not in validated:
            validated[id(document_ast)] = validate(schema, document_ast, rules, **more)
        return validated[id(document_ast)]

    graph = GraphQL(
        schema,
        context_value=context,
        query_parser=parsed,
        query_validator=checked,  # type: ignore[arg-type]  # the protocol names every argument
        http_handler=_Handler(),
    )
    app = Starlette(routes=[Route("/graphql", graph.handle_request, methods=["POST"])], lifespan=client.open)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
