"""Runs the application on uvicorn."""

import uvicorn
from starlette.types import ASGIApp

_GRACE_SECONDS = 10


def server_of(app: ASGIApp, host: str = "127.0.0.1", port: int = 8000) -> uvicorn.Server:
    """Make the server: no access log (the endpoint writes its own line), no headers about itself."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="on",
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
    )
