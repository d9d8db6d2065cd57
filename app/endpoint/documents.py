"""Parsed and validated documents, remembered: the same text is worked on once."""

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
    validate,
)

from app.endpoint.requests import BadRequest

_KEPT = 1000
_MOST_ERRORS = 20


class InvalidDocument(Exception):  # says what it is
    """A document that cannot be run: its errors, each with its code."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        """Take the errors."""
        self.errors = errors
        super().__init__("invalid document")


class Documents:
    """Parses and validates against one schema, up to a number of tokens."""

    def __init__(self, schema: GraphQLSchema, max_tokens: int) -> None:
        """Take the schema and the limit."""
        self._schema = schema
        self._max_tokens = max_tokens
        self._known: LRUCache[str, DocumentNode] = LRUCache(_KEPT)

    def read(self, text: str) -> DocumentNode:
        """Return the valid document; raises InvalidDocument."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._checked(text)
        return known

    def _checked(self, text: str) -> DocumentNode:
        try:
            document = parse(text, max_tokens=self._max_tokens)
            errors = validate(self._schema, document, max_errors=_MOST_ERRORS)
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
