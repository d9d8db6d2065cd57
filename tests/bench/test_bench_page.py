from dataclasses import replace
from pathlib import Path
from xml.dom import minidom

import pytest
from figures import FACTS, measured, server

from bench import page
from bench.plot import plot
from bench.results import results
from bench.servers import HOME_SCREEN_SERVERS, POSTS_SERVERS

CONTENT = results(measured(), FACTS)


def drawn(text: str) -> minidom.Document:
    return minidom.parseString(text)  # noqa: S318 # our own text


def labels(text: str) -> list[str]:
    return [node.firstChild.data for node in drawn(text).getElementsByTagName("text") if node.firstChild]


def test_every_target_stands_beside_its_figure() -> None:
    lines = page.text(CONTENT).splitlines()
    assert "| CPU per operation / mercurius | 0.5 | <= 1.0 | <= 0.6 |  |" in lines
    assert any(
        line.startswith("| posts with users: requests per second / Apollo Server | 20.0 | >= 10 |") for line in lines
    )
    assert any("100.0 MB resident after 10,000 operations, 102.0 MB after 1,000,000" in line for line in lines)


def test_every_server_has_its_row_and_what_it_lacks() -> None:
    text = page.text(CONTENT)
    for server_ in (*HOME_SCREEN_SERVERS, *POSTS_SERVERS):
        assert f"| {server_.title} | " in text
    for server_ in HOME_SCREEN_SERVERS:
        assert not server_.lacks or f"- {server_.title}: {server_.lacks}." in text
    assert "- Hive Gateway: " in text


def test_a_rate_that_was_not_reached_is_a_dash() -> None:
    slow = results(measured(mercurius=server(9000, 9000, 9000, fast=False)), FACTS)
    (row,) = [line for line in page.text(slow).splitlines() if line.startswith("| mercurius") and "66.0" in line]
    assert row.endswith("| 66.0 / 72.0 | - |")


def test_what_could_not_be_measured_is_a_dash() -> None:
    unknown = results(measured(ours=replace(server(9e5, 9e5, 9e5), p50={}, p99={})), FACTS)
    assert "| p99 / mercurius | - |" in page.text(unknown)


def test_the_plot_is_well_formed_and_has_a_bar_for_each_server() -> None:
    picture = plot(CONTENT["servers"])
    assert len(drawn(picture).getElementsByTagName("rect")) == len(HOME_SCREEN_SERVERS)
    assert {one.key for one in HOME_SCREEN_SERVERS} <= set(labels(picture))


def test_the_plot_shows_percentiles_at_each_rate() -> None:
    shown = labels(plot(CONTENT["servers"]))
    assert [text for text in shown if text.startswith("Latency at")] == [
        "Latency at 10 operations per second, milliseconds: from p50 to p99",
        "Latency at 100 operations per second, milliseconds: from p50 to p99",
    ]
    assert shown.count("66 / 72") == 2 * len(HOME_SCREEN_SERVERS)


def test_a_plot_without_latencies_has_bars_alone() -> None:
    picture = plot(results(measured(), FACTS)["posts"] | {"ours": {"cpu_us": 0, "p50_ms": {}, "p99_ms": {}}})
    assert len(drawn(picture).getElementsByTagName("rect")) == len(POSTS_SERVERS)


def test_a_plot_is_readable_on_dark_pages() -> None:
    assert "prefers-color-scheme: dark" in plot(CONTENT["servers"])


def test_the_page_shows_the_plot_that_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "PAGE", tmp_path / "docs" / "performance.md")
    monkeypatch.setattr(page, "PLOT", tmp_path / "docs" / "performance.svg")
    page.write(CONTENT)
    assert "](performance.svg)" in (tmp_path / "docs" / "performance.md").read_text()
    assert drawn((tmp_path / "docs" / "performance.svg").read_text()).documentElement.tagName == "svg"
