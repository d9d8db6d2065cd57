"""The whole product over real sockets: sandbox hospitals, the server, and a client with a token."""

import atexit
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from app.application import create_app
from app.settings import Settings
from sandbox.app import create_app as create_sandbox
from sandbox.exchange import Sandbox
from sandbox.platform.routes import BINDINGS_TOKEN
from sandbox.regional.addresses import PATHS
from sandbox.serving import running
from sandbox.tokens import patient_token, staff_token
from sandbox.wechat.codes import openid_of
from sandbox.wechat.routes import APP_ID, APP_SECRET

HS256_SECRET = "a-shared-secret-of-the-test-suite-only"
INBOUND_SECRET = "what-the-palm-hospital-shows-in-this-test-suite"
_FOLDER = tempfile.TemporaryDirectory(prefix="audit-of-tests-")
atexit.register(_FOLDER.cleanup)
SIGNER = {"template": "{patient_id}|{his_order_no}|{business_no}|{total}|{key}", "key": "sandbox-sign-key"}


def _audit_file() -> Path:
    """A file of its own for every server; all are gone with the tests."""
    return Path(_FOLDER.name) / f"{secrets.token_hex(8)}.sqlite3"


def settings(
    sandbox_url: str, *, separate_imaging_list: bool = False, paths: Mapping[str, str] = PATHS, **changes: Any
) -> Settings:
    """The configuration of the town: two hospitals behind one regional HIS, one palm hospital."""
    return Settings.model_validate(
        {
            "secret": "a-secret-of-the-test-suite-only-32-bytes",
            "identity": {
                "issuer": "patient-graph-sandbox",
                "audience": "patient-graph",
                "hs256_secret": HS256_SECRET,
            },
            "wechat": {"base_url": f"{sandbox_url}/wechat", "app_id": APP_ID, "app_secret": APP_SECRET},
            "platform": {
                "base_url": f"{sandbox_url}/platform",
                "bindings_url": f"{sandbox_url}/platform/bindings",
                "bindings_token": BINDINGS_TOKEN,
            },
            # The town's people have identity numbers that cannot be anyone's.
            "verify_identity_numbers": False,
            # Tests ask faster than people do.
            "limits": {f"{who}_rate": "1000000/minute" for who in ("patient", "staff", "system", "address")},
            "systems": {
                "regional": {
                    "vendor": "regional_wechat",
                    "base_url": f"{sandbox_url}/regional",
                    "options": {
                        "join_seconds": 1.0,
                        "separate_imaging_list": separate_imaging_list,
                        "paths": dict(paths),
                    },
                },
                "palm": {
                    "vendor": "palm_hospital",
                    "base_url": f"{sandbox_url}/palm",
                    "options": {"signer": SIGNER, "self_service": {"machine_number": "M01"}},
                },
            },
            "hospitals": [
                {"id": "253", "name": "县人民医院", "system": "regional"},
                {"id": "254", "name": "县中医院", "system": "regional"},
                {"id": "501", "name": "掌上医院", "system": "palm", "inbound": {"secrets": [INBOUND_SECRET]}},
            ],
            "audit": {"path": str(_audit_file())},
            **changes,
        }
    )


@dataclass
class Answer:
    """What came back."""

    status: int
    body: dict[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Any:
        """The data of an answer without errors."""
        assert "errors" not in self.body, self.body["errors"]
        return self.body["data"]

    @property
    def codes(self) -> list[str]:
        """The codes of its errors."""
        return [error["extensions"]["code"] for error in self.body.get("errors", [])]


class World:
    """One town and one server in front of it."""

    def __init__(self, url: str, sandbox: Sandbox) -> None:
        self.url = url
        self.sandbox = sandbox
        self.client = httpx.Client(base_url=url, timeout=30, trust_env=False)

    def token(self, account: str = "account-1") -> str:
        return patient_token(self.sandbox.town, account, HS256_SECRET)

    def staff(self, hospitals: list[str] | None = None) -> str:
        return staff_token(HS256_SECRET, hospitals or ["253", "254", "501"])

    def login_code(self, account: str = "account-1", **options: Any) -> str:
        """A code as wx.login gives it."""
        return self.sandbox.login_codes.issue(openid_of(account), **options)

    def ask(self, query: str, variables: Mapping[str, Any] | None = None, token: str | None = "") -> Answer:
        """Send an operation; as account-1 unless another token, or None for nobody, is named."""
        chosen = self.token() if token == "" else token
        headers = {"Accept": "application/graphql-response+json"}
        if chosen is not None:
            headers["Authorization"] = f"Bearer {chosen}"
        response = self.client.post(
            "/graphql", json={"query": query, "variables": dict(variables or {})}, headers=headers
        )
        return Answer(response.status_code, response.json(), response.headers)


@contextmanager
def world(**changes: Any) -> Iterator[World]:
    """Start the town and the server."""
    sandbox = Sandbox()
    with (
        running(create_sandbox(sandbox)) as sandbox_url,
        running(create_app(settings(sandbox_url, **changes))) as url,
    ):
        made = World(url, sandbox)
        try:
            yield made
        finally:
            made.client.close()
