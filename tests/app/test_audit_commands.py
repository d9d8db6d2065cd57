"""`patient-graph audit`: what an auditor runs, beside a server or long after."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from app.audit.keys import Keys
from app.audit.sqlite_store import SqliteStore
from app.audit.writer import AuditWriter
from app.cli import main
from app.configuration import load
from app.stores.sealing import sealer_of
from tests.app.audit_rows import CARD, OTHER, event
from tests.app.test_audit_fhir import assert_is_audit_event
from tests.app.test_command_line import configuration

KEY = "k" * 40


def configured(folder: Path, more: str = "") -> Path:
    path = folder / "hospitals.toml"
    audit = f'[audit]\npath = "{folder}/audit.sqlite3"\n'
    path.write_text(more + configuration("http://127.0.0.1:9") + audit)
    return path


async def write(config: Path) -> str:
    """Write two events as a server of this configuration does; the head of their chain."""
    settings = load(config)
    store = SqliteStore(settings.audit.path)
    writer = AuditWriter(store, Keys.derive(settings.secret), sealer_of(settings.encryption_keys))
    await writer.start()
    writer.note(event(CARD, request_id="r-1"))
    writer.note(event(OTHER, request_id="r-2"))
    await writer.close()
    head = str(store.newest_head())
    store.close()
    return head


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["audit", *arguments])


async def test_an_unbroken_log_is_verified(tmp_path: Path) -> None:
    config = configured(tmp_path)
    head = await write(config)
    result = run("verify", "--config", str(config), "--head", head)

    assert result.exit_code == 0, result.output
    assert result.output.endswith(": 4 rows, unbroken\n")


async def test_a_head_that_is_gone_fails_the_check(tmp_path: Path) -> None:
    config = configured(tmp_path)
    chain = (await write(config)).partition(":")[0]
    result = run("verify", "--config", str(config), "--head", f"{chain}:9:{'00' * 32}")

    assert result.exit_code == 1
    assert "row 9, on record elsewhere, is missing" in result.output


async def test_a_log_of_another_secret_fails_the_check(tmp_path: Path) -> None:
    config = configured(tmp_path)
    await write(config)
    config.write_text(config.read_text().replace("sentinel", "another1"))
    result = run("verify", "--config", str(config))

    assert result.exit_code == 1
    assert "row 0 is not as it was written" in result.output


@pytest.mark.parametrize("more", ["", f'encryption_keys = ["{KEY}"]\n'], ids=["clear", "sealed"])
async def test_the_log_is_exported_as_fhir_one_resource_a_line(tmp_path: Path, more: str) -> None:
    config = configured(tmp_path, more)
    await write(config)
    result = run("export", "--config", str(config))
    resources = [json.loads(line) for line in result.output.splitlines()]

    assert result.exit_code == 0
    for resource in resources:
        assert_is_audit_event(resource)
    assert [resource["entity"][-1]["what"]["identifier"]["value"] for resource in resources] == ["r-1", "r-2"]


@pytest.mark.parametrize(
    ("days", "count"),
    [
        (["--since", "2026-03-04"], 2),
        (["--since", "2026-03-05"], 0),
        (["--until", "2026-03-04"], 2),
        (["--until", "2026-03-03"], 0),
    ],
)
async def test_some_days_are_exported_alone(tmp_path: Path, days: list[str], count: int) -> None:
    config = configured(tmp_path)
    await write(config)

    assert len(run("export", "--config", str(config), *days).output.splitlines()) == count


async def test_rows_that_the_keys_do_not_open_are_not_left_out_in_silence(tmp_path: Path) -> None:
    config = configured(tmp_path, f'encryption_keys = ["{KEY}"]\n')
    await write(config)
    config.write_text(config.read_text().replace(KEY, "j" * 40))
    result = run("export", "--config", str(config))

    assert result.exit_code == 1
    assert "cannot be read with the configured keys" in result.stderr


@pytest.mark.parametrize("command", ["verify", "export"])
def test_a_mistaken_path_is_no_empty_log(tmp_path: Path, command: str) -> None:
    result = run(command, "--config", str(configured(tmp_path)))

    assert result.exit_code == 1
    assert "there is no such file" in result.stderr
    assert not (tmp_path / "audit.sqlite3").exists()


def test_a_head_is_read_strictly(tmp_path: Path) -> None:
    assert run("verify", "--config", str(configured(tmp_path)), "--head", "x").exit_code == 2
