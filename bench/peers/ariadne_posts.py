"""Posts with users on Ariadne: PORT UPSTREAM."""

import asyncio
import sys
from typing import Any, TypeAlias

from aiodataloader import DataLoader
from ariadne import ObjectType, QueryType, make_executable_schema
from graphql import GraphQLResolveInfo

from bench.peers.ariadne_serving import Client, serve

TYPES = """
type User { id: Int!, name: String!, username: String!, email: String!, phone: String, website: String }
type Post { id: Int!, userId: Int!, title: String!, body: String!, user: User }
type Query { posts: [Post!]! }
"""
Info: TypeAlias = GraphQLResolveInfo[Any]
client = Client(sys.argv[2])
query, post = QueryType(), ObjectType("Post")


async def _users(numbers: list[int]) -> list[Any]:
    return list(await asyncio.gather(*(client.get(f"/users/{number}") for number in numbers)))


def context(*_: Any) -> dict[str, Any]:
    """Make the loader of a request."""
    return {"users": DataLoader(_users)}


@query.field("posts")
async def posts(*_: Any) -> Any:
    """All posts."""
    return await client.get("/posts")


@post.field("user")
async def user(root: dict[str, Any], info: Info) -> Any:
    """Who wrote a post."""
    return await info.context["users"].load(root["userId"])


if __name__ == "__main__":
    serve(make_executable_schema(TYPES, query, post), client, context, int(sys.argv[1]))
