"""What putting a home screen on record costs, in calls of Python functions: they do not depend on the machine."""

import sys
from collections.abc import Callable
from types import FrameType, SimpleNamespace
from typing import Any

import pytest
from graphql import parse

from app.audit.recording import Recorder
from app.audit.selected import Selections
from app.audit.writer import AuditWriter
from app.endpoint.documents import Document
from app.stores.sealing import NoSealer
from connectors.core.origins import Origins
from connectors.records.base import CardRef
from resolvers.access_control.access import Access, Sight
from resolvers.access_control.audit import AuditEvent
from resolvers.access_control.principal import BoundPerson, Principal, Relation, Role
from resolvers.access_control.scopes import PATIENT_SCOPES, Resource
from schema.build import core_schema
from tests.app.audit_rows import KEYS
from tests.end_to_end.test_home_screen import HOME_SCREEN

CARDS = (CardRef("253", "6001"), CardRef("254", "6001"), CardRef("501", "PC01", "PID01"))
ME = BoundPerson(id="p01", relation=Relation.SELF, cards=CARDS)
PATIENT = Principal(role=Role.PATIENT, subject="account-1", people={"p01": ME}, scopes=PATIENT_SCOPES)


def calls_of(work: Callable[[], object]) -> int:
    """Count the Python functions that are called."""
    count = 0

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.fixture
def context() -> Any:
    access = Access(PATIENT)
    access.seen = {Sight(resource, card) for resource in Resource for card in CARDS}
    return SimpleNamespace(access=access, deeds=[], principal=PATIENT, request_id="0" * 32, origins=Origins())


def writer() -> AuditWriter:
    store: Any = SimpleNamespace()
    return AuditWriter(store, KEYS, NoSealer())


async def test_a_home_screen_is_noted_in_few_steps(context: Any) -> None:
    recorder = Recorder(writer(), Selections(core_schema))
    document = Document(HOME_SCREEN, parse(HOME_SCREEN))
    operation = document.operation(None)
    recorder.note(context, document, operation)

    # Of the 2,700 that the home screen itself takes.
    assert calls_of(lambda: recorder.note(context, document, operation)) < 120


def test_a_request_without_patient_data_is_noted_in_next_to_none(context: Any) -> None:
    recorder = Recorder(writer(), Selections(core_schema))
    context.access.seen = set()
    document = Document("{ viewer { role } }", parse("{ viewer { role } }"))
    operation = document.operation(None)

    assert calls_of(lambda: recorder.note(context, document, operation)) < 5


def test_a_row_is_made_in_few_steps(context: Any) -> None:
    noted: list[AuditEvent] = []
    sink: Any = SimpleNamespace(note=noted.append, full=False)
    document = Document(HOME_SCREEN, parse(HOME_SCREEN))
    Recorder(sink, Selections(core_schema)).note(context, document, document.operation(None))
    made = writer()
    list(made._rows_of(noted[0]))  # noqa: SLF001 # what the thread does, without the thread

    assert calls_of(lambda: list(made._rows_of(noted[0]))) < 40  # noqa: SLF001 # ditto
