"""What the browser tests need: the built page, a server on a real socket, the npm packages."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.application import create_app
from app.demo_queries import BOOKING, HOME_SCREEN
from app.graphiql.build import Node, build, find_node
from app.graphiql.page import ExampleTab, GraphiQLConfig
from sandbox.app import create_app as create_sandbox
from sandbox.exchange import Sandbox
from sandbox.serving import running
from sandbox.tokens import patient_token
from tests.end_to_end.world import HS256_SECRET, settings

HERE = Path(__file__).parent


@pytest.fixture
def graphiql_url() -> Iterator[str]:
    """Address of the real server's page, with the sandbox's hospitals behind it and the demo's example tabs."""
    build()
    sandbox = Sandbox()
    token = json.dumps({"Authorization": f"Bearer {patient_token(sandbox.town, 'account-1', HS256_SECRET)}"})
    day = json.dumps({"day": sandbox.town.today.isoformat()})
    config = GraphiQLConfig(
        title="Patient graph",
        tabs=(ExampleTab(HOME_SCREEN, headers=token), ExampleTab(BOOKING, variables=day, headers=token)),
    )
    with running(create_sandbox(sandbox)) as upstream, running(create_app(settings(upstream), config)) as base:
        yield f"{base}/graphiql"


@pytest.fixture(scope="session")
def node_with_packages() -> Node:
    """Node.js, with the npm packages of this folder installed as its lock file names them."""
    node = find_node()
    lock, installed = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        node.install(HERE)
    return node
