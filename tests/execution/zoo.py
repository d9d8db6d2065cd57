"""A schema with everything that can go right or wrong, and objects that decide by their seed what does."""

import asyncio
import datetime as dt
import zlib
from collections.abc import AsyncIterator, Generator
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import strawberry
from strawberry.schema.config import StrawberryConfig

INTERESTING = ("ok", "ok", "ok", "ok", "ok", "ok", "null", "error", "value", "wrong", "later", "undecided")


def number(*parts: object) -> int:
    """The same for the same parts, in every process."""
    return zlib.crc32(repr(parts).encode())


class Later:
    """Can be awaited any number of times."""

    def __init__(self, value: Any, turns: int) -> None:
        self.value, self.turns = value, turns

    def __repr__(self) -> str:
        return "Later"

    def __await__(self) -> Generator[Any, None, Any]:
        for _ in range(self.turns):
            yield from asyncio.sleep(0).__await__()
        if isinstance(self.value, Exception):
            raise self.value
        return self.value


class Broken(Exception):
    """What fields fail with."""


def spoil(seed: int, good: Any, wrong: Any) -> Any:
    """The good value, mostly."""
    match INTERESTING[seed % len(INTERESTING)]:
        case "null":
            return None
        case "error":
            raise Broken(f"broken {seed % 7}")
        case "value":
            return Broken(f"given {seed % 7}")
        case "wrong":
            return wrong
        case "later":
            return Later(Broken("late") if seed % 5 == 0 else good, seed % 3)
    return good


class Mood(Enum):
    CALM = "calm"
    WILD = "wild"


