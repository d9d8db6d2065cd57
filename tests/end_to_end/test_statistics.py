"""Figures of hospitals, for those who work there."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sandbox.faults import Fault
from sandbox.tokens import RECEPTION_SCOPE, staff_token
from tests.end_to_end.world import HS256_SECRET, World

FIGURES = """outpatientAmount outpatientTransactions inpatientAmount inpatientTransactions healthCardVisits visits
    appointments hospital { code name }"""
ONE = f"""query($since: DateTime!, $until: DateTime!) {{ hospital(id: "253") {{
    statistics(since: $since, until: $until) {{ {FIGURES} }} }} }}"""
ALL = f"""query($since: DateTime!, $until: DateTime!) {{ hospitalStatistics(since: $since, until: $until) {{
    nodes {{ {FIGURES} }} failures {{ code hospital {{ code }} }} }} }}"""


def year(world: World) -> dict[str, str]:
    today = world.sandbox.town.today
    return {
        "since": f"{today - dt.timedelta(days=360)}T00:00:00+08:00",
        "until": f"{today + dt.timedelta(days=1)}T00:00:00+08:00",
    }


def ask(world: World, query: str, token: str | None = None) -> Any:
    return world.ask(query, year(world), world.staff(["253", "254"]) if token is None else token)


def read_statistics(world: World) -> None:
    """Reach all interfaces of this file."""
    assert ask(world, ONE).data["hospital"]["statistics"]
    assert ask(world, ALL).data["hospitalStatistics"]["nodes"]


def test_a_hospitals_figures_are_those_of_its_bills_and_visits(shared: World) -> None:
    figures = ask(shared, ONE).data["hospital"]["statistics"]
    hospital = shared.sandbox.town.hospitals["253"]

    assert Decimal(figures["outpatientAmount"]) == sum(bill.paid for bill in hospital.bills)
    assert figures["outpatientTransactions"] == len(hospital.bills)
    assert figures["inpatientTransactions"] == sum(stay.discharged_at is not None for stay in hospital.admissions)
    assert figures["visits"] == len({visit.card_number for visit in hospital.visits})
    assert figures["appointments"] is None
    assert figures["hospital"]["code"] == "253"


def test_all_hospitals_that_one_works_at_are_told_of_in_one_call(shared: World) -> None:
    shared.sandbox.counters.clear()

    answer = ask(shared, ALL).data["hospitalStatistics"]

    assert [row["hospital"]["code"] for row in answer["nodes"]] == ["253", "254"]
    assert answer["failures"] == []
    assert all(row["appointments"] is not None and row["visits"] is None for row in answer["nodes"])
    assert shared.sandbox.counters.snapshot() == {"253,254 hospital.interface.hospitalStatistics": 1}


def test_a_hospital_that_one_does_not_work_at_is_left_out(shared: World) -> None:
    nodes = ask(shared, ALL, shared.staff(["254", "501"])).data["hospitalStatistics"]["nodes"]

    assert [row["hospital"]["code"] for row in nodes] == ["254"]


def test_a_system_that_does_not_answer_is_named(fresh: World) -> None:
    fresh.sandbox.faults.inject("*", "hospital.interface.hospitalStatistics", Fault(kind="error"))

    answer = ask(fresh, ALL).data["hospitalStatistics"]

    assert answer["nodes"] == []
    assert [(row["code"], row["hospital"]["code"]) for row in answer["failures"]] == [
        ("UPSTREAM_UNAVAILABLE", "253"),
        ("UPSTREAM_UNAVAILABLE", "254"),
    ]


def test_figures_are_for_those_who_work_there(shared: World) -> None:
    reception = staff_token(HS256_SECRET, ["253"], scope=RECEPTION_SCOPE)
    shared.sandbox.counters.clear()

    for token in (shared.token(), reception):
        assert ask(shared, ONE, token).codes == ["FORBIDDEN"]
        assert ask(shared, ALL, token).codes == ["FORBIDDEN"]
    assert ask(shared, ONE, shared.staff(["254"])).codes == ["FORBIDDEN"]
    assert shared.ask(ALL, year(shared), None).codes == ["UNAUTHENTICATED"]
    assert shared.sandbox.counters.total() == 0


def test_a_time_that_is_none_is_refused(shared: World) -> None:
    backwards = {"since": year(shared)["until"], "until": year(shared)["since"]}

    assert shared.ask(ALL, backwards, shared.staff()).codes == ["BAD_INPUT"]
    assert shared.ask(ONE, backwards, shared.staff()).codes == ["BAD_INPUT"]
