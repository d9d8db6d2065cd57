"""How often fields of a document have to be compared: those that answer under one name in one place have to agree."""

from collections import Counter
from collections.abc import Iterator, Sequence

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)


def repeated_pairs(document: DocumentNode, levels: int, fields: int) -> int:
    """Count the pairs of fields that validation compares, which takes time for each of them.

    Works on documents that are not validated yet: looks at so many levels and fields, which are all of them unless a
    fragment is inside itself.
    """
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    counting = _Counting(fragments, fields)
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            counting.place([node.selection_set], levels)
    return counting.pairs


class _Counting:
    def __init__(self, fragments: dict[str, FragmentDefinitionNode], fields: int) -> None:
        self._fragments = fragments
        self._left = fields
        self.pairs = 0

    def place(self, selections: Sequence[SelectionSetNode], levels: int) -> None:
        """Count where the selections stand together, and below."""
        times: Counter[str] = Counter()
        below: dict[str, list[SelectionSetNode]] = {}
        for field in self._fields(selections):
            key = field.alias.value if field.alias else field.name.value
            times[key] += 1
            if field.selection_set:
                below.setdefault(key, []).append(field.selection_set)
        self._left -= times.total()
        self.pairs += sum(count * (count - 1) // 2 for count in times.values())
        for merged in below.values():
            if levels <= 1 or self._left < 0:
                return
            self.place(merged, levels - 1)

    def _fields(self, selections: Sequence[SelectionSetNode]) -> Iterator[FieldNode]:
        waiting, spread = list(selections), set[str]()
        while waiting:
            for node in waiting.pop().selections:
                if isinstance(node, FieldNode):
                    yield node
                elif isinstance(node, FragmentSpreadNode):
                    fragment = self._fragments.get(node.name.value)
                    if fragment is not None and node.name.value not in spread:
                        spread.add(node.name.value)
                        waiting.append(fragment.selection_set)
                elif isinstance(node, InlineFragmentNode):
                    waiting.append(node.selection_set)
