"""Errors about a document name what is wrong in it and quote no value of it."""

import pytest
from graphql import GraphQLError, GraphQLSyntaxError, build_schema, parse, validate

from app.endpoint.discretion import discreet

SCHEMA = build_schema(
    """
    enum Gender { MALE FEMALE }
    scalar Day
    input Card { hospital: ID!, number: Int, gender: Gender, day: Day, tags: [Int!] }
    type Query { card(by: Card, numbers: [Int!], flag: Boolean, name: String): Int }
    """
)
NAME, NUMBER = "王小明 Wang Xiaoming", "110101199003071234"


def sentences(document: str) -> list[str]:
    try:
        node = parse(document)
    except GraphQLSyntaxError as error:
        return [discreet(error)]
    return [discreet(error) for error in validate(SCHEMA, node)]


@pytest.mark.parametrize(
    "document",
    [
        f'{{ card(by: {{hospital: "1", number: "{NAME}"}}) }}',
        f'{{ card(by: {{hospital: "1", number: {NUMBER}}}) }}',
        f'{{ card(by: {{hospital: "1", gender: "{NAME}"}}) }}',
        '{ card(by: {hospital: "1", gender: WangXiaoming}) }',
        f'{{ card(by: {{hospital: ["{NAME}"]}}) }}',
        f'{{ card(by: "{NAME}") }}',
        f'{{ card(by: ["{NAME}"]) }}',
        f'{{ card(numbers: [1, "{NAME}"]) }}',
        f'{{ card(numbers: {{a: "{NAME}"}}) }}',
        f'{{ card(flag: "{NAME}") }}',
        f'{{ card(name: {{a: "{NAME}"}}) }}',
        f'query($x: Int = "{NAME}") {{ card(numbers: [$x]) }}',
        f'{{ card(a: "{NAME}") }}',
        f"{{ card(a{NUMBER}: 1) }}",
        f"{{ a{NUMBER} }}",
        f"{{ card @a{NUMBER} }}",
        f"{{ ...A{NUMBER} }}",
        f"query($v{NUMBER}: Int) {{ card }}",
        f"query($v: T{NUMBER}) {{ card }}",
        f'{{ "{NAME}" }}',
        f'{{ """{NAME}""" }}',
        f"{{ {NAME} }}",
        f"{{ {NUMBER} }}",
        f'{{ card(name: "{NAME}',
        f"{{ card a{NUMBER}: }}",
        "WangXiaoming",
        "{ " + "a" * 10_000 + " }",
    ],
)
def test_no_value_is_quoted(document: str) -> None:
    told = sentences(document)

    assert told
    for sentence in told:
        assert "Xiaoming" not in sentence
        assert "王" not in sentence
        assert NUMBER not in sentence
        assert len(sentence) < 300


def test_nor_by_a_scalar_of_our_own() -> None:
    assert "1101" not in discreet(GraphQLError(f'Value cannot represent a Date: "{NUMBER}"'))


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("{ cart }", "Cannot query field 'cart' on type 'Query'. Did you mean 'card'?"),
        ("{ card(by: {}) }", "Expected value of type 'Card' to include required field 'hospital'"),
        (
            '{ card(by: {hospital: "1", colour: 1}) }',
            "Expected value of type 'Card' not to include unknown field 'colour'",
        ),
        ("{ card(xxyyzz: 1) }", "Unknown argument 'xxyyzz' on field 'Query.card'."),
        ("{ card", "Syntax Error: Expected Name, found <EOF>."),
        ("{ card(flag: 7) }", "A value in the document does not fit its type"),
    ],
)
def test_names_are_told(document: str, sentence: str) -> None:
    assert sentences(document) == [sentence]
