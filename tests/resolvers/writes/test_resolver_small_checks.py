"""What a drawn signature, a way of paying and a gender have to be before a hospital is told of them."""

import pytest

from connectors.records.billing import PaymentMethod
from connectors.records.people import Gender
from connectors.records.problems import ProblemCode
from resolvers.problems import Problem
from resolvers.writes import checks


@pytest.mark.parametrize("kind", ["png", "jpeg", "svg+xml"])
def test_a_small_image_in_base64_is_taken_as_it_is(kind: str) -> None:
    given = f"data:image/{kind};base64,iVBORw0KGgo="

    assert checks.image(given, "image") == given


@pytest.mark.parametrize(
    "given",
    [
        "",
        "iVBORw0KGgo=",
        "data:image/png,iVBORw0KGgo=",
        "data:image/;base64,iVBORw0KGgo=",
        "data:text/html;base64,iVBORw0KGgo=",
        "data:image/png;base64,",
        "data:image/png;base64,iVBORw0KGgo",
        "data:image/png;base64,<script>",
        "data:image/png;base64," + "AAAA" * 15_000,
    ],
)
def test_anything_else_is_refused_and_not_quoted(given: str) -> None:
    with pytest.raises(Problem) as refused:
        checks.image(given, "image")

    assert (refused.value.code, refused.value.field) == (ProblemCode.BAD_INPUT, "image")
    assert len(refused.value.message) < 20


@pytest.mark.parametrize("method", PaymentMethod)
def test_what_is_on_a_card_does_not_pay_online(method: PaymentMethod) -> None:
    if method in {PaymentMethod.CARD_BALANCE, PaymentMethod.UNKNOWN}:
        with pytest.raises(Problem) as refused:
            checks.paid_online(method)
        assert refused.value.field == "method"
    else:
        assert checks.paid_online(method) is method


@pytest.mark.parametrize("gender", Gender)
def test_hospitals_that_know_two_genders_are_told_no_other(gender: Gender) -> None:
    if gender in {Gender.MALE, Gender.FEMALE}:
        assert checks.male_or_female(gender) is gender
    else:
        with pytest.raises(Problem) as refused:
            checks.male_or_female(gender)
        assert refused.value.field == "gender"
