"""Parsed and validated documents, remembered: the same text is worked on once."""

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    Node,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    Token,
    TokenKind,
    Visitor,
    parse,
    specified_rules,
    validate,
    visit,
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


class Document:
    """A valid document, and its operations by name; None names the only one."""

    def __init__(self, node: DocumentNode) -> None:
        """Take the validated document."""
        self.node = node
        operations = [each for each in node.definitions if isinstance(each, OperationDefinitionNode)]
        self._operations: dict[str | None, OperationDefinitionNode] = {
            each.name.value: each for each in operations if each.name
        }
        if len(operations) == 1:
            self._operations[None] = operations[0]

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Return the operation to run; raises BadRequest when the name does not decide."""
        chosen = self._operations.get(name)
        if chosen is None:
            raise BadRequest(400, "OPERATION_RESOLUTION_FAILURE", "Name one operation of the document")
        return chosen


class Documents:
    """Parses and validates against one schema, within limits. Only valid documents are kept."""

    def __init__(self, schema: GraphQLSchema, limits: DocumentLimits, *, introspection: bool = True) -> None:
        """Take the schema, the limits, and whether the schema may be asked about itself."""
        self._schema = schema
        self._limits = limits
        self._rules = specified_rules if introspection else (*specified_rules, NoSchemaIntrospectionCustomRule)
        self._known: LRUCache[str, Document] = LRUCache(_KEPT)

    def read(self, text: str) -> Document:
        """Return the valid document; raises InvalidDocument."""
        known = self._known.get(text)
        if known is None:
            known = Document(self._checked(text))
            if len(text) <= _LONGEST_KEPT:
                self._known[text] = known
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
        visit(document, _TokensForgotten())
        return document


class _TokensForgotten(Visitor):
    """Keeps the places of the nodes but not the tokens.

    A token holds on to its neighbours, and so all to each other until the garbage collector comes.
    """

    _NONE = Token(TokenKind.SOF, 0, 0, 0, 0)

    def enter(self, node: Node, *_: object) -> None:
        if node.loc is not None:
            node.loc.start_token = node.loc.end_token = self._NONE


def _coded(error: GraphQLError, code: str) -> GraphQLError:
    error.extensions = {**(error.extensions or {}), "code": code}
    return error
