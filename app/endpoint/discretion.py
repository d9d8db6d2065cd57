"""What graphql-core says about a document, without the values that stand in it: they may be a patient's."""

import re

from graphql import (
    BooleanValueNode,
    EnumValueNode,
    FloatValueNode,
    GraphQLError,
    GraphQLSyntaxError,
    IntValueNode,
    ListValueNode,
    StringValueNode,
)

_SINGLE = (BooleanValueNode, EnumValueNode, FloatValueNode, IntValueNode, ListValueNode, StringValueNode)
_UNFIT = "A value in the document does not fit its type"
_TOKEN = re.compile(r"\b(Name|String|BlockString|Int|Float) ['\"].*", re.DOTALL)
# No name of the schema is like that, nor one that a person writes for programs.
_DUBIOUS = re.compile(r"\w*(?:\d{6}|[^\x00-\x7f])[^\s'\"]*|\w{101,}")


def discreet(error: GraphQLError) -> str:
    """Return the error's sentence with the names that it is about, and no value."""
    if isinstance(error, GraphQLSyntaxError):
        return _DUBIOUS.sub("…", _TOKEN.sub(r"\1", error.message))
    about = error.nodes[0] if error.nodes else None
    if isinstance(about, _SINGLE) or "cannot represent" in error.message:
        return _UNFIT
    # Which field of an object is missing or unknown; behind that the object itself is quoted.
    return _DUBIOUS.sub("…", error.message.partition(", found: ")[0])
