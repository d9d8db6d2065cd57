"""Who learns of the schema: by asking for it, or from the suggestions in errors."""

from typing import Any

import httpx
import pytest
from graphql import get_introspection_query

from app.endpoint.manifest import Listed
from resolvers.access_control.principal import Role
from tests.app.graph import GRAPHQL_JSON, client

SCHEMA = get_introspection_query()
ASKS = [
    SCHEMA,
    "{ __schema { queryType { name } } }",
    '{ __type(name: "Node") { name } }',
    '{ hello ... on Query { x: __type(name: "Node") { name } } }',
    "query { ...A } fragment A on Query { __schema { queryType { name } } }",
    "query Asked { hello } query NotAsked { __schema { queryType { name } } }",
]
# Each has a name of the schema as its nearest.
MISSPELT = [
    "{ helo }",
    "{ hello(nam: 1) }",
    "{ node { child { nane } } }",
    "{ ... on Qery { hello } }",
    "query($n: Strin) { hello(name: $n) }",
    "{ node { ...A } } fragment A on Nod { name }",
    "{ picked(by: {lable: 1}) }",
]


async def ask(api: httpx.AsyncClient, query: str, role: str = "", **more: Any) -> httpx.Response:
    headers = {"Accept": GRAPHQL_JSON, **({"Authorization": f"Bearer {role}"} if role else {})}
    return await api.post("/graphql", json={"query": query, **more}, headers=headers)


@pytest.mark.parametrize("query", ASKS)
@pytest.mark.parametrize("role", ["", "patient"])
async def test_the_schema_is_shown_to_staff_only(query: str, role: str) -> None:
    async with client() as api:
        name = "Asked" if "NotAsked" in query else None
        refused = await ask(api, query, role, operationName=name)
        shown = await ask(api, query, "staff", operationName=name)

    assert refused.status_code == 400
    assert [error["extensions"]["code"] for error in refused.json()["errors"]] == ["INTROSPECTION_DISABLED"]
    assert "data" not in refused.json()
    assert shown.json()["data"]


async def test_who_may_ask_is_a_setting() -> None:
    async with client(introspection=frozenset(Role)) as api:
        assert (await ask(api, SCHEMA)).status_code == 200
    async with client(introspection=frozenset()) as api:
        assert (await ask(api, SCHEMA, "staff")).status_code == 400


async def test_that_staff_asked_first_opens_it_for_nobody() -> None:
    async with client(automatic=True) as api:
        assert (await ask(api, SCHEMA, "staff")).status_code == 200
        assert (await ask(api, SCHEMA, "patient")).status_code == 400
        assert (await ask(api, SCHEMA, "staff")).status_code == 200


@pytest.mark.parametrize("role", ["", "patient"])
async def test_the_name_of_an_objects_type_is_always_told(role: str) -> None:
    async with client(introspection=frozenset()) as api:
        response = await ask(api, "{ __typename node { __typename } }", role)

    assert response.json()["data"] == {"__typename": "Query", "node": {"__typename": "Node"}}


async def test_a_trusted_document_may_ask_for_the_schema() -> None:
    async with client(manifest=[Listed("schema", "Schema", SCHEMA)], only_trusted=True) as api:
        response = await api.post("/graphql", json={"documentId": "schema"})

    assert "__schema" in response.json()["data"]


@pytest.mark.parametrize("query", MISSPELT)
async def test_names_are_suggested_to_staff_only(query: str) -> None:
    async with client() as api:
        told = [(await ask(api, query, role)).json()["errors"] for role in ("staff", "", "patient")]

    hints = ["Did you mean" in str(errors) for errors in told]
    assert hints == [True, False, False]
    assert {error["extensions"]["code"] for errors in told for error in errors} == {"GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("query($k: Kind) { kind(value: $k) }", {"k": "LEFF"}),
        ("query($p: Picker!) { picked(by: $p) }", {"p": {"lable": "secret"}}),
    ],
)
@pytest.mark.parametrize("role", ["", "patient", "staff"])
async def test_nothing_is_suggested_for_a_variable(query: str, variables: dict[str, Any], role: str) -> None:
    async with client() as api:
        response = await ask(api, query, role, variables=variables)

    [error] = response.json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert not {"mean", "LEFT", "LEFF", "label", "secret"} & set(response.text.replace('"', " ").split())
