"""How deep a document goes and how many fields it asks for, fragments spread out, in time linear to its length."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Size:
    """Levels of fields, and fields after spreading the fragments."""

    depth: int = 0
    fields: int = 0

    def beside(self, other: "Size") -> "Size":
        """Add what stands in the same selection."""
        return Size(max(self.depth, other.depth), self.fields + other.fields)


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """What a document may have. The query that GraphiQL asks the schema with needs 15 levels."""

    tokens: int = 4000
    depth: int = 20
    fields: int = 1500

    def problem(self, document: DocumentNode) -> GraphQLError | None:
        """Say what is wrong with the document, None if nothing."""
        size = size_of(document)
        if size.depth > self.depth:
            return _error(f"The document has {size.depth} levels; allowed are {self.depth}.")
        if size.fields > self.fields:
            return _error(f"The document asks for {size.fields} fields; allowed are {self.fields}.")
        return None


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
            return Size(inner.depth + 1, inner.fields + 1)
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


def _error(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": "QUERY_TOO_COMPLEX"})
