"""What a token says makes a principal that may do no more than is said."""

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from app.claims import principal_of
from connectors.records.base import CardRef
from resolvers.access_control.principal import Principal, PurposeOfUse, Relation, Role
from resolvers.access_control.scopes import NO_SCOPES, PATIENT_SCOPES, Action, Personal, Resource
from tests.app.issuing import PEOPLE, claims, staff

TODAY = dt.date(2026, 3, 4)


def of(**changes: Any) -> Principal:
    return principal_of(claims(**changes), TODAY)


def system(**changes: Any) -> dict[str, Any]:
    return {"role": "system", "people": None, "hospitals": ["253"], **changes}


def test_a_patient() -> None:
    principal = of(jti="t-1", iat=1000, exp=1600.5)

    assert (principal.role, principal.subject, principal.issuer) == (Role.PATIENT, "account-1", "https://login.example")
    assert (principal.token_id, principal.issued_at, principal.expires_at) == ("t-1", 1000, 1600.5)
    assert principal.people["p1"].cards == (CardRef("253", "1", "9"),)
    assert principal.people["p2"].relation is Relation.CHILD
    assert principal.hospital_ids == frozenset()


def test_a_member_of_staff() -> None:
    principal = of(**staff(scope="openid user/DiagnosticReport.rs unmask/phone", purpose_of_use="TREAT"))

    assert (principal.role, principal.hospital_ids, principal.people) == (Role.STAFF, {"253"}, {})
    assert principal.scopes.permits(Resource.DIAGNOSTIC_REPORT, Action.READ)
    assert not principal.scopes.permits(Resource.DIAGNOSTIC_REPORT, Action.UPDATE)
    assert not principal.scopes.permits(Resource.PATIENT, Action.READ)
    assert principal.scopes.unmasked == {Personal.PHONE}
    assert principal.purpose is PurposeOfUse.TREATMENT


def test_a_system() -> None:
    principal = of(**system(scope="system/Appointment.s user/Patient.r", people=PEOPLE))

    assert (principal.role, principal.hospital_ids, principal.people) == (Role.SYSTEM, {"253"}, {})
    assert principal.scopes.permits(Resource.APPOINTMENT, Action.SEARCH)
    assert not principal.scopes.permits(Resource.PATIENT, Action.READ)


def test_a_patient_without_a_scope_has_every_patients_rights_and_with_one_only_those_named() -> None:
    assert of().scopes == PATIENT_SCOPES
    assert of(scope="").scopes == NO_SCOPES
    assert of(scope="openid user/*.cruds system/*.cruds").scopes == NO_SCOPES
    narrow = of(scope="patient/Appointment.rs").scopes
    assert narrow.permits(Resource.APPOINTMENT, Action.READ)
    assert not narrow.permits(Resource.PATIENT, Action.READ)


@pytest.mark.parametrize("who", [staff(), system(), staff(scope="patient/*.cruds system/*.cruds")], ids=str)
def test_who_works_without_a_scope_reaches_nothing(who: dict[str, Any]) -> None:
    assert of(**who).scopes == NO_SCOPES


def test_a_purpose_that_is_not_said_is_the_one_that_shows_least() -> None:
    assert of(**staff()).purpose is PurposeOfUse.OPERATIONS
    assert of(**system()).purpose is PurposeOfUse.OPERATIONS
    assert of().purpose is PurposeOfUse.PATIENT_REQUEST
    assert of(purpose_of_use="TREAT").purpose is PurposeOfUse.PATIENT_REQUEST


@pytest.mark.parametrize("purpose", ["ETREAT", "PATRQT", "treat", "", 5, ["TREAT"]], ids=str)
def test_no_token_makes_an_emergency_or_a_purpose_of_its_own(purpose: Any) -> None:
    with pytest.raises(ValidationError):
        of(**staff(purpose_of_use=purpose))


@pytest.mark.parametrize(
    ("born", "reached"),
    [
        ("2008-03-05", True),
        ("2008-03-04", False),
        ("2008-03-03", False),
        ("2008-02-29", False),
        ("2026-03-04", True),
        ("1950-01-01", False),
        (None, True),
    ],
)
def test_a_guardian_reaches_a_child_until_it_comes_of_age(born: str | None, reached: bool) -> None:
    child = {"id": "p2", "relation": "child", "cards": [{"hospital": "253", "number": "2"}]}
    principal = of(people=[PEOPLE[0], child | ({"birth_date": born} if born else {})])

    assert ("p2" in principal.people) is reached
    assert (principal.holder_of(CardRef("253", "2")) is not None) is reached
    assert "p1" in principal.people


def test_a_birthday_on_the_29th_of_february_is_kept_on_the_first_of_march() -> None:
    made = claims(people=[{"id": "p2", "relation": "child", "birth_date": "2008-02-29"}])

    assert "p2" in principal_of(made, dt.date(2026, 2, 28)).people
    assert "p2" not in principal_of(made, dt.date(2026, 3, 1)).people


@pytest.mark.parametrize("relation", ["self", "parent", "other"])
def test_grown_ups_who_are_bound_stay_so(relation: str) -> None:
    assert "p2" in of(people=[{"id": "p2", "relation": relation, "birth_date": "1950-01-01"}]).people


@pytest.mark.parametrize(
    "changes",
    [
        {"role": None},
        {"role": "admin"},
        {"role": ["staff"]},
        {"people": None},
        {"people": {"id": "p1"}},
        {"people": [{"id": 5, "relation": "self"}]},
        {"people": [{"id": "p1", "relation": "spouse"}]},
        {"people": [{"id": "p1", "relation": "self", "cards": [{"hospital": "253", "number": 1}]}]},
        {"people": [{"id": "p1", "relation": "self", "cards": [{"hospital": "253", "number": ""}]}]},
        {"people": [{"id": "p1", "relation": "self", "cards": [{"hospital": "253", "number": "1\r\n2"}]}]},
        {"people": [{"id": "p1", "relation": "child", "birth_date": "20080304"}]},
        {"people": [{"id": "p1", "relation": "child", "birth_date": "2008-03-04T00:00:00"}]},
        {"people": [{"id": "p1", "relation": "child", "birth_date": 1204588800}]},
        {"people": [{"id": "p1", "relation": "child", "birth_date": ""}]},
        {"people": [*PEOPLE, PEOPLE[0]]},
        {"people": [{"id": f"p{number}", "relation": "other"} for number in range(101)]},
        {"scope": ["patient/*.rs"]},
        {"scope": "patient/*.rs " * 400},
        staff(hospitals="253"),
        staff(hospitals=None),
        staff(hospitals=[253]),
        staff(hospitals=[str(number) for number in range(1001)]),
        system(hospitals=None),
        staff(scope=5),
    ],
    ids=lambda changes: str(changes)[:50],
)
def test_claims_of_another_form_make_nobody(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        of(**changes)
