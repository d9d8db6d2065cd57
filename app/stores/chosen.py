"""The back ends that the settings choose: in memory, or in Redis, sealed."""

from typing import NamedTuple

from redis.asyncio import Redis

from app.settings import Settings
from app.stores.memory_cache import MemoryCache
from app.stores.memory_inbox import MemoryInbox
from app.stores.memory_ledger import MemoryLedger
from app.stores.redis_cache import RedisCache
from app.stores.redis_inbox import RedisInbox
from app.stores.redis_ledger import RedisLedger
from app.stores.sealing import sealer_of
from connectors.core.cache import Cache, NoCache
from resolvers.communication.inbox import Inbox
from resolvers.writes.ledger import Ledger


class Stores(NamedTuple):
    """Where hospitals' answers, business keys and messages are kept."""

    cache: Cache
    ledger: Ledger
    inbox: Inbox


def stores_of(settings: Settings, redis: Redis | None) -> Stores:
    """Make them; without Redis they end with the process."""
    if redis is None:
        return Stores(MemoryCache() if settings.caches else NoCache(), MemoryLedger(), MemoryInbox())
    sealer = sealer_of(settings.encryption_keys)
    cache = RedisCache(redis, sealer) if settings.caches else NoCache()
    return Stores(cache, RedisLedger(redis, sealer), RedisInbox(redis, sealer))
