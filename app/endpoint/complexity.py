"""What a document may have, and what it has with its fragments spread out, measured in time linear to its length."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)
from pydantic import BaseModel, ConfigDict, Field

from app.endpoint.repetition import repeated_pairs
from app.endpoint.written import Written

# A limit, what the document has of it, and what that is.
_Found = tuple[str, int, str]
Most = Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True)
class Size:
    """Levels of fields, fields and those of the outermost level, after spreading the fragments."""

    depth: int = 0
    fields: int = 0
    root_fields: int = 0

    def beside(self, other: "Size") -> "Size":
        """Add what stands in the same selection."""
        return Size(max(self.depth, other.depth), self.fields + other.fields, self.root_fields + other.root_fields)


class DocumentLimits(BaseModel):
    """The most that a document may have. The query that GraphiQL asks the schema with needs 15 levels.

    `same_field` is how often one place may ask for a field, under whatever names; `repeated_pairs` how many pairs of
    fields may have the same name in the same place, fragments spread out: to compare them takes the most time of all.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    tokens: Annotated[int, Field(ge=100)] = 4000
    depth: Most = 20
    fields: Most = 1500
    root_fields: Most = 30
    aliases: Most = 60
    same_field: Most = 20
    repeated_pairs: Most = 2000
    directives: Most = 100
    directives_at_one_place: Most = 3
    fragments: Most = 60

    def problem(self, document: DocumentNode) -> GraphQLError | None:
        """Say what is wrong with the document, None if nothing."""
        for limit, found, what in self._counts(document):
            allowed: int = getattr(self, limit)
            if found > allowed:
                return GraphQLError(
                    f"The document has {found} {what}; allowed are {allowed}.",
                    extensions={"code": "QUERY_TOO_COMPLEX", "needed": found, "allowed": allowed},
                )
        return None

    def _counts(self, document: DocumentNode) -> Iterator[_Found]:
        size, written = size_of(document), Written(document)
        yield from (
            ("depth", size.depth, "levels"),
            ("fields", size.fields, "fields"),
            ("root_fields", size.root_fields, "fields at the root"),
            ("aliases", written.aliases, "aliases"),
            ("same_field", written.same_field, "times the same field in one place"),
            ("directives", written.directives, "directives"),
            ("directives_at_one_place", written.directives_at_one_place, "directives in one place"),
            ("fragments", written.fragments, "fragments"),
        )
        # Only when all of that is known to be bounded.
        yield "repeated_pairs", repeated_pairs(document, self.depth, self.fields), "pairs of fields of one name"


def size_of(document: DocumentNode) -> Size:
    """Measure all operations together. Works on documents that are not validated yet."""
    measure = _Measure(
        {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    )
    size = Size()
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            size = size.beside(measure.selections(node.selection_set))
    return size


class _Measure:
    """Measures each fragment once: spread out one by one, a short chain of them doubles at every link."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._known: dict[str, Size] = {}

    def selections(self, selection_set: SelectionSetNode | None) -> Size:
        size = Size()
        for node in selection_set.selections if selection_set else ():
            size = size.beside(self._selection(node))
        return size

    def _selection(self, node: SelectionNode) -> Size:
        if isinstance(node, FieldNode):
            inner = self.selections(node.selection_set)
            return Size(inner.depth + 1, inner.fields + 1, 1)
        if isinstance(node, InlineFragmentNode):
            return self.selections(node.selection_set)
        return self._fragment(node.name.value) if isinstance(node, FragmentSpreadNode) else Size()

    def _fragment(self, name: str) -> Size:
        fragment = self._fragments.get(name)
        if fragment is None:
            return Size()
        if name not in self._known:
            # A fragment inside itself counts as nothing: validation refuses it.
            self._known[name] = Size()
            self._known[name] = self.selections(fragment.selection_set)
        return self._known[name]
