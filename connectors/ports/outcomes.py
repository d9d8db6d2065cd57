"""What methods answer that ask for several at once: one outcome per element, in order."""

from collections.abc import Sequence
from typing import TypeAlias, TypeVar

from connectors.errors import ConnectorError

T = TypeVar("T")
Outcome: TypeAlias = T | ConnectorError
Outcomes: TypeAlias = Sequence[T | ConnectorError]
