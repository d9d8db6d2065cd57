"""The town: vendor-neutral data that every simulated hospital system serves from."""

from sandbox.town.making import build_town
from sandbox.town.town import Town, owned

__all__ = ["Town", "build_town", "owned"]
