"""What operators look at."""

from sandbox.faults import Fault
from tests.end_to_end.world import World


def test_the_process_answers(shared: World) -> None:
    assert shared.client.get("/healthz").json() == {"status": "ok"}


def test_readiness_tells_what_was_seen_of_each_hospital(fresh: World) -> None:
    before = fresh.client.get("/readyz")
    fresh.ask('{ hospital(id: "253") { departments { name } } }', token=None)
    after = fresh.client.get("/readyz").json()["hospitals"]

    assert before.status_code == 200
    assert after["253"]["state"] == "answers"
    assert after["501"]["state"] == "not asked yet"


def test_readiness_fails_when_no_hospital_answers(fresh: World) -> None:
    fresh.sandbox.faults.inject("*", "*", Fault(kind="error"))
    fresh.ask("{ hospitals { departments { name } } }", token=None)

    assert fresh.client.get("/readyz").status_code == 503


def test_the_metrics_tell_compiled_operations_from_others(fresh: World) -> None:
    def counted(execution: str) -> float:
        lines = fresh.client.get("/metrics").text.splitlines()
        named = f'patient_graph_operations_total{{execution="{execution}"}} '
        return next(float(line.removeprefix(named)) for line in lines if line.startswith(named))

    before = counted("compiled"), counted("graphql_core")
    fresh.ask("{ hospitals { code } }", token=None)
    fresh.ask("{ __schema { queryType { name } } }", token=fresh.staff())
    assert (counted("compiled"), counted("graphql_core")) == (before[0] + 1, before[1] + 1)
