"""Refunds of cancelled nucleic-acid tests: expected by who cancelled, made when the hospital says so."""

from typing import Any

import pytest

from sandbox.faults import Fault
from tests.end_to_end.test_booking import card_at
from tests.end_to_end.test_inbound import REFUND, REFUND_OF, REFUNDED, YES, cancelled, reason, refund_of, tell
from tests.end_to_end.test_nucleic_acid import BOOK, CANCEL, HOSPITAL, book, cancel, first_slot, pay
from tests.end_to_end.world import World


def test_the_refund_of_a_cancelled_test_is_under_way_until_the_hospital_tells(fresh: World) -> None:
    appointment = cancelled(fresh)
    assert refund_of(fresh, appointment) == {"number": "HO-2", "status": "PROCESSING", "refundedAt": None}

    assert tell(fresh, REFUND, REFUNDED).json() == YES[REFUND]

    made = {"number": "HO-2", "status": "CONFIRMED", "refundedAt": "2026-03-04T09:30:00+08:00"}
    assert refund_of(fresh, appointment) == made
    assert tell(fresh, REFUND, REFUNDED).json() == YES[REFUND]
    assert refund_of(fresh, appointment) == made


@pytest.mark.parametrize("change", [{"business_no": "PF-3"}, {"refund_time": "2026-03-04 09:30:01"}])
def test_another_word_about_a_refund_is_no_repeat(fresh: World, change: dict[str, str]) -> None:
    appointment = cancelled(fresh)
    tell(fresh, REFUND, REFUNDED)

    assert reason(REFUND, tell(fresh, REFUND, REFUNDED | change)) == "与此前的通知不一致"
    assert refund_of(fresh, appointment)["refundedAt"] == "2026-03-04T09:30:00+08:00"


def test_a_refund_may_be_told_of_before_its_cancellation_is_known(fresh: World) -> None:
    assert tell(fresh, REFUND, REFUNDED).json() == YES[REFUND]

    assert refund_of(fresh, cancelled(fresh))["status"] == "CONFIRMED"


@pytest.mark.parametrize("arrived", [True, False])
def test_a_cancellation_without_an_answer_still_knows_its_refund(fresh: World, arrived: bool) -> None:
    appointment = book(fresh, first_slot(fresh))["appointment"]["id"]
    assert pay(fresh, appointment, hospitalOrderNumber=None)["userErrors"] == []
    kind: Any = "malformed" if arrived else "error"
    fresh.sandbox.faults.inject(HOSPITAL, "/appointment/cancel", Fault(kind=kind))
    given = {"businessKey": "cancelling-0001", "appointmentId": appointment, "refundOrderNumber": "HO-2"}
    assert fresh.ask(CANCEL, {"input": given}).codes == ["STATE_UNKNOWN"]
    # What was not cancelled is not on its way back.
    assert (refund_of(fresh, appointment) is not None) is arrived

    assert tell(fresh, REFUND, REFUNDED).json() == YES[REFUND]
    assert refund_of(fresh, appointment)["status"] == "CONFIRMED"


def test_a_refused_cancellation_has_no_refund(fresh: World) -> None:
    appointment = book(fresh, first_slot(fresh))["appointment"]["id"]
    assert pay(fresh, appointment, hospitalOrderNumber=None)["userErrors"] == []
    fresh.sandbox.faults.inject(HOSPITAL, "/appointment/cancel", Fault(kind="refusal"))
    assert cancel(fresh, appointment, refundOrderNumber="HO-2")["userErrors"]

    assert tell(fresh, REFUND, REFUNDED).json() == YES[REFUND]
    assert refund_of(fresh, appointment) is None


def test_a_refund_of_somebody_else_is_not_told_to_who_names_it(fresh: World) -> None:
    mine, other = cancelled(fresh), fresh.token("account-2")
    given = {"cardId": card_at(fresh, HOSPITAL, other), "slotId": first_slot(fresh)["id"], "method": "ALIPAY"}
    made = fresh.ask(BOOK, {"input": given | {"businessKey": "theirs-0001"}}, other).data["bookNucleicAcidTest"]
    theirs = made["appointment"]["id"]
    taking = {"businessKey": "theirs-0002", "appointmentId": theirs, "refundOrderNumber": "HO-2"}
    assert fresh.ask(CANCEL, {"input": taking}, other).data["cancelNucleicAcidTest"]["userErrors"] == []
    tell(fresh, REFUND, REFUNDED)

    variables = {"card": given["cardId"], "id": theirs}
    shown = fresh.ask(REFUND_OF, variables, other).data["node"]["nucleicAcidTestAppointment"]
    assert shown == {"status": "CANCELLED", "refund": None}
    assert refund_of(fresh, mine)["status"] == "CONFIRMED"


def test_a_test_that_was_not_paid_has_no_refund(fresh: World) -> None:
    appointment = book(fresh, first_slot(fresh))["appointment"]["id"]
    assert refund_of(fresh, appointment) is None
    assert cancel(fresh, appointment)["userErrors"] == []
    assert refund_of(fresh, appointment) is None


def test_a_told_refund_forgets_what_was_kept_of_the_card(fresh: World) -> None:
    appointment = cancelled(fresh)
    refund_of(fresh, appointment)
    refund_of(fresh, appointment)
    asked = fresh.sandbox.counters.count("/appointment/info/get")

    refund_of(fresh, appointment)
    assert fresh.sandbox.counters.count("/appointment/info/get") == asked
    tell(fresh, REFUND, REFUNDED)
    refund_of(fresh, appointment)
    assert fresh.sandbox.counters.count("/appointment/info/get") == asked + 1
