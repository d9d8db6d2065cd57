"""Figures for Prometheus. Labels are names of ours, never anything of a patient, a client or a hospital's answer."""

from prometheus_client import CONTENT_TYPE_LATEST, Counter, disable_created_metrics, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from connectors.records.drift import DriftKind

# When a counter was made is of use to nobody here, and would double every figure.
disable_created_metrics()  # type: ignore[no-untyped-call]  # the library leaves it unannotated
_OPERATIONS = Counter(
    "patient_graph_operations",
    "Operations: compiled, run by graphql-core, answered by what was kept, or joined to the same one under way.",
    ["execution"],
)
COMPILED = _OPERATIONS.labels("compiled")
NOT_COMPILED = _OPERATIONS.labels("graphql_core")
KEPT = _OPERATIONS.labels("kept")
JOINED = _OPERATIONS.labels("joined")

SEALED = Counter(
    "patient_graph_sealed",
    "Values that were sealed under the newest encryption key; a key is good for four billion, over all processes.",
)
UNSEALABLE = Counter(
    "patient_graph_unsealable",
    "Kept values that did not open: a key is missing, or they were changed where they are kept.",
    ["store", "flaw"],
)

INBOUND = Counter(
    "patient_graph_inbound",
    "Calls of hospitals' systems, by interface and by what came of them.",
    ["interface", "outcome"],
)

_DRIFT = Counter(
    "patient_graph_drift",
    "Fields of hospitals' answers that are not as documented: unknown or missing, in the answers that are looked at.",
    ["system", "interface", "kind"],
)


def drifted(system: str, interface: str, kind: DriftKind) -> None:
    """Count a field that is not as documented."""
    _DRIFT.labels(system, interface, kind.value.lower()).inc()


async def metrics(_request: Request) -> Response:
    """Answer with all figures of this process."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


ROUTES: list[BaseRoute] = [Route("/metrics", metrics)]
