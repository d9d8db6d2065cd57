import asyncio
import json

import httpx
import pytest

from bench.tailcall.server import application, connect
from bench.tailcall.work import OPERATION, work
from sandbox.serving import running
from tests.bench.mocked import Serving


async def test_the_connector_reads_posts_and_users(serving: Serving) -> None:
    with serving(work().routes) as url:
        system = connect(url)
        try:
            posts, user = await asyncio.gather(system.posts(), system.user(3))
        finally:
            await system.close()
    assert [(post.id, post.user_id) for post in posts[:11:10]] == [(1, 1), (11, 2)]
    assert user is not None
    assert (user.id, user.email) == (3, "person3@example.org")


async def test_an_operation_asks_for_posts_once_and_for_each_user_once(serving: Serving) -> None:
    with serving(work().routes) as upstream, running(application(upstream)) as url:
        async with httpx.AsyncClient(trust_env=False) as client:
            answers = await asyncio.gather(
                *(client.post(f"{url}/graphql", json={"query": OPERATION}) for _ in range(3))
            )
            calls = (await client.get(f"{upstream}/count")).text
    for answer in answers:
        assert answer.json() == {"data": work().shown}
    # Requests that run at the same time share what is under way; nothing is kept.
    assert 1 + 10 <= int(calls) <= 3 * (1 + 10)


def test_the_right_answer_is_what_the_mock_tells() -> None:
    (right,) = work().right
    by_path = {route.path: json.loads(route.answer) for route in work().routes}
    assert len(right["posts"]) == len(by_path["/posts"]) == 100
    for post, told in zip(right["posts"], by_path["/posts"], strict=True):
        assert post["user"]["name"] == by_path[f"/users/{told['userId']}"]["name"]


@pytest.mark.parametrize("path", ["/users/11", "/nothing"])
def test_there_is_nothing_else_at_the_mock(serving: Serving, path: str) -> None:
    with serving(work().routes) as url:
        assert httpx.get(url + path, trust_env=False).status_code == 404
