"""The way to the posts and users, written as the connectors in `connectors/` are."""

from collections.abc import Mapping
from typing import Any, TypeVar

from bench.tailcall.records import Post, User
from connectors.core.config import Machinery, SystemConfig
from connectors.core.envelope import Envelope
from connectors.core.kinds import Read, scope_of
from connectors.core.readers import Reader, listing, single
from connectors.core.shape import Many, One, Shape
from connectors.core.upstream import Request, Upstream

T = TypeVar("T")

POST = Shape(Post, id="id", user_id="userId", title="title", body="body")
USER = Shape(User, id="id", name="name", username="username", email="email", phone="phone", website="website")
_HEADERS = {"Content-Type": "application/json"}


class _Bare(Envelope):
    """No envelope: the HTTP status alone says whether an answer is good."""

    def open(self, system: str, interface: str, body: Any) -> Mapping[str, Any]:  # noqa: ARG002 # the envelope's form
        found: Mapping[str, Any] = body
        return found


_BARE = _Bare(status=(), succeeded=bool, message=())
_POSTS = listing(Many(POST))
_USER = single(One(USER))


class Posts:
    """One system of posts and users. Nothing is kept; a call that is under way is shared, as in the application."""

    def __init__(self, config: SystemConfig, machinery: Machinery) -> None:
        """Take the system's configuration and what the process lends."""
        self._url = config.hospitals["posts"].base_url
        self._read = Read(scope_of(config.name, "posts"))
        self._upstream = Upstream(config, machinery)

    async def posts(self) -> list[Post]:
        """All posts (/posts)."""
        return await self._call("/posts", _POSTS)

    async def user(self, number: int) -> User | None:
        """One user (/users/{number}), None where there is none."""
        return await self._call(f"/users/{number}", _USER)

    async def close(self) -> None:
        """Close the connections."""
        await self._upstream.close()

    async def _call(self, path: str, reader: Reader[T]) -> T:
        request = Request(
            interface=path,
            url=self._url + path,
            body=b"{}",
            envelope=_BARE,
            headers=_HEADERS,
        )
        return await self._upstream.send(request, reader, self._read)
