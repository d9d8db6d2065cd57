from collections.abc import Callable

import pytest

from connectors.records.base import CardRef
from connectors.records.problems import ProblemCode
from resolvers.access_control.access import Access, Need, need_of
from resolvers.access_control.principal import ANONYMOUS, Emergency, Principal, Role
from resolvers.access_control.scopes import PATIENT_SCOPES, Action, Resource, Scopes
from resolvers.problems import Problem
from tests.resolvers.fakes import ALL_OF_STAFF, CHILD, CHILDS, ME, MINE, MINE_TOO, PATIENT, STAFF, STRANGERS

FIRST = frozenset({"first"})
EVERYTHING = Scopes.parse("patient/*.* user/*.* system/*.*", "user")
OTHER = Principal(role=Role.PATIENT, subject="wx-2", people={}, scopes=PATIENT_SCOPES)
OUTSIDE = Principal(role=Role.STAFF, subject="nurse", hospital_ids=frozenset({"second"}), scopes=ALL_OF_STAFF)
SYSTEM = Principal(role=Role.SYSTEM, subject="his", hospital_ids=FIRST, scopes=Scopes.parse("system/*.rs", "system"))
# Claims that do not belong to the role must not help.
MIXED_STAFF = Principal(role=Role.STAFF, people={"me": ME}, scopes=EVERYTHING)
MIXED_PATIENT = Principal(role=Role.PATIENT, hospital_ids=frozenset({"first", "second"}), scopes=EVERYTHING)
MIXED_NOBODY = Principal(role=Role.ANONYMOUS, people={"me": ME}, hospital_ids=FIRST, scopes=EVERYTHING)
NO_SCOPES = Principal(role=Role.STAFF, subject="porter", hospital_ids=FIRST)
ALLOWED = {
    (id(PATIENT), MINE),
    (id(PATIENT), MINE_TOO),
    (id(PATIENT), CHILDS),
    (id(STAFF), MINE),
    (id(STAFF), CHILDS),
    (id(STAFF), STRANGERS),
    (id(SYSTEM), MINE),
    (id(SYSTEM), CHILDS),
    (id(SYSTEM), STRANGERS),
    (id(OUTSIDE), MINE_TOO),
}
EVERYBODY = [PATIENT, OTHER, STAFF, OUTSIDE, SYSTEM, ANONYMOUS, MIXED_STAFF, MIXED_PATIENT, MIXED_NOBODY, NO_SCOPES]
READ = Need(Resource.ENCOUNTER, Action.READ)
PAY = Need(Resource.PAYMENT_NOTICE, Action.CREATE)


def _read(access: Access, card: CardRef) -> None:
    access.require(READ, card)


def _see(access: Access, card: CardRef) -> None:
    access.see(Resource.ENCOUNTER, card)


@pytest.mark.parametrize("ask", [_read, _see])
@pytest.mark.parametrize("principal", EVERYBODY)
@pytest.mark.parametrize("card", [MINE, MINE_TOO, CHILDS, STRANGERS])
def test_a_card_is_reached_by_its_people_and_those_who_work_at_its_hospital_only(
    principal: Principal, card: CardRef, ask: Callable[[Access, CardRef], None]
) -> None:
    access = Access(principal)
    if (id(principal), card) in ALLOWED:
        ask(access, card)
        assert not access.denied
        return
    with pytest.raises(Problem) as caught:
        ask(access, card)
    nobody = principal.role is Role.ANONYMOUS
    assert caught.value.code is (ProblemCode.UNAUTHENTICATED if nobody else ProblemCode.FORBIDDEN)
    assert card.number not in str(caught.value)
    assert access.denied == {(Resource.ENCOUNTER, card)}
    assert not access.seen


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
    access = Access(PATIENT)
    for ask in (_read, _see, Access.reach):
        with pytest.raises(Problem):
            ask(access, card)


def test_a_card_named_by_its_number_alone_is_the_bound_one() -> None:
    Access(PATIENT).require(READ, CardRef("first", MINE.number))
    assert PATIENT.holder_of(CardRef("first", CHILDS.number)) is CHILD


