"""Claims of documented interfaces."""

import pytest

from connectors.core.claims import claimed, endpoint, interface_of


class OneNumberTwoAnswers:
    @endpoint("16.1.2", variant="laboratory")
    async def laboratory(self) -> None: ...

    @endpoint("16.1.2", variant="imaging")
    async def imaging(self) -> None: ...


class WholeInterface:
    @endpoint("16.1.2")
    async def everything(self) -> None: ...


class SameVariant:
    @endpoint("16.1.2", variant="imaging")
    async def pictures(self) -> None: ...


def test_variants_of_one_interface_count_it_once() -> None:
    assert claimed(OneNumberTwoAnswers) == {"16.1.2": ["OneNumberTwoAnswers.laboratory", "OneNumberTwoAnswers.imaging"]}


@pytest.mark.parametrize(
    "classes",
    [
        (OneNumberTwoAnswers, SameVariant),
        (OneNumberTwoAnswers, WholeInterface),
        (WholeInterface, OneNumberTwoAnswers),
        (WholeInterface, WholeInterface),
    ],
)
def test_what_is_claimed_twice_is_refused(classes: tuple[type, ...]) -> None:
    with pytest.raises(ValueError, match=r"16\.1\.2 is claimed by"):
        claimed(*classes)


def test_a_method_knows_its_interface() -> None:
    assert interface_of(SameVariant.pictures) == "16.1.2"
    assert interface_of(test_a_method_knows_its_interface) is None
