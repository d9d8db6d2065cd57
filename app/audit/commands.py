"""`patient-graph audit`: checks the audit log, and writes it out."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import orjson
import typer

from app.audit import tools
from app.audit.reading import Unreadable
from app.audit.rows import Head, head_of
from app.audit.store import StoreUnavailable
from app.settings import Settings

Config = Annotated[Path, typer.Option("--config", help="The configuration file.", exists=True, dir_okay=False)]
_DAY = ["%Y-%m-%d"]


def commands(settings_of: Callable[[Path], Settings]) -> typer.Typer:
    """Make the commands; `settings_of` reads a configuration, or ends the process with what is wrong with it."""
    group = typer.Typer(name="audit", help="Check the audit log, and write it out.", no_args_is_help=True)

    @group.command()
    def verify(
        config: Config,
        head: Annotated[
            list[str] | None, typer.Option(help="A head that a log line `audit_head` named; must be on record still.")
        ] = None,
    ) -> None:
        """Go along all chains of the audit log, and name the first row of each that is not as it was written."""
        heads = [_head(text) for text in head or ()]
        with _told():
            verdicts = list(tools.verify(settings_of(config), heads))
        for verdict in verdicts:
            typer.echo(f"{verdict.chain}: {verdict.rows} rows, {verdict.problem or 'unbroken'}")
        if any(verdict.problem for verdict in verdicts):
            raise typer.Exit(1)

    @group.command()
    def export(
        config: Config,
        since: Annotated[dt.datetime | None, typer.Option(formats=_DAY, help="First day (UTC).")] = None,
        until: Annotated[dt.datetime | None, typer.Option(formats=_DAY, help="Last day (UTC).")] = None,
    ) -> None:
        """Write the audit log to stdout as FHIR R4 AuditEvent resources, one a line."""
        settings = settings_of(config)
        with _told():
            for resource in tools.exported(settings, since and since.date(), until and until.date()):
                typer.echo(orjson.dumps(resource))

    return group


def _head(text: str) -> Head:
    try:
        return head_of(text)
    except ValueError:
        raise typer.BadParameter("a head is chain:number:hash") from None


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except StoreUnavailable as error:
        typer.echo(f"The audit log cannot be read: {error}", err=True)
        raise typer.Exit(1) from None
    except Unreadable as error:
        typer.echo(f"Row {error} cannot be read with the configured keys", err=True)
        raise typer.Exit(1) from None
