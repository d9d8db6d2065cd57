"""Figures for Prometheus. Labels are names of ours, never anything of a patient, a client or a hospital's answer."""

from prometheus_client import CONTENT_TYPE_LATEST, Counter, disable_created_metrics, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

# When a counter was made is of use to nobody here, and would double every figure.
disable_created_metrics()  # type: ignore[no-untyped-call]  # the library leaves it unannotated
_OPERATIONS = Counter(
    "patient_graph_operations",
    "Operations that were run: compiled, or by graphql-core because they are not compiled.",
    ["execution"],
)
COMPILED = _OPERATIONS.labels("compiled")
NOT_COMPILED = _OPERATIONS.labels("graphql_core")


async def metrics(_request: Request) -> Response:
    """Answer with all figures of this process."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


ROUTES: list[BaseRoute] = [Route("/metrics", metrics)]
