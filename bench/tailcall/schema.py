"""The scenario's schema."""

from dataclasses import dataclass

import strawberry
from strawberry.types import Info

from bench.tailcall import records
from bench.tailcall.connector import Posts
from resolvers.access_control.principal import Principal
from resolvers.loaders import Loaders
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, relation

_SYSTEM = "posts"


@dataclass(slots=True)
class Context:
    """One request: its loaders, which ask for each user once."""

    principal: Principal
    loaders: Loaders

    def show(self, other: "Context") -> None:
        """Show what another shows, which is noted nowhere."""


async def _posts(connection: Posts, _: str) -> list[records.Post]:
    return await connection.posts()


async def _user(connection: Posts, _: str, number: int) -> records.User | None:
    return await connection.user(number)


async def posts_of(info: Info[Context, None]) -> list[records.Post]:
    """Load all posts."""
    return await info.context.loaders.public(_posts, _SYSTEM)


async def user_of(root: records.Post, info: Info[Context, None]) -> records.User | None:
    """Load who wrote a post."""
    return await info.context.loaders.public(_user, _SYSTEM, root.user_id)


@graph_type(records.User, PUBLIC)
class User(records.User):
    """Who wrote something."""


@graph_type(records.Post, PUBLIC)
class Post(records.Post):
    """What somebody wrote."""

    user = relation(user_of, User | None, "Who wrote it.")


@strawberry.type
class Query:
    """Where operations begin."""

    posts: list[Post] = relation(posts_of, list[Post], "All posts.")


core_schema = strawberry.Schema(Query)._schema  # noqa: SLF001 # strawberry has no public name for it
