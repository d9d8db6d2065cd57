import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

import pytest

from connectors.core.shape import GIVEN, Many, One, Shape, ShapeError, Whole
from connectors.records.base import CardRef

SECRET = "370102199001015236"
CARD = CardRef("town", SECRET)


@dataclass(kw_only=True)
class Line:
    name: str
    amount: Decimal | None = None
    card: CardRef | None = None


@dataclass(kw_only=True)
class Sheet:
    id: str
    card: CardRef
    total: Decimal = Decimal(0)
    made_at: dt.datetime | None = None
    open: bool = True
    lines: list[Line] = field(default_factory=list)
    first: Line | None = None
    label: str | None = None


@dataclass(kw_only=True)
class Orphan:
    line: Line | None = None


@dataclass(kw_only=True)
class Named:
    name: str


@dataclass(kw_only=True)
class Strict:
    total: Decimal = Decimal(0)
    first: Named


@dataclass(kw_only=True)
class Ambitious:
    name: str

    def __post_init__(self) -> None:
        self.name = self.name.upper()


NAMED = Shape(Named, name="name")
LINE = Shape(Line, name="itemName", amount="fee", card=GIVEN)
SHEET = Shape(
    Sheet,
    id=("no", "number"),
    card=GIVEN,
    total="sum",
    made_at="time",
    open=("flag", lambda value: None if value is None else value == "Y"),
    lines=Many(LINE, "data", "rows"),
    first=One(LINE, "main"),
    label=Whole(lambda row: f"{row['a']}-{row['b']}" if "a" in row else None),
)
GIVEN_CARD = {"card": CARD}


def read(**row: object) -> Sheet:
    return SHEET.read({"no": "1", **row}, GIVEN_CARD)


def test_a_whole_row_becomes_its_record() -> None:
    row = {
        "no": 17,
        "sum": "1,200.5",
        "time": "20260304",
        "flag": "N",
        "data": {"rows": [{"itemName": "x", "fee": 1}]},
        "main": {"itemName": "y"},
        "a": "p",
        "b": "q",
    }
    assert SHEET.read(row, GIVEN_CARD) == Sheet(
        id="17",
        card=CARD,
        total=Decimal("1200.50"),
        made_at=dt.datetime.fromisoformat("2026-03-04T00:00:00+08:00"),
        open=False,
        lines=[Line(name="x", amount=Decimal("1.00"), card=CARD)],
        first=Line(name="y", card=CARD),
        label="p-q",
    )


def test_what_is_absent_null_or_empty_keeps_the_records_default() -> None:
    assert read() == read(sum=None, time="", flag=None, data=None, main=None)
    assert read().total == Decimal(0)
    assert read().open is True
    assert read().lines == []


def test_the_first_of_the_alternative_names_that_is_present_wins() -> None:
    assert SHEET.read({"number": "b"}, GIVEN_CARD).id == "b"
    assert SHEET.read({"number": "b", "no": "a"}, GIVEN_CARD).id == "a"


def test_what_is_given_reaches_nested_records() -> None:
    found = read(data={"rows": [{"itemName": "x"}]}, main={"itemName": "y"})
    assert found.lines[0].card is CARD
    assert found.first is not None
    assert found.first.card is CARD


@pytest.mark.parametrize("given", [None, {}, {"card": CARD, "more": 1}])
def test_giving_too_little_or_too_much_is_a_mistake_of_the_caller(given: dict[str, object] | None) -> None:
    with pytest.raises(TypeError, match="Sheet is given"):
        SHEET.read({"no": "1"}, given)


@pytest.mark.parametrize("rows", [None, "", {}, []])
def test_every_way_of_saying_nothing_is_an_empty_list(rows: object) -> None:
    assert read(data={"rows": rows}).lines == []
    assert read(data=None).lines == []


def test_one_object_where_a_list_is_meant_is_a_list_of_one() -> None:
    assert [line.name for line in read(data={"rows": {"itemName": "x"}}).lines] == ["x"]


@pytest.mark.parametrize("main", [None, "", {}, [], [None], [{}]])
def test_every_way_of_saying_nothing_is_no_record(main: object) -> None:
    assert read(main=main).first is None


def test_of_a_list_where_one_is_meant_the_first_is_taken() -> None:
    first = read(main=[{"itemName": "x"}, {"itemName": "y"}]).first
    assert first is not None
    assert first.name == "x"


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"sum": SECRET + "x"}, "sum"),
        ({"sum": "1e40"}, "sum"),
        ({"time": SECRET}, "time"),
        ({"no": [SECRET]}, "no"),
        ({"no": ""}, "id"),
        ({"data": {"rows": [{"itemName": "x"}, {"itemName": "y", "fee": SECRET + "x"}]}}, "lines.[1].fee"),
        ({"data": {"rows": [{"fee": "1"}]}}, "lines.[0].name"),
        ({"data": {"rows": [SECRET]}}, "lines.[0]"),
        ({"data": {"rows": SECRET}}, "data.rows"),
        ({"data": SECRET}, "rows"),
        ({"main": SECRET}, "first"),
        ({"a": SECRET}, "label"),
    ],
)
def test_an_error_names_the_place_and_never_the_value(row: dict[str, object], place: str) -> None:
    with pytest.raises(ShapeError) as caught:
        read(**row)
    assert place in str(caught.value)
    assert SECRET not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_what_is_no_object_is_no_row() -> None:
    with pytest.raises(ShapeError, match="payload: object expected"):
        SHEET.read([SECRET], GIVEN_CARD)