class Beast:
    """An object of any kind; its attributes come from its seed, the same whenever they are read."""

    calm = False

    def __init__(self, kind: str, seed: int, depth: int = 0) -> None:
        self.kind, self.seed, self.depth = kind, seed, depth

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in MAKERS:
            raise AttributeError(name)
        good, wrong = MAKERS[name](self, number(self.seed, name))
        # One attribute in three is troubled, so that most objects have some that are not.
        if number(self.seed, name, "calm") % 3:
            return good
        return spoil(number(self.seed, name, "fate"), good, wrong)

    def other(self, seed: int, *kinds: str) -> "Beast":
        return Beast(kinds[seed % len(kinds)], seed, self.depth + 1)

    def others(self, seed: int, *kinds: str) -> Any:
        if self.depth > 3:
            return []
        found: list[Any] = [self.other(number(seed, index), *kinds) for index in range(seed % 4)]
        if found and seed % 11 == 0:
            found[seed % len(found)] = (None, Broken("item"), Later(found[0], 1), 7)[seed // 11 % 4]
        return (found, tuple(found), iter(found))[0 if seed % 5 else seed // 5 % 3 if seed % 3 else 0]


MAKERS: dict[str, Any] = {
    "name": lambda _, seed: (f"name {seed % 9}", {}),
    "nickname": lambda _, seed: (seed % 50 if seed % 4 == 0 else "nick", []),
    "age": lambda _, seed: (seed % 30, 2**40 if seed % 2 else "old"),
    "weight": lambda _, seed: (seed % 30 / 4, float("nan") if seed % 2 else float("inf")),
    "tame": lambda _, seed: (seed % 2 == 0, "yes"),
    "mood": lambda _, seed: (Mood.CALM if seed % 2 else Mood.WILD, "angry"),
    "born": lambda _, seed: (dt.date(2020, 1, 1 + seed % 28), "yesterday"),
    "price": lambda _, seed: (Decimal(seed % 100), object),
    "odd": lambda _, seed: (seed % 10, -1),
    "tags": lambda _, seed: ([f"t{n}" for n in range(seed % 3)], "not a list"),
    "grid": lambda _, seed: ([[n, seed % 5] for n in range(seed % 3)], [[1], None, 3]),
    "maybe_grid": lambda _, seed: ([[n, None] for n in range(seed % 3)], [[1], None, ["x"]]),
    "moods": lambda _, seed: ([Mood.CALM, None][: seed % 3], [Mood.WILD, "angry"]),
    "mate": lambda self, seed: (None if self.depth > 3 else self.other(seed, self.kind), self.other(seed, "Rock")),
    "keeper": lambda self, seed: (self.other(seed, "Keeper"), "nobody"),
    "friends": lambda self, seed: (self.others(seed, "Cat", "Dog"), 5),
    "things": lambda self, seed: (self.others(seed, "Cat", "Rock", "Keeper"), "abc"),
    "toys": lambda self, seed: (self.others(seed, "Rock"), {}),
    "keepers": lambda self, seed: (self.others(seed, "Keeper"), None),
}


def fate(self: Any, info: strawberry.Info, good: Any, wrong: Any) -> Any:
    seed = number(getattr(self, "seed", info.context["seed"]), info.field_name, str(info.path.key))
    return good if seed % 2 else spoil(number(seed), good, wrong)


async def turns(self: Any, info: strawberry.Info) -> None:
    for _ in range(number(getattr(self, "seed", info.context["seed"]), str(info.path.key), "turns") % 4):
        await asyncio.sleep(0)


@strawberry.input
class Range:
    low: int = 1
    high: int | None = None
    moods: list[Mood] = strawberry.field(default_factory=lambda: [Mood.CALM])


@strawberry.input
class Search:
    text: str
    within: Range | None = strawberry.UNSET
    ranges: list[list[Range]] | None = None


Count = Annotated[int, strawberry.argument(description="how many")]


def _is(kind: str) -> Any:
    return classmethod(lambda _, value, __: getattr(value, "kind", None) == kind)


async def _slow_friends(self: Any, info: strawberry.Info, first: Count = 2) -> Any:
    await turns(self, info)
    return fate(self, info, [self.other(number(self.seed, n), "Cat", "Dog") for n in range(first % 4)], 3)


def _promised(self: Any, info: strawberry.Info) -> Any:
    return Later(fate(self, info, "promise", {}), number(self.seed) % 3)


async def _stream(self: Any, info: strawberry.Info) -> AsyncIterator[Any]:
    for n in range(number(self.seed) % 4):
        await turns(self, info)
        yield fate(self, info, n, "x")


@strawberry.interface
class Animal:
    name: str
    nickname: str | None
    age: int | None
    mood: Mood
    mate: "Animal | None"
    friends: "list[Animal | None] | None"
    keeper: "Keeper | None"

    @strawberry.field
    async def slow_name(self, info: strawberry.Info) -> str:
        await turns(self, info)
        return fate(self, info, f"slow {self.seed % 9}", {})

    slow_friends: "list[Animal]" = strawberry.field(resolver=_slow_friends)
    promised: str | None = strawberry.field(resolver=_promised)


@strawberry.type
class Cat(Animal):
    tame: bool
    weight: float | None
    is_type_of = _is("Cat")

    @strawberry.field
    def sync_mate(self, info: strawberry.Info) -> "Cat":
        return fate(self, info, self.other(number(self.seed, "sync"), "Cat"), self.other(1, "Dog"))


@strawberry.type
class Dog(Animal):
    price: Decimal
    grid: list[list[int]]
    is_type_of = _is("Dog")

    @strawberry.field
    def said(self, info: strawberry.Info, text: str, loud: bool = False, mood: Mood | None = None) -> str | None:
        return fate(self, info, f"{text} {loud} {mood}", [])


@strawberry.type
class Rock:
    weight: float
    maybe_grid: list[list[int | None] | None] | None
    moods: list[Mood | None] | None
    odd: int
    is_type_of = _is("Rock")


@strawberry.type
class Keeper:
    name: str | None
    born: dt.date | None
    tags: list[str] | None
    toys: list[Rock]
    things: "list[Annotated[Cat | Rock | Keeper, strawberry.union('Thing')]] | None"
    is_type_of = _is("Keeper")

    @strawberry.field
    async def slow_keeper(self, info: strawberry.Info) -> "Keeper | None":
        await turns(self, info)
        return fate(self, info, self.other(number(self.seed, "slow"), "Keeper"), 3)

    @strawberry.field
    def count(self, info: strawberry.Info, search: Search, first: Count = 3) -> int:
        return fate(self, info, len(repr(search)) + first, "many")


def _root(kind: str, *parts: object) -> Any:
    return lambda info: Beast(kind, number(info.context["seed"], *parts))


@strawberry.type
class Query:
    @strawberry.field
    def cat(self, info: strawberry.Info) -> Cat | None:
        return fate(self, info, _root("Cat")(info), _root("Dog")(info))

    @strawberry.field
    async def animals(self, info: strawberry.Info, first: int | None = 3) -> list[Animal | None]:
        await turns(self, info)
        return fate(self, info, [_root("Dog" if n % 2 else "Cat", n)(info) for n in range((first or 0) % 5)], [1])

    @strawberry.field
    async def keeper(self, info: strawberry.Info) -> Keeper:
        await turns(self, info)
        return fate(self, info, _root("Keeper")(info), None) or _root("Keeper", 2)(info)

    @strawberry.field
    def search(self, info: strawberry.Info, search: Search) -> str | None:
        return fate(self, info, repr(search), object())

    @strawberry.field
    def odd(self, value: int = 7) -> int | None:
        return value


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def write(self, info: strawberry.Info, text: str) -> str | None:
        info.context["log"].append(f"begin {text}")
        await turns(self, info)
        info.context["log"].append(f"end {text}")
        return fate(self, info, text, {})

    @strawberry.mutation
    def note(self, info: strawberry.Info, text: str = "note") -> Keeper:
        info.context["log"].append(text)
        return fate(self, info, _root("Keeper", text)(info), 3)


schema = strawberry.Schema(Query, Mutation, types=[Cat, Dog], config=StrawberryConfig(auto_camel_case=True))
zoo = schema._schema  # noqa: SLF001 # strawberry has no public name for it
