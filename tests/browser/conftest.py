"""What the browser tests need: the built page, a server on a real socket, the npm packages."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.application import create_app
from app.demo_queries import BOOKING, HOME_SCREEN
from app.graphiql.build import Node, build, find_node
from app.graphiql.page import ExampleTab, GraphiQLConfig
from sandbox.app import create_app as create_sandbox
from sandbox.exchange import Sandbox
from sandbox.serving import running
from sandbox.tokens import patient_token, staff_token
from tests.end_to_end.world import HS256_SECRET, settings

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Page:
    """A page, and the tokens of those who use it: a patient's is in the example tabs, the staff's is not."""

    url: str
    patient: str
    staff: str


@pytest.fixture
def graphiql() -> Iterator[Page]:
    """The real server's page, with the sandbox's hospitals behind it and the demo's example tabs."""
    build()
    sandbox = Sandbox()
    patient = patient_token(sandbox.town, "account-1", HS256_SECRET)
    staff = staff_token(HS256_SECRET, ["253", "254", "501"])
    header = json.dumps({"Authorization": f"Bearer {patient}"})
    day = json.dumps({"day": sandbox.town.today.isoformat()})
    config = GraphiQLConfig(
        title="Patient graph",
        tabs=(ExampleTab(HOME_SCREEN, headers=header), ExampleTab(BOOKING, variables=day, headers=header)),
    )
    with running(create_sandbox(sandbox)) as upstream, running(create_app(settings(upstream), config)) as base:
        yield Page(f"{base}/graphiql", patient, staff)


@pytest.fixture(scope="session")
def node_with_packages() -> Node:
    """Node.js, with the npm packages of this folder installed as its lock file names them."""
    node = find_node()
    lock, installed = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        node.install(HERE)
    return node
