"""What a document has as it is written: aliases, directives, fragments, and fields that one place asks for again."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    SelectionSetNode,
    Visitor,
    visit,
)


class Written(Visitor):
    """The counts of one document."""

    def __init__(self, document: DocumentNode) -> None:
        """Count. Works on documents that are not validated yet."""
        super().__init__()
        self.aliases = 0
        self.directives = 0
        self.directives_at_one_place = 0
        self.fragments = 0
        self.same_field = 0
        visit(document, self)

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """Count an alias."""
        self.aliases += node.alias is not None

    def enter_directive(self, _node: DirectiveNode, _key: Any, beside: Sequence[Any], *_: Any) -> None:
        """Count a directive, and those that stand beside it."""
        self.directives += 1
        self.directives_at_one_place = max(self.directives_at_one_place, len(beside))

    def enter_fragment_definition(self, _node: FragmentDefinitionNode, *_: Any) -> None:
        """Count a fragment."""
        self.fragments += 1

    def enter_selection_set(self, node: SelectionSetNode, *_: Any) -> None:
        """Count how often a place asks for the same field, whatever it calls it."""
        names = Counter(each.name.value for each in node.selections if isinstance(each, FieldNode))
        self.same_field = max(self.same_field, *names.values(), 0)
