"""Documents that attackers send, and the code that each must come back with."""

from typing import NamedTuple

TOO_COMPLEX = "QUERY_TOO_COMPLEX"
UNREADABLE = "GRAPHQL_PARSE_FAILED"
INVALID = "GRAPHQL_VALIDATION_FAILED"


class Attack(NamedTuple):
    """One document."""

    document: str
    code: str


def nested(levels: int) -> str:
    """Patients in cards in patients."""
    return "{ viewer { patients { " + "cards { patient { " * levels + "name" + " } }" * levels + " } } }"


def doubling(links: int) -> str:
    """Fragments each of which spreads the next one twice."""
    chain = "".join(
        f"fragment F{link} on Patient {{ a: cards {{ patient {{ ...F{link + 1} }} }} "
        f"b: cards {{ patient {{ ...F{link + 1} }} }} }} "
        for link in range(links)
    )
    return f"{{ viewer {{ patients {{ ...F0 }} }} }} {chain} fragment F{links} on Patient {{ name }}"


CIRCULAR_INTROSPECTION = "{{ __schema {{ types {{ {}name{} }} }} }}"
INTROSPECTIONS = {
    "types": "{ __schema { types { name fields { name } } } }",
    "one type": '{ __type(name: "Appointment") { fields { name } } }',
    "in a fragment": "{ ...A } fragment A on Query { s: __schema { queryType { fields { name } } } }",
    "in a circle": CIRCULAR_INTROSPECTION.format("fields { type { " * 4, " } }" * 4),
    "directives": "{ __schema { directives { name args { name } } } }",
}

ATTACKS = {
    "100 aliases of one field": Attack("{" + " ".join(f"a{i}: __typename" for i in range(101)) + "}", TOO_COMPLEX),
    "100 aliases of a field that asks hospitals": Attack(
        "{" + " ".join(f"a{i}: hospitals {{ departments {{ name }} }}" for i in range(101)) + "}", TOO_COMPLEX
    ),
    "a field 500 times": Attack("{" + " __typename" * 500 + "}", TOO_COMPLEX),
    "50 unknown directives at a field": Attack("{ __typename " + "@aa" * 50 + " }", TOO_COMPLEX),
    "300 known directives": Attack(
        "{" + " ".join(f"a{i}: __typename @include(if: true)" for i in range(300)) + "}", TOO_COMPLEX
    ),
    "deep nesting": Attack(nested(30), TOO_COMPLEX),
    "fragments that double": Attack(doubling(18), TOO_COMPLEX),
    "circular introspection": Attack(CIRCULAR_INTROSPECTION.format("fields { type { " * 12, " } }" * 12), TOO_COMPLEX),
    "a fragment in itself": Attack(
        "{ viewer { patients { ...A } } } fragment A on Patient { cards { patient { ...A } } }", INVALID
    ),
    "fragments in a circle": Attack(
        "{ viewer { patients { ...A } } } fragment A on Patient { ...B } fragment B on Patient { ...A }", INVALID
    ),
    "100,000 brackets in a value": Attack("{ node(id: " + "[" * 100_000, UNREADABLE),
    "100,000 braces": Attack("{" * 100_000, UNREADABLE),
    "a token of 500,000 letters": Attack("{ " + "a" * 500_000 + " }", INVALID),
    "a text of 500,000 letters": Attack('{ node(id: "' + "a" * 500_000 + '") { id ', UNREADABLE),
    "a block text that does not end": Attack('{ node(id: """' + "a\n" * 10_000, UNREADABLE),
    "100,000 tokens": Attack("{ " + "a " * 100_000 + "}", UNREADABLE),
    "a null byte": Attack("{ __typename\x00 }", UNREADABLE),
    "an unprintable name": Attack("{ __type\u200bname }", UNREADABLE),
    "a name in another script": Attack("{ ＿＿typename }", UNREADABLE),
    "text that runs from right to left": Attack("{ \u202eemanepyt__ }", UNREADABLE),
    "half a surrogate pair": Attack('{ node(id: "\\uD800") { id } }', UNREADABLE),
    "a code point beyond the last": Attack('{ node(id: "\\u{110000}") { id } }', UNREADABLE),
    "a schema definition": Attack("type Query { a: Int }", INVALID),
    "a subscription that does not exist": Attack("subscription { a }", INVALID),
}
