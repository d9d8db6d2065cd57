"""What resolvers are handed besides their source."""

from typing import Any

from strawberry.types import Info
from strawberry.types.field import StrawberryField


class ReadyInfo(Info[Any, Any]):
    """Strawberry's info with the context at hand, which nearly every resolver reads."""

    context: Any = None  # an attribute in the place of a property

    def __init__(self, _raw_info: Any, _field: StrawberryField) -> None:
        """Take what strawberry gives."""
        self._raw_info = _raw_info
        self._field = _field
        self.context = _raw_info.context
