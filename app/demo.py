"""`patient-graph demo`: sandbox hospitals in a process of their own, and the API in front of them."""

import json
import secrets
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from app import logs
from app.application import create_app
from app.configuration import parse
from app.demo_inbound import how_to_send, inbound_settings, new_secret
from app.demo_login import drawn_code, how_to_draw, login_settings
from app.demo_queries import BOOKING, HOME_SCREEN, LOGIN, STAFF
from app.graphiql.page import ExampleTab, GraphiQLConfig
from app.serving import server_of
from app.settings import Settings
from sandbox.palm.signing import SIGN_KEY
from sandbox.regional.addresses import PATHS
from sandbox.tokens import AUDIENCE, ISSUER, RECEPTION_SCOPE, patient_token, staff_token, system_token
from sandbox.town.generator import build_town
from sandbox.town.model import Town

_SEED = 20
_HOSPITALS = ("253", "254", "501")
_SIGN_TEMPLATE = "{patient_id}|{his_order_no}|{business_no}|{total}|{key}"
_START_SECONDS = 20
_STOP_SECONDS = 5


class DemoError(Exception):
    """The demonstration cannot start; the message says why."""


def run(port: int) -> None:
    """Start everything, print how to use it, and stop everything on Ctrl-C."""
    # The same end for both signals: SIGTERM by itself would leave the sandbox running.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    logs.configure()
    try:
        _serve(port)
    except KeyboardInterrupt:
        # uvicorn has shut down and raises the signal again; for the demo this is the normal end.
        return


def _serve(port: int) -> None:
    town = build_town(_SEED)
    signing_secret, inbound_secret = secrets.token_urlsafe(32), new_secret()
    with _socket(port) as listening, _sandbox() as sandbox_url, tempfile.TemporaryDirectory() as folder:
        settings = _settings(sandbox_url, signing_secret, inbound_secret, town, Path(folder))
        tokens = {
            "patient": patient_token(town, "account-1", signing_secret),
            "second patient": patient_token(town, "account-2", signing_secret),
            "staff": staff_token(signing_secret, _HOSPITALS),
            "reception": staff_token(
                signing_secret, _HOSPITALS[:1], subject="staff-2", scope=RECEPTION_SCOPE, purpose="HOPERAT"
            ),
            "hospital's own system": system_token(signing_secret, _HOSPITALS[:1]),
        }
        code = drawn_code(sandbox_url)
        app = create_app(settings, _graphiql(town, tokens, code))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        _explain(url, sandbox_url, tokens, code, how_to_send(url, inbound_secret, town))
        server_of(app).run(sockets=[listening])


@contextmanager
def _sandbox() -> Iterator[str]:
    """Run the sandbox until the end; its first line is its address."""
    process = subprocess.Popen(  # noqa: S603 # our own module
        [sys.executable, "-m", "sandbox", "--port", "0", "--seed", str(_SEED)],
        stdout=subprocess.PIPE,
        text=True,
        # A group of its own: Ctrl-C reaches us alone, and we end it after the API.
        start_new_session=True,
    )
    try:
        yield _address(process)
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def _address(process: "subprocess.Popen[str]") -> str:
    output = process.stdout
    if output is None or not select.select([output], [], [], _START_SECONDS)[0]:
        raise DemoError("The sandbox did not start in time")
    address = next((word for word in output.readline().split() if word.startswith("http://")), None)
    if address is None:
        raise DemoError("The sandbox did not start")
    return address.rstrip("/")


@contextmanager
def _socket(port: int) -> Iterator[socket.socket]:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
        except OSError:
            raise DemoError(f"Port {port} is in use; choose another with --port") from None
        yield listening
    finally:
        listening.close()


def _settings(sandbox_url: str, signing_secret: str, inbound_secret: str, town: Town, folder: Path) -> Settings:
    return parse(
        {
            "secret": secrets.token_urlsafe(32),
            "identity": {"issuer": ISSUER, "audience": AUDIENCE, "hs256_secret": signing_secret},
            "server": {"introspection": "everybody"},
            "documents": {"automatic": True},
            # The town's people have identity numbers that cannot be anyone's.
            "verify_identity_numbers": False,
            **login_settings(sandbox_url),
            "audit": {"path": str(folder / "audit.sqlite3")},
            "systems": {
                "regional": {
                    "vendor": "regional_wechat",
                    "base_url": f"{sandbox_url}/regional",
                    "options": {"paths": PATHS},
                },
                "palm": {
                    "vendor": "palm_hospital",
                    "base_url": f"{sandbox_url}/palm",
                    "options": {
                        "signer": {"template": _SIGN_TEMPLATE, "key": SIGN_KEY},
                        "self_service": {"machine_number": "M01"},
                    },
                },
            },
            "hospitals": [
                {
                    "id": key,
                    "name": town.hospitals[key].name,
                    "system": "palm" if key == "501" else "regional",
                    **inbound_settings(key, inbound_secret),
                }
                for key in _HOSPITALS
            ],
        }
    )


def _graphiql(town: Town, tokens: dict[str, str], code: str) -> GraphiQLConfig:
    card = next(card for card in town.hospitals["253"].cards if card.person_id == "p01")
    return GraphiQLConfig(
        title="patient-graph sandbox",
        tabs=(
            ExampleTab(HOME_SCREEN, headers=_header(tokens["patient"])),
            ExampleTab(
                BOOKING,
                variables=json.dumps({"day": town.today.isoformat()}, indent=2),
                headers=_header(tokens["patient"]),
            ),
            ExampleTab(STAFF, variables=json.dumps({"card": card.number}, indent=2), headers=_header(tokens["staff"])),
            ExampleTab(LOGIN, variables=json.dumps({"input": {"code": code}}, indent=2)),
        ),
    )


def _header(token: str) -> str:
    return json.dumps({"Authorization": f"Bearer {token}"}, indent=2)


def _explain(url: str, sandbox_url: str, tokens: dict[str, str], code: str, message: str) -> None:
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"[bold]GraphiQL[/bold]   {url}/graphiql/   (example tabs with tokens)")
    console.print(f"[bold]API[/bold]        {url}/graphql")
    console.print(
        f"[bold]Sandbox[/bold]    {sandbox_url}   (hospitals 253, 254 and 501; /_sandbox/faults, /_sandbox/calls)"
    )
    for name, token in tokens.items():
        console.print(f"\n[bold]Token of the {name}[/bold]\n{token}", markup=True)
    body = json.dumps({"query": "{ viewer { patients { name cards { balance hospital { name } } } } }"})
    console.print("\n[bold]Try[/bold]")
    console.print(
        f"curl -s {url}/graphql -H 'Content-Type: application/json' "
        f"-H 'Authorization: Bearer {tokens['patient']}' -d '{body}'",
        markup=False,
    )
    console.print("\n[bold]Log in[/bold] (without a token; a code works once)")
    body = json.dumps({"query": LOGIN, "variables": {"input": {"code": code}}})
    console.print(f"curl -s {url}/graphql -H 'Content-Type: application/json' -d '{body}'", markup=False)
    console.print(f"another code: {how_to_draw(sandbox_url)}", markup=False)
    console.print("\n[bold]Send a message as the hospital 501[/bold] (the patient finds it in `messages` of the card)")
    console.print(message, markup=False)
    console.print("\nCtrl-C stops all of it.")
