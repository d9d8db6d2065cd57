import pytest

from connectors.records.base import CardRef
from connectors.records.problems import ProblemCode
from resolvers import access
from resolvers.principal import ANONYMOUS, Principal, Role
from resolvers.problems import Problem
from tests.resolvers.fakes import CHILD, CHILDS, ME, MINE, MINE_TOO, PATIENT, STAFF, STRANGERS

OTHER = Principal(role=Role.PATIENT, subject="wx-2", people={})
OUTSIDE = Principal(role=Role.STAFF, subject="nurse", hospital_ids=frozenset({"second"}))
# Claims that do not belong to the role must not help.
MIXED_STAFF = Principal(role=Role.STAFF, people={"me": ME})
MIXED_PATIENT = Principal(role=Role.PATIENT, hospital_ids=frozenset({"first", "second"}))
MIXED_NOBODY = Principal(role=Role.ANONYMOUS, people={"me": ME}, hospital_ids=frozenset({"first"}))
ALLOWED = {
    (id(PATIENT), MINE),
    (id(PATIENT), MINE_TOO),
    (id(PATIENT), CHILDS),
    (id(STAFF), MINE),
    (id(STAFF), CHILDS),
    (id(STAFF), STRANGERS),
    (id(OUTSIDE), MINE_TOO),
}
EVERYBODY = [PATIENT, OTHER, STAFF, OUTSIDE, ANONYMOUS, MIXED_STAFF, MIXED_PATIENT, MIXED_NOBODY]


@pytest.mark.parametrize("principal", EVERYBODY)
@pytest.mark.parametrize("card", [MINE, MINE_TOO, CHILDS, STRANGERS])
def test_a_card_is_reached_by_its_people_and_its_hospitals_staff_only(principal: Principal, card: CardRef) -> None:
    if (id(principal), card) in ALLOWED:
        access.require_card(principal, card)
        return
    with pytest.raises(Problem) as caught:
        access.require_card(principal, card)
    nobody = principal.role is Role.ANONYMOUS
    assert caught.value.code is (ProblemCode.UNAUTHENTICATED if nobody else ProblemCode.FORBIDDEN)
    assert card.number not in str(caught.value)


@pytest.mark.parametrize(
    "card",
    [
        CardRef("first", MINE.number, "p2"),  # the second key of somebody else
        CardRef("first", MINE.number, ""),
        CardRef("second", MINE.number, MINE.patient_id),  # the number at another hospital
        CardRef("first", MINE.number + "0", MINE.patient_id),
        CardRef("first", "", None),
    ],
)
def test_a_card_that_is_only_nearly_the_bound_one_is_out_of_reach(card: CardRef) -> None:
    with pytest.raises(Problem):
        access.require_card(PATIENT, card)


def test_a_card_named_by_its_number_alone_is_the_bound_one() -> None:
    access.require_card(PATIENT, CardRef("first", MINE.number))
    assert access.person_of(PATIENT, CardRef("first", CHILDS.number)) is CHILD


def test_a_person_is_reached_by_the_account_it_is_bound_to_only() -> None:
    assert access.require_person(PATIENT, "child") is CHILD
    for principal, person in [(PATIENT, "you"), (OTHER, "me"), (STAFF, "me"), (MIXED_STAFF, "me"), (ANONYMOUS, "me")]:
        with pytest.raises(Problem):
            access.require_person(principal, person)


def test_staff_matters_are_for_the_staff_of_that_hospital() -> None:
    access.require_staff(STAFF, "first")
    for principal in (PATIENT, OUTSIDE, ANONYMOUS, MIXED_PATIENT, MIXED_NOBODY):
        with pytest.raises(Problem):
            access.require_staff(principal, "first")


def test_only_staff_see_what_is_withheld() -> None:
    assert [access.sees_withheld(principal) for principal in (STAFF, PATIENT, ANONYMOUS)] == [True, False, False]
