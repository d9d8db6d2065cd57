from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from app.graphiql.page import CONTENT_SECURITY_POLICY, NOT_BUILT, PERMISSIONS_POLICY, ExampleTab, GraphiQLConfig, routes

CONFIG = GraphiQLConfig(endpoint="/api", title="病人 graph", tabs=(ExampleTab("{ a }", variables="{}"),))


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>page</title>")
    (tmp_path / "assets" / "index-1a2b.js").write_text("export {}")
    return tmp_path


def client_of(static: Path) -> httpx.AsyncClient:
    app = Starlette(routes=routes(CONFIG, static=static))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://page")


@pytest.fixture
async def client(built: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(built) as client:
        yield client


async def test_the_page_is_served_and_never_kept(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphiql/")

    assert (answer.status_code, answer.text) == (200, "<title>page</title>")
    assert answer.headers["cache-control"] == "no-store"


async def test_assets_named_by_content_are_kept_for_ever(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphiql/assets/index-1a2b.js")

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")
    again = await client.get("/graphiql/assets/index-1a2b.js", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_the_address_without_a_slash_leads_to_the_page_below_any_prefix(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphiql")

    assert (answer.status_code, answer.headers["location"]) == (307, "graphiql/")
    assert (await client.get("/graphiql", follow_redirects=True)).text == "<title>page</title>"


async def test_the_page_reads_its_settings(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphiql/config.json")

    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "endpoint": "/api",
        "title": "病人 graph",
        "tabs": [{"title": None, "query": "{ a }", "variables": "{}", "headers": None}],
    }


@pytest.mark.parametrize("path", ["", "/", "/config.json", "/assets/index-1a2b.js", "/assets/missing.js", "/missing"])
async def test_every_answer_carries_the_security_headers(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(f"/graphiql{path}")

    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY.replace("style-src 'self' 'unsafe-inline'", "")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-embedder-policy"] == "require-corp"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["permissions-policy"] == PERMISSIONS_POLICY


@pytest.mark.parametrize("path", ["/assets/missing.js", "/missing", "/%2e%2e/secret"])
async def test_what_is_not_there_is_not_found_and_never_kept(client: httpx.AsyncClient, built: Path, path: str) -> None:
    (built.parent / "secret").write_text("outside the folder")

    answer = await client.get(f"/graphiql{path}")

    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")


async def test_the_page_is_only_read(client: httpx.AsyncClient) -> None:
    answer = await client.post("/graphiql/")

    assert answer.status_code == 405


async def test_a_page_that_is_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    async with client_of(tmp_path / "missing") as client:
        answer = await client.get("/graphiql/")

    assert (answer.status_code, answer.text) == (503, NOT_BUILT)
    assert "python -m app.graphiql.build" in answer.text
    assert answer.headers["cache-control"] == "no-store"