def test_what_is_shown_and_what_is_refused_is_remembered() -> None:
    access = Access(STAFF)
    access.require(READ, MINE)
    assert (access.seen, access.denied) == (set(), set())
    access.see(Resource.ENCOUNTER, MINE)
    for refused in (_see, _read):
        with pytest.raises(Problem):
            refused(access, MINE_TOO)
    assert access.seen == {(Resource.ENCOUNTER, MINE)}
    assert access.denied == {(Resource.ENCOUNTER, MINE_TOO)}


def test_scopes_limit_what_is_done_with_what_is_in_reach() -> None:
    reader = Principal(
        role=Role.STAFF, hospital_ids=FIRST, scopes=Scopes.parse("user/Encounter.r user/Invoice.s", "user")
    )
    access = Access(reader)
    access.require(READ, MINE)
    access.see(Resource.INVOICE, MINE)
    for need in (PAY, Need(Resource.ENCOUNTER, Action.SEARCH), Need(Resource.COMPOSITION, Action.READ)):
        with pytest.raises(Problem):
            access.require(need, MINE)
    with pytest.raises(Problem):
        access.see(Resource.DIAGNOSTIC_REPORT, MINE)


def test_a_card_made_by_the_request_may_be_shown_by_it() -> None:
    access, new = Access(PATIENT), CardRef("first", "90000000000001")
    with pytest.raises(Problem):
        access.see(Resource.PATIENT, new)
    access.made(new)
    access.see(Resource.PATIENT, new)
    with pytest.raises(Problem):
        Access(PATIENT).see(Resource.PATIENT, new)


def test_an_emergency_opens_one_card_for_reading_to_staff_wherever_they_work() -> None:
    def opened_to(role: Role) -> Access:
        return Access(Principal(role=role, hospital_ids=FIRST, emergency=Emergency(card=MINE_TOO, reason="急诊昏迷")))

    access = opened_to(Role.STAFF)
    access.require(READ, MINE_TOO)
    access.see(Resource.DIAGNOSTIC_REPORT, MINE_TOO)
    access.reach(MINE_TOO)
    for need, card in [(PAY, MINE_TOO), (READ, MINE), (READ, CardRef("third", MINE_TOO.number))]:
        with pytest.raises(Problem):
            access.require(need, card)
    for role in (Role.PATIENT, Role.SYSTEM, Role.ANONYMOUS):
        with pytest.raises(Problem):
            opened_to(role).see(Resource.DIAGNOSTIC_REPORT, MINE_TOO)


def test_a_person_is_reached_by_the_account_it_is_bound_to_only() -> None:
    need = Need(Resource.PATIENT, Action.READ)
    assert Access(PATIENT).require_person(need, "child") is CHILD
    for principal, person in [(PATIENT, "you"), (OTHER, "me"), (STAFF, "me"), (MIXED_STAFF, "me"), (ANONYMOUS, "me")]:
        with pytest.raises(Problem):
            Access(principal).require_person(need, person)
    bare = Principal(role=Role.PATIENT, people={"me": ME}, scopes=Scopes.parse("patient/Encounter.rs", "patient"))
    with pytest.raises(Problem):
        Access(bare).require_person(need, "me")


def test_what_is_about_anybody_is_for_those_who_work_at_that_hospital_with_the_scope() -> None:
    search = Need(Resource.PATIENT, Action.SEARCH)
    Access(STAFF).require_hospital(search, "first")
    Access(SYSTEM).require_hospital(search, "first")
    for principal in (PATIENT, OUTSIDE, ANONYMOUS, MIXED_PATIENT, MIXED_NOBODY, NO_SCOPES):
        with pytest.raises(Problem):
            Access(principal).require_hospital(search, "first")
    access = Access(SYSTEM)
    with pytest.raises(Problem):
        access.require_hospital(Need(Resource.PATIENT, Action.CREATE), "first")
    assert access.denied == {(Resource.PATIENT, CardRef("first", ""))}


def test_only_those_who_work_with_reports_see_what_is_withheld() -> None:
    assert [Access(principal).sees_withheld for principal in (STAFF, SYSTEM, PATIENT, ANONYMOUS)] == [
        True,
        True,
        False,
        False,
    ]


def test_what_asks_a_hospital_without_saying_what_one_needs_is_refused() -> None:
    async def unmarked() -> None: ...

    with pytest.raises(AttributeError):
        need_of(unmarked)
