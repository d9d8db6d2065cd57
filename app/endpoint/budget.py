"""The budget of an operation in calls to hospitals, checked before any is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode

from app.endpoint.call_shape import CallShape, shape_of
from app.endpoint.documents import Document
from resolvers.access_control.reach import Reach
from resolvers.pages import MOST


@dataclass(frozen=True, slots=True)
class AllowedCalls:
    """How many calls an operation may need, in all and at one hospital."""

    operation: int = 3000
    hospital: int = 1500


class CallBudget:
    """Refuses operations that may need more calls than allowed."""

    def __init__(self, schema: GraphQLSchema, hospitals: int, allowed: AllowedCalls) -> None:
        """Take the schema, how many hospitals there are, and what is allowed."""
        self._schema = schema
        self._hospitals = hospitals
        self._allowed = allowed
        self._shapes: WeakKeyDictionary[Document, dict[str | None, CallShape]] = WeakKeyDictionary()

    def problem(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        reach: Reach,
        variables: Mapping[str, Any] | None,
    ) -> GraphQLError | None:
        """Say why the operation is not run for who reaches so much; None when it may be."""
        shape = self._shape(document, operation)
        sizes = shape.sizes(variables)
        if sizes and max(sizes) > MOST:
            return GraphQLError(
                f"A page has at most {MOST} rows.", extensions={"code": "PAGE_TOO_LARGE", "allowed": MOST}
            )
        needed = shape.calls(reach, self._hospitals, sizes)
        if needed.total > self._allowed.operation:
            return _too_expensive("operation", needed.total, self._allowed.operation)
        if needed.at_hospital > self._allowed.hospital:
            return _too_expensive("hospital", needed.at_hospital, self._allowed.hospital)
        return None

    def _shape(self, document: Document, operation: OperationDefinitionNode) -> CallShape:
        """Work it out once for a document, as long as that is kept."""
        shapes = self._shapes.get(document)
        if shapes is None:
            shapes = self._shapes[document] = {}
        name = operation.name.value if operation.name else None
        shape = shapes.get(name)
        if shape is None:
            shape = shapes[name] = shape_of(self._schema, document, operation)
        return shape


def _too_expensive(per: str, needed: int, allowed: int) -> GraphQLError:
    return GraphQLError(
        f"The operation may need {needed} calls to hospitals; allowed are {allowed} per {per}.",
        extensions={"code": "QUERY_TOO_EXPENSIVE", "per": per.upper(), "needed": needed, "allowed": allowed},
    )
