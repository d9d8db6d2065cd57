"""The GraphiQL page as routes: static files and their settings, under a strict content security policy."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.graphiql.build import STATIC
from app.security_headers import ALWAYS

NOT_BUILT = "The GraphiQL page is not built: run `python -m app.graphiql.build` and load this page again."

# Nothing from outside and no inline script. Monaco and GraphiQL set inline styles.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# None of what a page could ask the visitor for.
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()"
_SECURITY: Mapping[str, str] = MappingProxyType(
    {
        **ALWAYS,
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "cross-origin-embedder-policy": "require-corp",
        "permissions-policy": PERMISSIONS_POLICY,
    }
)
_NEVER_KEPT = "no-store"
_KEPT_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class ExampleTab:
    """A tab that is open when the page loads. GraphiQL labels it by its operation's name."""

    query: str
    title: str | None = None
    """Shown as a comment above the query."""
    variables: str | None = None
    """JSON, as typed into the variables editor."""
    headers: str | None = None
    """JSON, as typed into the headers editor."""


@dataclass(frozen=True)
class GraphiQLConfig:
    """What the page asks the server for when it starts."""

    endpoint: str = "/graphql"
    title: str = "GraphiQL"
    tabs: tuple[ExampleTab, ...] = ()


def routes(config: GraphiQLConfig, *, static: Path = STATIC) -> list[BaseRoute]:
    """Serve the page at ``/graphiql/``."""
    settings = asdict(config)

    async def send_config(_: Request) -> Response:
        return _secured(JSONResponse(settings), _NEVER_KEPT)

    return [
        Route("/graphiql", _redirect),
        Route("/graphiql/config.json", send_config),
        Mount("/graphiql", app=_PageFiles(static)),
    ]


async def _redirect(_: Request) -> Response:
    # Relative, so that neither the Host header nor a proxy's path prefix matters.
    return _secured(RedirectResponse("graphiql/"), _NEVER_KEPT)


def _secured(response: Response, cache: str) -> Response:
    response.headers.update({**_SECURITY, "Cache-Control": cache})
    return response


class _PageFiles(StaticFiles):
    """The built files with the page's headers, or a sentence when they are not built."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory, html=True, check_dir=False)
        # A missing folder is answered with a sentence rather than raised.
        self.config_checked = True

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as refusal:
            return _secured(_refused(path, refusal), _NEVER_KEPT)
        # Vite names what it puts into assets/ by content.
        hashed = Path(path).parts[:1] == ("assets",)
        return _secured(response, _KEPT_FOR_EVER if hashed else _NEVER_KEPT)


def _refused(path: str, refusal: HTTPException) -> Response:
    if path == "." and refusal.status_code == HTTPStatus.NOT_FOUND:
        return PlainTextResponse(NOT_BUILT, HTTPStatus.SERVICE_UNAVAILABLE)
    return PlainTextResponse(refusal.detail, refusal.status_code)
