"""Parsed and validated documents, remembered: the same text is worked on once."""

import hashlib

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)

from app.endpoint.complexity import DocumentLimits
from app.endpoint.requests import BadRequest

_KEPT = 1000
_MOST_ERRORS = 20
# Longer ones are read anew each time, so that the store has a bound in bytes too.
_LONGEST_KEPT = 16 * 1024


class InvalidDocument(Exception):  # says what it is
    """A document that cannot be run: its errors, each with its code."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        """Take the errors."""
        self.errors = errors
        super().__init__("invalid document")


class Documents:
    """Parses and validates against one schema, within limits. Only valid documents are kept."""

    def __init__(self, schema: GraphQLSchema, limits: DocumentLimits, *, introspection: bool = True) -> None:
        """Take the schema, the limits, and whether the schema may be asked about itself."""
        self._schema = schema
        self._limits = limits
        self._rules = specified_rules if introspection else (*specified_rules, NoSchemaIntrospectionCustomRule)
        self._known: LRUCache[bytes, DocumentNode] = LRUCache(_KEPT)

    def read(self, text: str) -> DocumentNode:
        """Return the valid document; raises InvalidDocument."""
        key = hashlib.blake2b(text.encode(), digest_size=32).digest()
        known = self._known.get(key)
        if known is None:
            known = self._checked(text)
            if len(text) <= _LONGEST_KEPT:
                self._known[key] = known
        return known

    def _checked(self, text: str) -> DocumentNode:
        try:
            document = parse(text, max_tokens=self._limits.tokens)
            excess = self._limits.problem(document)
            if excess is not None:
                raise InvalidDocument([excess])
            errors = validate(self._schema, document, self._rules, max_errors=_MOST_ERRORS)
        except GraphQLSyntaxError as error:
            raise InvalidDocument([_coded(error, "GRAPHQL_PARSE_FAILED")]) from None
        except RecursionError:
            too_deep = GraphQLError("The document is nested too deeply")
            raise InvalidDocument([_coded(too_deep, "GRAPHQL_PARSE_FAILED")]) from None
        if errors:
            raise InvalidDocument([_coded(error, "GRAPHQL_VALIDATION_FAILED") for error in errors])
        return document


def operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """Return the operation to run; raises BadRequest when the name does not decide."""
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    chosen = [node for node in operations if name is None or (node.name and node.name.value == name)]
    if len(chosen) != 1:
        raise BadRequest(400, "OPERATION_RESOLUTION_FAILURE", "Name one operation of the document")
    return chosen[0]


def _coded(error: GraphQLError, code: str) -> GraphQLError:
    error.extensions = {**(error.extensions or {}), "code": code}
    return error
