import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.records.base import CardRef
from resolvers.access_control.masking import MASKS, WITH_SCOPE, WITHOUT_SCOPE, Audience, shown
from resolvers.access_control.principal import BoundPerson, Emergency, Principal, PurposeOfUse, Relation, Role
from resolvers.access_control.scopes import PATIENT_SCOPES, Personal, Scopes
from tests.resolvers.fakes import CHILDS, ME, MINE, PATIENT, STAFF

PARENTS = CardRef("first", "10003", "p3")
FAMILY = Principal(
    role=Role.PATIENT,
    people={"me": ME, "parent": BoundPerson(id="parent", relation=Relation.PARENT, cards=(PARENTS,))},
    scopes=PATIENT_SCOPES,
)
VALUES = {
    Personal.NAME: "王小明",
    Personal.IDENTITY_NUMBER: "370102199001015236",
    Personal.PHONE: "10012340001",
    Personal.ADDRESS: "山东省济南市历下区一条路一号",
    Personal.BANK_CARD: "6200000000001234",
}
MASKED = {
    Personal.NAME: "王*明",
    Personal.IDENTITY_NUMBER: "370***********5236",
    Personal.PHONE: "100****0001",
    Personal.ADDRESS: "山东省济南市********",
    Personal.BANK_CARD: "************1234",
}


def working(role: Role, purpose: PurposeOfUse, scopes: str) -> Principal:
    return Principal(role=role, hospital_ids=frozenset({"first"}), purpose=purpose, scopes=Scopes.parse(scopes, "user"))


def test_every_kind_of_value_has_its_rules_and_its_mask() -> None:
    assert set(WITHOUT_SCOPE) == set(WITH_SCOPE) == set(MASKS) == set(Personal)
    assert all(set(rules) == set(Audience) for rules in WITHOUT_SCOPE.values())


@pytest.mark.parametrize("personal", Personal)
def test_people_see_their_own_values_and_their_minor_childrens(personal: Personal) -> None:
    for card in (MINE, CHILDS):
        assert shown(PATIENT, personal, card, VALUES[personal]) == VALUES[personal]


@pytest.mark.parametrize("personal", Personal)
def test_of_other_bound_people_accounts_see_the_name_only(personal: Personal) -> None:
    expected = VALUES if personal is Personal.NAME else MASKED
    assert shown(FAMILY, personal, PARENTS, VALUES[personal]) == expected[personal]


@pytest.mark.parametrize("personal", Personal)
@pytest.mark.parametrize("role", [Role.STAFF, Role.SYSTEM])
@pytest.mark.parametrize("purpose", [each for each in PurposeOfUse if each is not PurposeOfUse.EMERGENCY])
def test_who_works_with_data_sees_it_masked_without_a_scope(
    personal: Personal, role: Role, purpose: PurposeOfUse
) -> None:
    principal = working(role, purpose, "user/*.cruds")
    assert shown(principal, personal, MINE, VALUES[personal]) == MASKED[personal]


@pytest.mark.parametrize("personal", Personal)
@pytest.mark.parametrize("purpose", PurposeOfUse)
def test_a_scope_unmasks_its_own_kind_for_the_purposes_of_the_table(personal: Personal, purpose: PurposeOfUse) -> None:
    principal = working(Role.SYSTEM, purpose, f"unmask/{personal.value}")
    whole = purpose in WITH_SCOPE[personal]
    assert shown(principal, personal, MINE, VALUES[personal]) == (VALUES if whole else MASKED)[personal]
    for other in set(Personal) - {personal}:
        assert shown(principal, other, MINE, VALUES[other]) == MASKED[other]


def test_in_an_emergency_staff_see_who_it_is() -> None:
    nurse = dataclasses.replace(
        STAFF, purpose=PurposeOfUse.EMERGENCY, emergency=Emergency(card=MINE, reason="急诊昏迷")
    )
    assert shown(nurse, Personal.NAME, MINE, "王小明") == "王小明"
    assert shown(nurse, Personal.PHONE, MINE, "10012340001") == "100****0001"


@pytest.mark.parametrize(
    ("personal", "value", "masked"),
    [
        (Personal.NAME, "王", "*"),
        (Personal.NAME, "王明", "王*"),
        (Personal.NAME, "阿卜杜拉·买买提", "阿******提"),
        (Personal.PHONE, "1234567", "*******"),
        (Personal.PHONE, "12345678", "123*5678"),
        (Personal.IDENTITY_NUMBER, "", ""),
        (Personal.ADDRESS, "一条路", "***"),
        (Personal.BANK_CARD, "1234", "****"),
    ],
)
def test_a_value_too_short_to_be_cut_is_hidden_whole(personal: Personal, value: str, masked: str) -> None:
    assert MASKS[personal](value) == masked


@given(st.sampled_from(Personal), st.text(max_size=30))
def test_a_mask_keeps_the_length_and_shows_seven_characters_at_most(personal: Personal, value: str) -> None:
    masked = MASKS[personal](value)
    assert len(masked) == len(value)
    assert all(one in {"*", other} for one, other in zip(masked, value, strict=True))
    assert sum(one != "*" for one in masked) <= (7 if len(value) > 1 else 0)
