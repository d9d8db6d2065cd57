from collections.abc import AsyncIterator, Iterator

import pytest

from connectors.palm_hospital import Options
from sandbox.app import create_app
from sandbox.exchange import Sandbox
from sandbox.serving import running
from tests.connectors.palm_town import SIGNER, Town, connected


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Sandbox, str]]:
    sandbox = Sandbox()
    with running(create_app(sandbox)) as address:
        yield sandbox, address


@pytest.fixture
async def town(served: tuple[Sandbox, str]) -> AsyncIterator[Town]:
    sandbox, address = served
    sandbox.reset()
    connection = connected(address, Options.model_validate({"signer": SIGNER}))
    yield Town(sandbox, address, connection)
    await connection.system.close()
