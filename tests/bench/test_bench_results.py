from dataclasses import replace
from pathlib import Path

import pytest
from figures import FACTS, MEMORY, measured, server

from bench import results

KEYS = (
    "cpu_vs_mercurius",
    "cpu_vs_apollo",
    "cpu_vs_bare",
    "p50_over_critical_path_ms",
    "p99_vs_mercurius",
    "warm_cpu_us",
    "memory_growth",
    "tailcall_vs_apollo",
    "fanout_growth",
)


def test_every_figure_is_made_of_what_was_measured() -> None:
    content = results.results(measured(), FACTS)
    assert {key: content[key] for key in KEYS} == {
        "cpu_vs_mercurius": 0.5,
        "cpu_vs_apollo": 0.5,
        "cpu_vs_bare": 0.5,
        "p50_over_critical_path_ms": 6.0,
        "p99_vs_mercurius": 1.0,
        "warm_cpu_us": 2000,
        "memory_growth": 1.02,
        "tailcall_vs_apollo": 20.0,
        "fanout_growth": 6.0,
    }


def test_a_ratio_is_the_median_of_the_rounds_ratios() -> None:
    figures = {"ours": server(10, 30, 20), "other": server(10, 10, 10)}
    assert results.ratio(figures, "ours", "other") == 2.0


def test_rounds_that_are_missing_are_no_ratio() -> None:
    with pytest.raises(ValueError, match="shorter"):
        results.ratio({"ours": server(10, 30), "other": server(10)}, "ours", "other")


def test_a_server_that_is_too_slow_is_compared_at_the_lower_rate_and_a_note_says_so() -> None:
    content = results.results(measured(mercurius=server(9000, 9000, 9000, fast=False)), FACTS)
    assert content["p99_vs_mercurius"] == 1.0
    assert "at 10 operations/s" in content["notes"]["p99_vs_mercurius"]


def test_latency_that_could_not_be_measured_is_null_and_a_note_says_why() -> None:
    slow = replace(server(900_000, 900_000, 900_000), p50={}, p99={})
    content = results.results(measured(ours=slow), FACTS)
    assert content["p50_over_critical_path_ms"] is None
    assert "did not reach 10" in content["notes"]["p50_over_critical_path_ms"]


def test_a_load_without_time_left_is_admitted() -> None:
    run = measured()
    busy = replace(run, posts={**run.posts, "ours": server(100, 100, 100, idle=0.01)})
    assert "measured too" in results.results(busy, FACTS)["notes"]["tailcall_vs_apollo"]
    assert "measured too" not in results.results(run, FACTS)["notes"]["tailcall_vs_apollo"]


def test_a_million_that_was_not_reached_is_told() -> None:
    short = replace(measured(), memory=replace(MEMORY, late_operations=600_000))
    assert "600,000" in results.results(short, FACTS)["notes"]["memory_growth"]


def test_a_newer_memory_figure_replaces_only_that() -> None:
    before = results.results(measured(), FACTS)
    after = results.with_memory(before, replace(MEMORY, late_bytes=110_000_000))
    assert after["memory_growth"] == 1.1
    assert {key for key in before if before[key] != after[key]} == {"memory_growth", "memory", "notes"}


def test_what_was_written_is_what_was_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "RESULTS", tmp_path / "results.json")
    assert results.committed() is None
    content = results.results(measured(), FACTS)
    results.write(content)
    assert results.committed() == content
