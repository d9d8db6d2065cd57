"""The command line: serving and looking after a server."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import structlog
import typer
from rich.console import Console
from rich.table import Table

from app import logs, revoking
from app.application import create_app
from app.audit.commands import commands as audit_commands
from app.configuration import ConfigurationError, cautions, load
from app.documents import library_of
from app.keys import Purpose, derive
from app.revocation.revocations import RevocationsUnavailable
from app.serving import server_of
from app.settings import Settings, system_configs
from connectors.core.cache import NoCache
from connectors.core.config import Machinery
from connectors.core.http import LeanTransport
from connectors.core.kinds import keyed_digest
from connectors.errors import ConnectorError
from connectors.registry import Registry
from schema.build import sdl

_log = structlog.get_logger(__name__)

_BAD_CONFIGURATION = 2

main = typer.Typer(
    name="patient-graph",
    help="One GraphQL API over the patient services of a region's hospitals.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)

Config = Annotated[Path, typer.Option("--config", help="The configuration file.", exists=True, dir_okay=False)]


@main.command()
def serve(
    config: Config,
    host: Annotated[str | None, typer.Option(help="Address to listen on, instead of the configured one.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on, instead of the configured one.")] = None,
) -> None:
    """Start the server; refuses a bad configuration and names every problem."""
    with _refusals_of(config):
        settings = load(config)
        app = create_app(settings)
    logs.configure()
    for caution in cautions(settings):
        _log.warning("caution", about=caution)
    server_of(app, host or settings.server.host, settings.server.port if port is None else port).run()


@main.command()
def schema() -> None:
    """Print the schema."""
    typer.echo(sdl(), nl=False)


@main.command()
def check(config: Config) -> None:
    """Check the configuration and the trusted documents, call every hospital once and print what answered."""
    with _refusals_of(config):
        settings = load(config)
        library_of(settings)
    logs.silence_libraries()
    for caution in cautions(settings):
        typer.echo(f"caution: {caution}", err=True)
    results = asyncio.run(_probe_all(settings))
    table = Table("hospital", "name", "system", "vendor", "answers", "ms", "code")
    for row in results:
        table.add_row(*row)
    Console().print(table)
    if any(row[4] != "yes" for row in results):
        raise typer.Exit(1)


@main.command()
def revoke(
    config: Config,
    subject: Annotated[str | None, typer.Option(help="End every token that this subject (sub) has now.")] = None,
    token_id: Annotated[str | None, typer.Option(help="End the token of this id (jti).")] = None,
) -> None:
    """End tokens before they expire, in every running server of this configuration."""
    if subject is None and token_id is None:
        raise typer.BadParameter("name a --subject or a --token-id")
    with _refusals_of(config):
        settings = load(config)
    try:
        asyncio.run(revoking.revoke(settings, subject=subject, token_id=token_id))
    except revoking.NothingShared:
        typer.echo("Neither redis_url nor identity.revocation_file is set: no server would hear of it", err=True)
        raise typer.Exit(_BAD_CONFIGURATION) from None
    except RevocationsUnavailable:
        typer.echo("Not revoked: the revocations cannot be written now", err=True)
        raise typer.Exit(1) from None
    typer.echo("Revoked")


@main.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the API; 0 picks a free one.")] = 8000,
) -> None:
    """Start three sandbox hospitals and the API in front of them; Ctrl-C stops all."""
    # Imported here: the sandbox is no part of a production start.
    from app.demo import DemoError, run  # noqa: PLC0415

    try:
        run(port)
    except DemoError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def _settings(config: Path) -> Settings:
    with _refusals_of(config):
        return load(config)


main.add_typer(audit_commands(_settings))


@contextmanager
def _refusals_of(config: Path) -> Iterator[None]:
    try:
        yield
    except ConfigurationError as error:
        console = Console(stderr=True)
        console.print(f"{config.name} cannot be used:", style="bold red")
        for problem in error.problems:
            console.print(f"  - {problem}", highlight=False, markup=False)
        raise typer.Exit(_BAD_CONFIGURATION) from None


async def _probe_all(settings: Settings) -> list[list[str]]:
    digest = keyed_digest(derive(settings.secret, Purpose.CACHE))
    configs = system_configs(settings)
    registry = Registry.connect(configs, Machinery(cache=NoCache(), digest=digest, transport=LeanTransport))
    vendors = {hospital: config.vendor for config in configs for hospital in config.hospitals}
    systems = {hospital: config.name for config in configs for hospital in config.hospitals}
    try:
        outcomes = await asyncio.gather(*(_probe(registry, hospital.id) for hospital in registry.hospitals))
    finally:
        await registry.close()
    return [
        [hospital.id, hospital.name, systems[hospital.id], vendors[hospital.id], *outcome]
        for hospital, outcome in zip(registry.hospitals, outcomes, strict=True)
    ]


async def _probe(registry: Registry, hospital_id: str) -> list[str]:
    connection = registry.find(hospital_id)
    assert connection is not None  # noqa: S101 # the registry itself named the hospital
    started = time.perf_counter()
    try:
        await connection.system.probe(hospital_id)
    except ConnectorError as error:
        return ["no", _milliseconds(started), error.code.value]
    return ["yes", _milliseconds(started), ""]


def _milliseconds(started: float) -> str:
    return str(round((time.perf_counter() - started) * 1000))
