import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.access_control.scopes import Action, Personal, Resource, Scopes

R, S, C, U, D = Action.READ, Action.SEARCH, Action.CREATE, Action.UPDATE, Action.DELETE
LAB = Resource.DIAGNOSTIC_REPORT


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("user/DiagnosticReport.rs", {R, S}),
        ("user/DiagnosticReport.cruds", {C, R, U, D, S}),
        ("user/DiagnosticReport.*", {C, R, U, D, S}),
        ("user/DiagnosticReport.read", {R, S}),
        ("user/DiagnosticReport.write", {C, U, D}),
        ("user/*.s", {S}),
        ("openid user/DiagnosticReport.r  user/DiagnosticReport.c", {R, C}),
        ("user/Encounter.cruds", set()),
        ("patient/DiagnosticReport.rs system/*.rs", set()),  # not for this kind of principal
        ("user/DiagnosticReport.sr", set()),  # SMART fixes the order
        ("user/DiagnosticReport.", set()),
        ("user/DiagnosticReport", set()),
        ("user/DiagnosticReport.rs?category=laboratory", set()),  # narrower than we can tell: nothing
        ("USER/DiagnosticReport.rs user/diagnosticreport.rs xuser/*.rs user/*.rsx", set()),
        ("", set()),
    ],
)
def test_scopes_are_read_as_smart_writes_them(text: str, allowed: set[Action]) -> None:
    scopes = Scopes.parse(text, "user")
    assert {action for action in Action if scopes.permits(LAB, action)} == allowed
    assert scopes.permits_reading(LAB) is bool(allowed & {R, S})


def test_resources_that_are_not_ours_are_no_error_and_nothing() -> None:
    assert Scopes.parse("user/Immunization.rs unmask/shoeSize", "user") == Scopes()


def test_unmasking_is_a_scope_of_its_own() -> None:
    assert Scopes.parse("user/*.cruds", "user").unmasked == frozenset()
    assert Scopes.parse("unmask/phone unmask/name", "user").unmasked == {Personal.PHONE, Personal.NAME}
    assert Scopes.parse("unmask/*", "user").unmasked == frozenset(Personal)


@given(st.text(alphabet="patientusrym/*.cd PRon", max_size=80))
def test_no_text_raises_or_grants_to_another_kind_of_principal(text: str) -> None:
    scopes = Scopes.parse(text, "user")
    assert not scopes.granted or "user/" in text
