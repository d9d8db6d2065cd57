import pytest

from tests.resolvers.fakes import Region


@pytest.fixture
def region() -> Region:
    return Region()
