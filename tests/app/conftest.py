from collections.abc import AsyncIterator, Iterator

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from app.stores import redis_client
from tests.app.redis_server import RedisServer, redis_server


@pytest.fixture(scope="module")
def shared_redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def mortal_redis() -> Iterator[RedisServer]:
    """One for a test that kills it."""
    with redis_server() as server:
        yield server


@pytest.fixture
async def redis(shared_redis: RedisServer) -> AsyncIterator[Redis]:
    client = redis_client.connect(SecretStr(shared_redis.url))
    await client.flushall()
    yield client
    await client.aclose()
