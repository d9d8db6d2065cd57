"""CPU of a home-screen operation over ready objects: compiled, and by graphql-core. No network, no hospital.

python -m bench.execution [seconds per variant]
"""

import functools
import gc
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop
from graphql import OperationDefinitionNode, execute, parse, validate

from app.execution import compile_operation
from schema.build import core_schema
from tests.execution.stubs import Town, made_up_town

HOME_SCREEN = """
query HomeScreen($first: Int!) { viewer { patients {
  id name relation gender birthDate phone identityNumber
  cards { number holderName status balance hospital { code name } }
  charges { totalCount nodes { id item amount hospital { code } } failures { hospital { code } code message } }
  bills(first: $first) { totalCount nodes { total chargedAt items { name amount } hospital { code } } }
  visits { totalCount nodes { startedAt visitClass hospital { code } } failures { hospital { code } code } }
  reports { totalCount nodes { title reportedAt hospital { code } } failures { hospital { code } code } }
  prescriptions { totalCount nodes { prescribedAt hospital { code } } failures { hospital { code } code } }
  appointments { totalCount nodes { kind startsAt hospital { code } } failures { hospital { code } code } }
} } }
"""
VARIABLES = {"first": 10}


def ready(town: Town, field: Any, base: Any) -> Callable[..., Any]:
    """Make a resolver that answers what was made beforehand."""
    answer = town.value(field.type, 1)

    async def later(*_: Any, **__: Any) -> Any:
        return answer

    return functools.wraps(base.wrapped_func)(later if base.is_async else lambda *_, **__: answer)


async def measure(name: str, run: Callable[[], Awaitable[Any]], seconds: float) -> None:
    """Run again and again, and say what one run costs."""
    result = await run()
    if result.errors:
        raise RuntimeError(result.errors)
    for _ in range(20):
        await run()
    gc.collect()
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        started = time.process_time()
        for _ in range(5):
            await run()
        times.append((time.process_time() - started) / 5)
    print(f"{name:14} {sorted(times)[len(times) // 2] * 1e6:8.0f} us per operation")  # noqa: T201 # its output


async def main(seconds: float) -> None:
    """Measure both."""
    document = parse(HOME_SCREEN)
    operation = next(node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    started = time.process_time()
    plan = compile_operation(core_schema, document, operation, {})
    if plan is None or validate(core_schema, document):
        raise RuntimeError("not a valid operation, or not compiled")
    await plan.execute(None, VARIABLES)
    print(f"compile and first run {(time.process_time() - started) * 1000:.1f} ms")  # noqa: T201 # its output
    await measure("compiled", lambda: plan.execute(None, VARIABLES), seconds)
    await measure("graphql-core", lambda: execute(core_schema, document, None, None, VARIABLES), seconds)  # type: ignore[return-value, arg-type]  # awaitable: some resolvers are async


if __name__ == "__main__":
    with made_up_town(core_schema, Town(core_schema, items=4), stub=ready):
        uvloop.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0))
