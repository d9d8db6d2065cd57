"""The audit log in Redis Streams: a stream per chain, never cut, and an index per card. For several replicas."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from pydantic import SecretStr
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from app.audit.rows import CARD_BYTES, Head, Row, row_of
from app.audit.store import Found, StoreUnavailable

P = ParamSpec("P")
T = TypeVar("T")

_SECONDS = 2.0
_READ_AT_ONCE = 1000
# The braces keep all keys in one slot of a Redis cluster, so that one transaction can write them.
_PREFIX = "patient-graph:{audit}:"
_CHAINS = f"{_PREFIX}chains"


def _available(method: Callable[P, T]) -> Callable[P, T]:
    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(*args, **kwargs)
        except (RedisError, OSError) as error:
            raise StoreUnavailable(type(error).__name__) from None

    return call


class RedisStore:
    """Implements `app.audit.store.Store`."""

    def __init__(self, url: SecretStr) -> None:
        """Take the address; it is connected to with the first row."""
        self._redis: Redis = Redis.from_url(
            url.get_secret_value(),
            socket_timeout=_SECONDS,
            socket_connect_timeout=_SECONDS,
            retry=Retry(NoBackoff(), 1),
        )
        self._doubtful = False

    @_available
    def append(self, rows: Sequence[Row]) -> None:
        """Add in one transaction; one whose answer was lost may have been done."""
        last = self._last_number(rows[0].chain) if self._doubtful else -1
        self._doubtful = True
        with self._redis.pipeline(transaction=True) as pipe:
            for row in rows:
                if row.number > last:
                    _add(pipe, row)
            pipe.execute()
        self._doubtful = False

    def _last_number(self, chain: str) -> int:
        last: Any = self._redis.xrevrange(_stream(chain), count=1)
        return _row(chain, *last[0]).number if last else -1

    @_available
    def newest_head(self) -> Head | None:
        """Look up the end of the newest chain."""
        newest: Any = self._redis.zrevrange(_CHAINS, 0, 0)
        if not newest:
            return None
        chain = newest[0].decode()
        last: Any = self._redis.xrevrange(_stream(chain), count=1)
        if not last:
            return None
        row = _row(chain, *last[0])
        return Head(chain, row.number, row.hash)

    @_available
    def chains(self) -> list[str]:
        """List them; also those whose opening is gone."""
        known: Any = self._redis.zrange(_CHAINS, 0, -1)
        listed = [chain.decode() for chain in known]
        streams = self._redis.scan_iter(match=_stream("*"), count=_READ_AT_ONCE)
        return listed + sorted({key.decode().rpartition(":")[2] for key in streams} - set(listed))

    def rows(self, chain: str) -> Iterator[Row]:
        """Read so many at a time."""
        last = "-"
        while found := self._stretch(chain, last):
            yield from found
            last = f"({_id(found[-1].number)}"

    @_available
    def _stretch(self, chain: str, last: str) -> list[Row]:
        entries: Any = self._redis.xrange(_stream(chain), min=last, count=_READ_AT_ONCE)
        return [_row(chain, *entry) for entry in entries]

    @_available
    def row(self, chain: str, number: int) -> Row | None:
        """Look it up."""
        found: Any = self._redis.xrange(_stream(chain), min=_id(number), max=_id(number))
        return _row(chain, *found[0]) if found else None

    @_available
    def find(self, cards: Iterable[bytes], behind: str | None, count: int) -> Found:
        """Merge what the index of each card has; places sort as the rows do."""
        keys = [_index(card) for card in cards]
        upper = "+" if behind is None else f"({behind}"
        places: set[bytes] = set()
        for key in keys:
            stretch: Any = self._redis.zrevrangebylex(key, upper, "-", start=0, num=count + 1)
            places.update(stretch)
        ordered = [place.decode() for place in sorted(places, reverse=True)]
        rows = [self.row(*row_of(place)) for place in ordered[:count]]
        return Found([row for row in rows if row is not None], self._count(keys), len(ordered) > count)

    def _count(self, keys: list[str]) -> int:
        # One row may be about several of the cards.
        count: Any = self._redis.zcard(keys[0]) if len(keys) == 1 else len(self._redis.zunion(keys))
        return int(count)

    @_available
    def indexed(self, row: Row) -> bool:
        """Look each of its cards up."""
        return all(self._redis.zscore(_index(card), row.place) is not None for card in row.cards)

    @_available
    def close(self) -> None:
        """Close the connections."""
        self._redis.close()


def _add(pipe: Any, row: Row) -> None:
    if row.number == 0:
        pipe.zadd(_CHAINS, {row.chain: row.at})
    content = {"at": row.at, "cards": b"".join(row.cards), "body": row.body, "hash": row.hash}
    pipe.xadd(_stream(row.chain), content, id=_id(row.number))
    for card in row.cards:
        pipe.zadd(_index(card), {row.place: 0})


def _stream(chain: str) -> str:
    return f"{_PREFIX}chain:{chain}"


def _index(card: bytes) -> str:
    return f"{_PREFIX}card:{card.hex()}"


def _id(number: int) -> str:
    # Redis takes each id once and only in order; 0-0 is none.
    return f"{number}-1"


def _row(chain: str, entry_id: bytes, content: dict[bytes, bytes]) -> Row:
    cards = content[b"cards"]
    return Row(
        chain,
        int(entry_id.partition(b"-")[0]),
        int(content[b"at"]),
        tuple(cards[begin : begin + CARD_BYTES] for begin in range(0, len(cards), CARD_BYTES)),
        content[b"body"],
        content[b"hash"],
    )
