"""A server that runs trusted documents alone, as in production: nothing else that outsiders write is even read."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.attacks.attacked import Attacked, attacked
from tests.attacks.documents import ATTACKS, INTROSPECTIONS

NAMES = "query Names { viewer { patients { name } } }"
KNOWN = hashlib.sha256(NAMES.encode()).hexdigest()

pytestmark = pytest.mark.parametrize("who", ["anonymous", "patient"])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    manifest: Path = tmp_path_factory.mktemp("manifest") / "manifest.json"
    manifest.write_text(json.dumps({KNOWN: NAMES}))
    with attacked(documents={"manifest": str(manifest)}) as made:
        yield made


@pytest.mark.parametrize("name", [*ATTACKS, *INTROSPECTIONS])
def test_no_document_of_an_outsider_is_run(server: Attacked, who: str, name: str) -> None:
    document = ATTACKS[name].document if name in ATTACKS else INTROSPECTIONS[name]
    answer = server.ask(who, document)

    assert (answer.status, len(answer.codes)) == (400, 1)
    assert answer.codes[0].startswith("PERSISTED_QUERY_")


@pytest.mark.parametrize(
    "query", ["query={__typename}", f"query={quote(NAMES)} ", "documentId=unknown", "documentId=__proto__"]
)
def test_nor_by_get(server: Attacked, who: str, query: str) -> None:
    response = server.client.get(f"/graphql?{query}", headers=server.headers(who))

    assert response.status_code == 400
    assert "data" not in response.json()


def test_a_known_document_is_run_by_its_digest(server: Attacked, who: str) -> None:
    answer = server.send(who, json.dumps({"documentId": KNOWN}).encode())

    assert bool(answer.data["viewer"]["patients"]) == (who == "patient")


def test_a_digest_does_not_cover_another_text(server: Attacked, who: str) -> None:
    given = {"query": "{ __typename }", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": KNOWN}}}
    answer = server.send(who, json.dumps(given).encode())

    assert answer.status == 400
    assert "data" not in answer.body
