"""Parsed and validated documents, remembered: the same text is worked on once."""

from collections.abc import Sequence

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
from app.endpoint.discretion import discreet
from app.endpoint.requests import BadRequest

_KEPT = 1000
_MOST_ERRORS = 5
# Longer ones are read anew each time, so that the store has a bound in bytes too.
LONGEST_KEPT = 16 * 1024


class InvalidDocument(Exception):  # says what it is
    """A document that cannot be run: its errors, each with its code."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        """Take the errors."""
        self.errors = errors
        super().__init__("invalid document")


class Document:
    """A valid document, and its operations by name; None names the only one.

    `trusted`: it is one of the manifest. `introspection`: why it is not run for those who may not ask for the schema.
    """

    def __init__(
        self, text: str, node: DocumentNode, introspection: Sequence[GraphQLError] = (), *, trusted: bool = False
    ) -> None:
        """Take the validated document."""
        self.text = text
        self.node = node
        self.introspection = introspection
        self.trusted = trusted
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

    def __init__(self, schema: GraphQLSchema, limits: DocumentLimits) -> None:
        """Take the schema and the limits."""
        self._schema = schema
        self._limits = limits
        self._known: LRUCache[str, Document] = LRUCache(_KEPT)

    def read(self, text: str, *, suggestions: bool = False) -> Document:
        """Return the valid document; raises InvalidDocument, whose sentences may suggest names of the schema."""
        known = self._known.get(text)
        if known is None:
            node = self._checked(text, suggestions=suggestions)
            known = Document(text, node, self._introspection(node))
            if len(text) <= LONGEST_KEPT:
                self._known[text] = known
        return known

    def trusted(self, text: str) -> Document:
        """Return a document of the manifest, which is not kept here; raises InvalidDocument."""
        return Document(text, self._checked(text, suggestions=True), trusted=True)

    def _introspection(self, node: DocumentNode) -> list[GraphQLError]:
        errors = validate(self._schema, node, [NoSchemaIntrospectionCustomRule], max_errors=1)[:1]
        return [_coded(error, "INTROSPECTION_DISABLED") for error in errors]

    def _checked(self, text: str, *, suggestions: bool) -> DocumentNode:
        try:
            document = parse(text, max_tokens=self._limits.tokens)
            excess = self._limits.problem(document)
            if excess is not None:
                raise InvalidDocument([excess])
            errors = validate(
                self._schema, document, specified_rules, max_errors=_MOST_ERRORS, hide_suggestions=not suggestions
            )
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
    error.message = discreet(error)
    error.extensions = {**(error.extensions or {}), "code": code}
    return error
