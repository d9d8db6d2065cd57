import pytest

from bench.bed import difference


@pytest.mark.parametrize(
    ("right", "given", "place"),
    [
        ({"a": {"b": 1}}, {"a": {"b": 2}}, "data.a.b: '2' for '1'"),
        ({"a": [1, 2, 3]}, {"a": [1, 5, 4]}, "data.a[1]: '5' for '2'"),
        ({"a": [1, 2]}, {"a": [1]}, "data.a: '[1]' for '[1, 2]'"),
        ({"a": 1}, {"b": 1}, "data: \"{'b': 1}\" for \"{'a': 1}\""),
        ({"a": 1}, None, "data: 'None' for \"{'a': 1}\""),
        ({"a": 1}, {"a": 1}, "errors"),
    ],
)
def test_the_first_difference_is_named(right: object, given: object, place: str) -> None:
    assert difference(right, given) == place


def test_long_values_are_cut() -> None:
    assert len(difference("x" * 1000, "y" * 1000)) < 200
