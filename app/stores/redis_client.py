"""How this process talks to Redis: short waits, since what waits is a patient."""

from pydantic import SecretStr
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

_SECONDS = 0.5


def connect(url: SecretStr) -> Redis:
    """Make the client; it connects with the first command. One retry covers a connection that had gone stale."""
    client: Redis = Redis.from_url(
        url.get_secret_value(),
        socket_timeout=_SECONDS,
        socket_connect_timeout=_SECONDS,
        retry=Retry(NoBackoff(), 1),
    )
    return client
