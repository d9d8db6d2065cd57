"""What tests of the benchmark are given."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from bench.mock import Route

Serving = Callable[[Sequence[Route]], AbstractContextManager[str]]
"""Starts the mock on routes; the value of the block is its address."""
