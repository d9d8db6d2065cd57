"""What browsers are told by every answer, and what another site's page can have them do: nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from app.application import create_app
from app.security_headers import ALWAYS
from sandbox.serving import running
from tests.app.graph import client
from tests.end_to_end.world import settings

PORTAL = "https://portal.hospital.example"
QUERY = {"query": "{ viewer { role } }"}


@contextmanager
def started(**server: Any) -> Iterator[httpx.Client]:
    with (
        running(create_app(settings("http://127.0.0.1:9", server=server))) as url,
        httpx.Client(base_url=url, trust_env=False) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def server() -> Iterator[httpx.Client]:
    with started() as made:
        yield made


@pytest.fixture(scope="module")
def portal_server() -> Iterator[httpx.Client]:
    with started(allowed_origins=[PORTAL]) as made:
        yield made


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/metrics"),
        ("GET", "/graphiql"),
        ("GET", "/graphiql/config.json"),
        ("GET", "/nothing"),
        ("POST", "/healthz"),
        ("GET", "/graphql"),
        ("GET", "/graphql?query={viewer{role}}"),
        ("DELETE", "/graphql"),
        ("GET", "/graphql/"),
    ],
)
def test_every_answer_has_the_security_headers(server: httpx.Client, method: str, path: str) -> None:
    response = server.request(method, path, follow_redirects=False)

    assert {name for name in ALWAYS if name not in response.headers} == set()
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


def test_operations_have_one_address(server: httpx.Client) -> None:
    assert server.post("/graphql", json=QUERY).status_code == 200
    assert server.post("/graphql/", json=QUERY, follow_redirects=False).status_code == 404


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "text/plain; a=json"]
)
async def test_a_form_of_another_site_is_not_read(kind: str) -> None:
    async with client() as api:
        response = await api.post("/graphql", content=b'{"query": "{ hello }"}', headers={"Content-Type": kind})

    assert response.status_code == 415


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_get_that_another_sites_page_makes_is_not_answered(site: str) -> None:
    async with client() as api:
        response = await get(api, {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"})

    assert response.status_code == 403
    assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["CROSS_SITE"]


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}], ids=str)
async def test_a_get_of_our_own_page_or_of_no_page_is_answered(headers: dict[str, str]) -> None:
    async with client() as api:
        assert (await get(api, headers)).status_code == 200


async def test_a_get_of_a_welcome_origin_is_answered_and_one_that_does_not_say_its_origin_is_not() -> None:
    async with client(origins=frozenset({PORTAL.encode()})) as api:
        assert (await get(api, {"Sec-Fetch-Site": "cross-site", "Origin": PORTAL})).status_code == 200
        assert (await get(api, {"Sec-Fetch-Site": "cross-site", "Origin": "https://other.example"})).status_code == 403
        assert (await get(api, {"Sec-Fetch-Site": "cross-site"})).status_code == 403


async def get(api: httpx.AsyncClient, headers: dict[str, str]) -> httpx.Response:
    return await api.get("/graphql", params={"query": "{ hello }"}, headers=headers)


def preflight(origin: str, headers: str = "authorization,content-type") -> dict[str, Any]:
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": headers}
    return {"headers": {"Origin": origin, **asks}}


def test_no_other_origin_is_let_in_unless_it_is_named(server: httpx.Client, portal_server: httpx.Client) -> None:
    for api, origin in ((server, PORTAL), (portal_server, "https://other.example"), (portal_server, "null")):
        asked = api.options("/graphql", **preflight(origin))
        answered = api.post("/graphql", json=QUERY, headers={"Origin": origin})

        assert asked.status_code >= 400
        assert "access-control-allow-origin" not in {**asked.headers, **answered.headers}


def test_a_named_origin_may_ask_with_a_token_and_without_cookies(portal_server: httpx.Client) -> None:
    asked = portal_server.options("/graphql", **preflight(PORTAL))
    answered = portal_server.post("/graphql", json=QUERY, headers={"Origin": PORTAL})

    assert asked.status_code == 200
    assert asked.headers["access-control-allow-origin"] == PORTAL
    assert answered.headers["access-control-allow-origin"] == PORTAL
    assert "Origin" in answered.headers["vary"]
    assert "access-control-allow-credentials" not in {**asked.headers, **answered.headers}
    assert answered.json() == {"data": {"viewer": {"role": "ANONYMOUS"}}}


def test_a_named_origin_sends_no_other_headers(portal_server: httpx.Client) -> None:
    assert portal_server.options("/graphql", **preflight(PORTAL, "x-forwarded-for")).status_code == 400
