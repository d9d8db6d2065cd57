"""What all mutations share: the answer's form, and what counts as the user's matter."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated, Generic, TypeVar

from connectors.errors import Malformed, NotFound, Refused, Unavailable
from connectors.records.base import Doc
from connectors.records.problems import ProblemCode
from resolvers.presentation import sentence
from resolvers.problems import Problem

T = TypeVar("T")

_NOT_THE_USERS = frozenset({ProblemCode.UNAUTHENTICATED, ProblemCode.FORBIDDEN})


@dataclass(kw_only=True, slots=True)
class UserError:
    """Why a mutation was not done, for the user to mend or to know (用户错误)."""

    code: Annotated[ProblemCode, Doc("Stable code (错误代码).")]
    field: Annotated[str | None, Doc("Input field at fault, where it is one (字段).")] = None
    message: Annotated[str, Doc("Sentence that may be shown (提示).")]


@dataclass(kw_only=True, slots=True)
class Outcome(Generic[T]):
    """What a mutation came to: its result, or what the user is told."""

    result: T | None = None
    user_errors: list[UserError] = field(default_factory=list)


async def attempt(work: Callable[[], Awaitable[T]]) -> Outcome[T]:
    """Do the work; a refusal, ours or the hospital's, is told as a user error."""
    try:
        return Outcome(result=await work())
    except Problem as problem:
        if problem.code in _NOT_THE_USERS:
            raise
        return _told(problem.code, problem.message, problem.field)
    except (Refused, NotFound) as refusal:
        return _told(refusal.code, sentence(refusal), None)


async def sent(write: Awaitable[T], hospital_id: str) -> T:
    """Await a write: one without a readable answer may have been done, and is raised as STATE_UNKNOWN."""
    try:
        return await write
    except (Unavailable, Malformed) as failure:
        raise Unavailable(
            system=failure.system,
            interface=failure.interface,
            code=ProblemCode.STATE_UNKNOWN,
            upstream_code=failure.upstream_code,
            detail=failure.detail,
        ).at(hospital_id) from None


def _told(code: ProblemCode, message: str, at: str | None) -> Outcome[T]:
    return Outcome(user_errors=[UserError(code=code, field=at, message=message)])
