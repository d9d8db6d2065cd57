import gc
import warnings

import pytest

from connectors.core.outcomes import outcomes
from connectors.errors import ConnectorError, Unavailable

DOWN = Unavailable(system="town", interface="2.1")


async def answering(value: int) -> int:
    return value


async def failing(error: Exception) -> int:
    raise error


async def test_what_failed_stands_in_its_place() -> None:
    first, second, third = await outcomes(answering(1), failing(DOWN), answering(3))
    assert (first, third) == (1, 3)
    assert isinstance(second, ConnectorError)
    assert second.__traceback__ is None


async def test_a_fault_of_ours_is_raised_and_leaves_nothing_behind() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(KeyError):
            await outcomes(answering(1), failing(KeyError("ours")), answering(3))
        gc.collect()