@pytest.mark.parametrize(
    "lines",
    [
        {"name": "a", "amont": "b"},  # a line the record lacks
        {"amount": "b"},  # a required field without a line
        {"name": 5},
        {"name": ("a", 5, "b")},
        {"name": ()},
        {"name": "a", "card": "c"},  # no converter belongs to the type
    ],
)
def test_a_wrong_mapping_is_found_when_it_is_made(lines: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="Line"):
        Shape(Line, **lines)


def test_a_nested_mapping_that_needs_more_than_its_parent_is_given_is_found_when_it_is_made() -> None:
    with pytest.raises(TypeError, match=r"^Orphan\.line needs \['card'\]"):
        Shape(Orphan, line=One(LINE, "line"))


def test_a_record_that_does_more_than_take_its_fields_is_refused() -> None:
    with pytest.raises(TypeError, match="does not call __post_init__"):
        Shape(Ambitious, name="name")


def test_a_required_field_that_comes_out_as_nothing_is_missing() -> None:
    with pytest.raises(ShapeError, match=r"^id: missing$"):
        SHEET.read({"no": " "}, GIVEN_CARD)
    with pytest.raises(ShapeError, match=r"^card: missing$"):
        SHEET.read({"no": "1"}, {"card": None})
    with pytest.raises(ShapeError, match=r"^\[0\]\.total: missing$"):
        Many(Shape(Strict, total=Whole(lambda _: None), first=One(NAMED, "first"))).read({"first": {"name": "x"}})
    with pytest.raises(ShapeError, match=r"^first: missing$"):
        Shape(Strict, first=One(NAMED, "first")).read({"first": {}})


def test_of_several_faults_the_first_line_is_named() -> None:
    with pytest.raises(ShapeError, match=r"^sum: number expected$"):
        read(sum="x", time="x", main="x")


def test_records_do_not_share_what_their_defaults_are_made_of() -> None:
    shape = Shape(Sheet, id="no", card=GIVEN)
    one, other = (shape.read({"no": "1"}, GIVEN_CARD) for _ in range(2))
    one.lines.append(Line(name="x"))
    assert other.lines == []


@dataclass(frozen=True, slots=True)
class Frozen:
    place: str
    number: str
    other: str | None = None


def test_a_frozen_record_is_made_too() -> None:
    made = Shape(Frozen, place=GIVEN, number="no", other="id").read({"no": " 7 "}, {"place": "a"})
    assert made == Frozen("a", "7")


def test_a_mapping_with_nothing_of_the_row_still_wants_an_object() -> None:
    with pytest.raises(ShapeError, match="payload: object expected"):
        Shape(Line, name=GIVEN).read([], {"name": "x"})


def test_names_that_look_like_code_are_only_names() -> None:
    shape = Shape(Line, name=("a'b", 'c"]\nraise', "\\"))
    assert [shape.read({name: "x"}).name for name in ("a'b", 'c"]\nraise', "\\")] == ["x"] * 3


def test_rows_can_each_decide_what_they_are_given_and_be_left_out() -> None:
    rows = [{"itemName": "x", "of": "me"}, {"itemName": "y", "of": "you"}]
    found = Many(LINE).read_each(rows, lambda row: {"card": CARD} if row["of"] == "me" else None)
    assert [line.name for line in found] == ["x"]


def test_a_row_that_cannot_decide_is_a_fault_with_its_place_only() -> None:
    def decide(_: object) -> dict[str, object]:
        raise KeyError(SECRET)

    with pytest.raises(ShapeError, match=r"^\[0\]: cannot be read$"):
        Many(LINE).read_each([{"itemName": "x"}], decide)
    with pytest.raises(ShapeError, match=r"^\[0\]: object expected$"):
        Many(LINE).read_each([SECRET], lambda _: None)


def test_a_row_of_another_kind_of_mapping_is_read_too() -> None:
    row = MappingProxyType({"no": "1", "data": MappingProxyType({"rows": [MappingProxyType({"itemName": "x"})]})})
    assert SHEET.read(row, GIVEN_CARD) == read(data={"rows": [{"itemName": "x"}]})
    assert (
        Many(LINE).read_each([row["data"]["rows"][0]], lambda _: GIVEN_CARD)
        == read(data={"rows": [{"itemName": "x"}]}).lines
    )


@pytest.mark.parametrize("text", ["itemName", "", "no"])
def test_a_text_that_has_a_fields_name_in_it_is_no_row(text: str) -> None:
    with pytest.raises(ShapeError, match=r"^\[0\]: object expected$|^\[0\]\.: object expected$"):
        Many(NAMED).read([text])
