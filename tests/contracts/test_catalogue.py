"""Every documented interface is claimed by an endpoint or named as pending, never both."""

from tests.contracts.catalogue import claims, documented, pending


def test_the_five_documents_hold_304_interfaces() -> None:
    assert len(documented()) == 304


def test_every_documented_interface_is_claimed_or_pending() -> None:
    assert documented() - claims().keys() - set(pending()) == set()


def test_nothing_pending_is_claimed() -> None:
    assert set(pending()) & claims().keys() == set()


def test_only_documented_interfaces_are_claimed_or_pending() -> None:
    assert (claims().keys() | set(pending())) - documented() == set()


def test_pending_names_nothing_twice() -> None:
    assert len(set(pending())) == len(pending())
