"""Names of operations: the log and the audit log are no place for texts that a client made up."""

import re

from graphql import OperationDefinitionNode

# Nor for a number of a person that a client has put into a name.
_KEPT = re.compile(r"(?!.*\d{6})[A-Za-z_][A-Za-z0-9_]{0,99}")


def is_kept(name: str | None) -> bool:
    """Say whether a name may be kept."""
    return name is not None and _KEPT.fullmatch(name) is not None


def kept_name(operation: OperationDefinitionNode) -> str | None:
    """Return the operation's name; None where it has none, or one that is not kept."""
    name = operation.name.value if operation.name else None
    return name if is_kept(name) else None
