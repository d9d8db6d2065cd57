"""A manifest is read in both usual forms; what is wrong with it is named at once, before anything is served."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from app.application import create_app
from app.cli import main
from app.configuration import ConfigurationError
from app.documents import library_of
from app.endpoint.manifest import Listed, ManifestError, read_manifest
from app.settings import Settings
from sandbox.serving import running
from tests.end_to_end.world import settings

WHO = "query WhoAmI { viewer { role } }"
PLACES = "query Places { hospitals { id } }"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def apollo(*operations: dict[str, Any]) -> dict[str, Any]:
    return {"format": "apollo-persisted-query-manifest", "version": 1, "operations": list(operations)}


def operation(text: str, name: str, **changes: str) -> dict[str, str]:
    return {"id": digest(text), "name": name, "type": "query", "body": text, **changes}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "manifest.json"


def with_manifest(path: Path, content: Any, **documents: Any) -> Settings:
    path.write_text(json.dumps(content), encoding="utf-8")
    return settings("http://127.0.0.1:9", documents={"manifest": str(path), **documents})


def asked(url: str, **members: Any) -> Any:
    return httpx.post(f"{url}/graphql", json=members, trust_env=False).json()


@pytest.mark.parametrize(
    "content",
    [
        {digest(WHO): WHO, digest(PLACES): PLACES},
        {f"sha256:{digest(WHO)}": WHO, digest(PLACES): PLACES},
        apollo(operation(WHO, "WhoAmI"), operation(PLACES, "Places", clientName="web")),
    ],
    ids=["a map", "a map with prefixes", "Apollo's"],
)
def test_both_forms_list_the_same(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")

    assert read_manifest(path) == [Listed(digest(WHO), "WhoAmI", WHO), Listed(digest(PLACES), "Places", PLACES)]


def test_ids_of_other_kinds_are_taken_as_they_are(path: Path) -> None:
    path.write_text(json.dumps({"0123456789abcdef0123456789abcdef": WHO, "places_v1.2": PLACES}), encoding="utf-8")

    assert [listed.id for listed in read_manifest(path)] == ["0123456789abcdef0123456789abcdef", "places_v1.2"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{", "is not JSON (line 1, column 2)"),
        (b"\xff", "is not JSON"),
        (b"[]", "valid dictionary"),
        (b'{"a": 5}', "a: Input should be a valid string"),
        (b'{"a": ""}', "a: String should have at least 1 character"),
        (b'{"two words": "{ a }"}', "should match pattern"),
        (b'{"format": "other", "version": 1, "operations": []}', "format: Input should be"),
        (
            b'{"format": "apollo-persisted-query-manifest", "version": 2, "operations": []}',
            "version: Input should be 1",
        ),
        (json.dumps(apollo({"id": "a"})).encode(), "operations.0.body: Field required"),
        (json.dumps({digest(WHO): PLACES}).encode(), "Places: the id is not the SHA-256 of the text"),
        (
            json.dumps(apollo(operation(WHO, "A", id="a"), operation(PLACES, "B", id="a"))).encode(),
            "the id is used twice",
        ),
    ],
)
def test_what_is_wrong_with_the_form_is_said(path: Path, content: bytes, problem: str) -> None:
    path.write_bytes(content)

    with pytest.raises(ManifestError) as caught:
        read_manifest(path)
    assert any(problem in said for said in caught.value.problems), caught.value.problems


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(ManifestError) as caught:
        read_manifest(tmp_path)
    assert caught.value.problems == ["cannot be read (IsADirectoryError)"]


def test_every_document_that_does_not_fit_the_schema_is_named_before_the_start(path: Path) -> None:
    wrong = {
        "one": "query One { viewer { rle } }",
        "two": "query Two { hospitals { id } } query Two { nothing }",
        "three": "{ nowhere",
        "deep": "query Deep { hospitals " + "{ a " * 30 + "}" * 31,
        "fine": WHO,
    }

    with pytest.raises(ConfigurationError) as caught:
        create_app(with_manifest(path, wrong))

    problems = caught.value.problems
    assert all(problem.startswith("documents.manifest: ") for problem in problems)
    assert any(
        "One: Cannot query field 'rle' on type 'Viewer'. Did you mean 'role'?" in problem for problem in problems
    )
    assert sum("Two: " in problem for problem in problems) == 2
    assert any("a document without a name: Syntax Error" in problem for problem in problems)
    assert any("Deep: " in problem and "levels" in problem for problem in problems)
    assert not any("WhoAmI" in problem for problem in problems)


def test_the_command_line_names_them_too(path: Path, tmp_path: Path) -> None:
    path.write_text(json.dumps({"one": "query One { nothing }"}), encoding="utf-8")
    config = tmp_path / "hospitals.toml"
    config.write_text(
        f"""
        secret = "sentinel-of-thirty-two-characters-or-more"
        identity = {{ issuer = "i", audience = "a", hs256_secret = "sentinel-of-thirty-two-characters-or-more" }}
        documents.manifest = "{path}"
        systems.county = {{ vendor = "regional_wechat", base_url = "http://127.0.0.1:9" }}
        hospitals = [{{ id = "253", name = "县人民医院", system = "county" }}]
        """
    )

    for command in ("serve", "check"):
        result = CliRunner().invoke(main, [command, "--config", str(config)])

        assert result.exit_code == 2
        assert "documents.manifest: One: Cannot query field 'nothing'" in result.stderr


def test_where_there_is_a_manifest_only_its_documents_are_run(path: Path) -> None:
    listed = {"who": WHO}

    with running(create_app(with_manifest(path, listed))) as url:
        assert asked(url, documentId="who") == {"data": {"viewer": {"role": "ANONYMOUS"}}}
        [error] = asked(url, query=PLACES)["errors"]
        assert error["extensions"]["code"] == "PERSISTED_QUERY_REQUIRED"
    with running(create_app(with_manifest(path, listed, only_trusted=False))) as url:
        assert "data" in asked(url, query=PLACES)


def test_the_same_text_under_two_ids_is_fine(path: Path) -> None:
    assert library_of(with_manifest(path, {"a": WHO, "b": WHO}))
