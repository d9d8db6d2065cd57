"""Which documents are run, by their text, their id or their digest, and for whom."""

from hashlib import sha256
from typing import Any

import httpx
import pytest
from graphql import build_schema
from structlog.testing import capture_logs

from app.endpoint.complexity import DocumentLimits
from app.endpoint.library import Library
from app.endpoint.manifest import Listed
from app.endpoint.requests import GraphRequest
from resolvers.access_control.principal import Role
from tests.app.graph import GRAPHQL_JSON, client

SCHEMA = build_schema("type Query { a: Int b: Int }")
HELLO = "query Hello($n: String) { hello(name: $n) }"
CHANGE = "mutation Change { change }"
OTHER = "query Other { who }"
MANIFEST = (Listed("hello-1", "Hello", HELLO), Listed("change-1", "Change", CHANGE))
GRAPHQL = {"Accept": GRAPHQL_JSON}


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def apollo(name: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": name}}


async def post(api: httpx.AsyncClient, *, role: str = "", **members: Any) -> tuple[int, Any]:
    headers = {**GRAPHQL, **({"Authorization": f"Bearer {role}"} if role else {})}
    return outcome(await api.post("/graphql", json=members, headers=headers))


async def get(api: httpx.AsyncClient, *, role: str = "", **parameters: str) -> tuple[int, Any]:
    headers = {**GRAPHQL, **({"Authorization": f"Bearer {role}"} if role else {})}
    return outcome(await api.get("/graphql", params=parameters, headers=headers))


def outcome(response: httpx.Response) -> tuple[int, Any]:
    """The status, and the data or the one code."""
    body = response.json()
    if "errors" not in body:
        return response.status_code, body["data"]
    [error] = body["errors"]
    return response.status_code, error["extensions"]["code"]


class TestByTheirId:
    @pytest.mark.parametrize(
        "named",
        [
            {"documentId": "hello-1"},
            {"extensions": apollo("hello-1")},
            {"documentId": "hello-1", "extensions": {"client": "app"}},
            {"documentId": "hello-1", "query": None},
            {"documentId": "hello-1", "operationName": "Hello"},
        ],
        ids=str,
    )
    async def test_a_trusted_document_is_run(self, named: dict[str, Any]) -> None:
        async with client(manifest=MANIFEST) as api:
            assert await post(api, **named, variables={"n": "x"}) == (200, {"hello": "hello x"})

    async def test_a_digest_may_say_that_it_is_one(self) -> None:
        async with client(manifest=[Listed(digest(HELLO), "Hello", HELLO)]) as api:
            assert (await post(api, documentId=f"sha256:{digest(HELLO)}"))[0] == 200
            assert (await post(api, documentId=digest(HELLO)))[0] == 200

    @pytest.mark.parametrize(
        "named",
        [
            {"documentId": 5},
            {"documentId": ""},
            {"extensions": {"persistedQuery": "hello-1"}},
            {"extensions": {"persistedQuery": {"version": 2, "sha256Hash": "hello-1"}}},
            {"extensions": {"persistedQuery": {"version": 1}}},
            {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": ["hello-1"]}}},
            {"documentId": "hello-1", "extensions": apollo("change-1")},
            {"documentId": "hello-1", "query": 5},
            {"documentId": "hello-1", "query": OTHER},
            {"documentId": "hello-1", "operationName": "Other"},
        ],
        ids=str,
    )
    async def test_a_name_that_says_nothing_or_two_things_is_refused(self, named: dict[str, Any]) -> None:
        async with client(manifest=MANIFEST) as api:
            status, code = await post(api, **named)

        assert (status, code) in {(400, "BAD_REQUEST"), (400, "OPERATION_RESOLUTION_FAILURE")}

    async def test_a_query_may_come_by_get_and_a_mutation_may_not(self) -> None:
        async with client(manifest=MANIFEST, only_trusted=True) as api:
            assert await get(api, documentId="hello-1", variables='{"n": "x"}') == (200, {"hello": "hello x"})
            by_apollo = '{"persistedQuery": {"version": 1, "sha256Hash": "hello-1"}}'
            assert (await get(api, extensions=by_apollo))[0] == 200
            assert await get(api, documentId="change-1") == (405, "METHOD_NOT_ALLOWED")
            assert (await get(api, extensions="{"))[0] == 400
            assert (await api.get("/graphql?documentId=hello-1&documentId=change-1")).status_code == 400


class TestOnlyTrusted:
    @pytest.mark.parametrize("role", ["", "patient"])
    async def test_a_text_that_is_not_listed_is_refused(self, role: str) -> None:
        async with client(manifest=MANIFEST, only_trusted=True) as api:
            assert await post(api, role=role, query=OTHER) == (400, "PERSISTED_QUERY_REQUIRED")
            assert await post(api, role=role, query=HELLO + " ") == (400, "PERSISTED_QUERY_REQUIRED")
            assert await post(api, role=role, query="{ nonsense") == (400, "PERSISTED_QUERY_REQUIRED")
            assert await post(api, role=role, query=HELLO) == (200, {"hello": "hello world"})

    async def test_clients_of_plain_json_are_told_with_status_200(self) -> None:
        async with client(manifest=MANIFEST, only_trusted=True) as api:
            response = await api.post("/graphql", json={"query": OTHER})

        assert outcome(response) == (200, "PERSISTED_QUERY_REQUIRED")

    async def test_staff_may_post_any_text_but_not_get_one(self) -> None:
        async with client(manifest=MANIFEST, only_trusted=True) as api:
            assert (await post(api, role="staff", query=OTHER))[0] == 200
            assert await get(api, role="staff", query=OTHER) == (400, "PERSISTED_QUERY_REQUIRED")

    @pytest.mark.parametrize("role", ["", "patient", "staff"])
    async def test_an_id_that_is_not_listed_is_unknown_for_good(self, role: str) -> None:
        async with client(manifest=MANIFEST, only_trusted=True) as api:
            assert await post(api, role=role, documentId="nothing") == (400, "PERSISTED_QUERY_UNKNOWN")
            await post(api, role="staff", query=OTHER, extensions=apollo(digest(OTHER)))
            assert await post(api, role=role, documentId=digest(OTHER)) == (400, "PERSISTED_QUERY_UNKNOWN")

    async def test_a_manifest_alone_refuses_no_text(self) -> None:
        async with client(manifest=MANIFEST) as api:
            assert (await post(api, query=OTHER))[0] == 200
            assert await post(api, documentId="nothing") == (400, "PERSISTED_QUERY_NOT_FOUND")

    @pytest.mark.parametrize(("members", "untrusted"), [({"documentId": "hello-1"}, False), ({"query": OTHER}, True)])
    async def test_the_log_tells_what_is_not_trusted(self, members: dict[str, Any], untrusted: bool) -> None:
        async with client(manifest=MANIFEST, only_trusted=True) as api:
            with capture_logs() as logs:
                await post(api, role="staff", **members)

        assert [line["untrusted"] for line in logs if line["event"] == "request"] == [untrusted]


class TestAutomatic:
    async def test_a_text_that_came_with_its_digest_is_named_by_it_from_then_on(self) -> None:
        async with client(automatic=True) as api:
            named = {"extensions": apollo(digest(HELLO))}
            assert await post(api, **named) == (400, "PERSISTED_QUERY_NOT_FOUND")
            assert await post(api, **named, query=HELLO) == (200, {"hello": "hello world"})
            assert await post(api, **named, variables={"n": "x"}) == (200, {"hello": "hello x"})
            assert (await get(api, documentId=f"sha256:{digest(HELLO)}"))[0] == 200

    @pytest.mark.parametrize(
        ("rules", "message", "code"),
        [
            ({"automatic": True}, "PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND"),
            ({}, "PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED"),
        ],
    )
    async def test_misses_are_said_in_the_words_that_clients_compare(
        self, rules: dict[str, Any], message: str, code: str
    ) -> None:
        async with client(**rules) as api:
            response = await api.post("/graphql", json={"extensions": apollo(digest(HELLO))})

        assert response.status_code == 200
        assert response.headers["cache-control"] == "no-store"
        [error] = response.json()["errors"]
        assert (error["message"], error["extensions"]["code"]) == (message, code)

    async def test_a_text_under_another_digest_is_refused_and_not_kept(self) -> None:
        async with client(automatic=True) as api:
            wrong = {"extensions": apollo(digest(OTHER))}
            assert await post(api, **wrong, query=HELLO) == (400, "BAD_REQUEST")
            assert await post(api, **wrong) == (400, "PERSISTED_QUERY_NOT_FOUND")

    @pytest.mark.parametrize("text", ["{ nonsense", "{ nothing }", "{ hello }" + " " * 20_000])
    async def test_what_is_not_valid_or_very_long_is_not_kept(self, text: str) -> None:
        async with client(automatic=True, max_body_bytes=100_000) as api:
            named = {"extensions": apollo(digest(text))}
            await post(api, **named, query=text)
            assert await post(api, **named) == (400, "PERSISTED_QUERY_NOT_FOUND")

    async def test_no_more_than_a_thousand_are_kept(self) -> None:
        async with client(automatic=True) as api:
            texts = [f'{{ hello(name: "{number}") }}' for number in range(1001)]
            for text in texts:
                assert (await post(api, query=text, extensions=apollo(digest(text))))[0] == 200
            assert await post(api, extensions=apollo(digest(texts[0]))) == (400, "PERSISTED_QUERY_NOT_FOUND")
            assert (await post(api, extensions=apollo(digest(texts[1]))))[0] == 200

    async def test_without_it_a_digest_is_checked_and_nothing_is_kept(self) -> None:
        async with client() as api:
            assert (await post(api, query=HELLO, extensions=apollo(digest(HELLO))))[0] == 200
            assert await post(api, extensions=apollo(digest(HELLO))) == (400, "PERSISTED_QUERY_NOT_SUPPORTED")
            assert await post(api, query=HELLO, extensions=apollo(digest(OTHER))) == (400, "BAD_REQUEST")


class TestTheLibrary:
    def test_a_trusted_document_is_found_ready_however_many_others_come(self) -> None:
        library = Library(SCHEMA, DocumentLimits(), manifest=[Listed("all", "All", "{ a b }")])
        by_id, by_text = request(document_id="all"), request(query="{ a b }")
        first = library.find(by_id, Role.PATIENT)

        for number in range(1100):
            library.find(request(query=f"{{ a{number}: a }}"), Role.PATIENT)

        assert first.trusted
        assert library.find(by_id, Role.PATIENT) is library.find(by_text, Role.ANONYMOUS) is first

    def test_each_request_of_a_text_finds_the_same_document(self) -> None:
        library = Library(SCHEMA, DocumentLimits())

        assert library.find(request(query="{ a }"), Role.PATIENT) is library.find(request(query="{ a }"), Role.STAFF)


def request(query: str = "", document_id: str = "") -> GraphRequest:
    return GraphRequest(query, None, None, may_write=True, document_id=document_id)
