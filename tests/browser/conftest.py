"""What the browser tests need: the built page, a server on a real socket, the npm packages."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import strawberry
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp
from strawberry.asgi import GraphQL

from app.graphiql.build import Node, build, find_node
from app.graphiql.page import ExampleTab, GraphiQLConfig, routes

HERE = Path(__file__).parent


@strawberry.type
class Ward:
    name: str
    beds: int


@strawberry.type
class Query:
    @strawberry.field(description="The wards of one hospital.")
    def wards(self, hospital: strawberry.ID) -> list[Ward]:
        return [Ward(name=f"{hospital} 心内科", beds=42), Ward(name=f"{hospital} 儿科", beds=36)]

    @strawberry.field(description="Who is asking.")
    def viewer(self, info: strawberry.Info) -> str:
        return str(info.context["request"].headers.get("x-name", "nobody"))


EXAMPLES = (
    ExampleTab(
        title="The wards of one hospital (病区)",
        query="query Wards($hospital: ID!) {\n  wards(hospital: $hospital) {\n    name\n    beds\n  }\n}\n",
        variables='{\n  "hospital": "H1"\n}',
    ),
    ExampleTab(query="query Viewer {\n  viewer\n}\n", headers='{\n  "X-Name": "Li"\n}'),
)


@contextmanager
def serve(app: ASGIApp) -> Iterator[str]:
    """Run the application in a thread until the block ends; give its base address."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                if not thread.is_alive():
                    raise RuntimeError("The server stopped while it was starting.")
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def graphiql_url() -> Iterator[str]:
    """Address of a served GraphiQL page whose endpoint works."""
    build()
    config = GraphiQLConfig(title="Patient graph", tabs=EXAMPLES)
    endpoint = Route("/graphql", GraphQL(strawberry.Schema(Query), graphql_ide=None))
    with serve(Starlette(routes=[endpoint, *routes(config)])) as base:
        yield f"{base}/graphiql"


@pytest.fixture(scope="session")
def node_with_packages() -> Node:
    """Node.js, with the npm packages of this folder installed as its lock file names them."""
    node = find_node()
    lock, installed = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        node.install(HERE)
    return node
