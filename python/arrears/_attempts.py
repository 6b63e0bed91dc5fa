"""Plans of attempts: when the numbers of a person may be called as long as nobody answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Required, TypedDict

from arrears import _html
from arrears._permission import Answer, Decisive, NotEnabled, decisive_of
from arrears._standing import Clock


class Dialled(TypedDict):
    """A number that is dialled."""

    number: str
    """The number, written as the history writes it."""
    kind: str
    """What number it is: `mobile`, `home`, `work`."""


Slot = TypedDict("Slot", {"from": Clock, "to": Clock})
"""A time of the day by the clock of the first zone, its end not included: `{"from": "09:00", "to": "12:00"}`."""


class AttemptPlan(TypedDict, total=False):
    """How a call is to be attempted. All of it narrows what the law permits, and nothing widens it."""

    numbers: Required[list[Dialled]]
    """The numbers; they take turns."""
    a_day: Required[int]
    """Attempts of one local date, over all numbers, calls of the history included; 1 to 24."""
    days: Required[int]
    """Local dates on which attempts may be made, that of the proposed moment the first; 1 to 31."""
    apart: int
    """Minutes from one attempt to the next, the last call of the history included; 1 if not given."""
    slots: list[Slot]
    """Times of the day in which attempts are made; all day if not given."""
    drop_after: dict[str, int]
    """After so many attempts of a number with this result, over history and plan, it is not tried again."""


@dataclass(frozen=True)
class Attempt:
    """One attempt."""

    at: datetime
    """When it is made, by the clock of the first zone."""
    number: str
    kind: str


@dataclass(frozen=True)
class LeftOut:
    """Why no attempt of a number is made."""

    why: str
    """`not_known`: zones or earlier contacts are not; `result`: attempts of the history ended often enough with one
    that ends it; `rules`: these permit none at any moment of the plan; `over`: the plan has no moment left; `taken`:
    attempts of the other numbers use up the plan or the law's counts."""
    missing: tuple[str, ...] = ()
    """What is not known; of `rules`, what would matter."""
    result: str | None = None
    """Of `result`: which."""
    after: int | None = None
    """Of `result`: after so many the number is left out."""
    at_least: int | None = None
    """Of `result`: so many there surely were."""
    at_most: int | None = None
    """Of `result`: so many there were if all those did of which the number or the result is not known."""
    at: datetime | None = None
    """Of `rules`: the first moment of the plan."""
    answer: Answer | None = None
    """Of `rules`: what they say of that moment."""
    rules: tuple[Decisive, ...] = ()
    """Of `rules`: those that stand against it then."""
    earliest: datetime | None = None
    """Of `rules`: when they first permit it, whatever the plan says."""


@dataclass(frozen=True)
class NumberPlanned:
    """What a plan makes of a number."""

    number: str
    kind: str
    attempts: int
    """How many are made."""
    left_out: LeftOut | None
    """Why none is made; none if some are."""


@dataclass(frozen=True)
class Attempts:
    """What a dialler runs: attempts in order, each permitted although all before it were made in vain.

    It is true if there is one. It holds as long as every attempt was made at its moment and ended with `goes_on_after`.
    """

    answer: Answer
    """`ALLOW` if there is an attempt; `REVIEW` if there is none and a person must look for some number."""
    attempts: tuple[Attempt, ...]
    numbers: tuple[NumberPlanned, ...]
    """The numbers of the plan, in its order."""
    goes_on_after: str
    """The one result after which the next attempt is still permitted: `no_answer`."""
    packs: tuple[str, ...]
    """The packs of law that bind the person on the day of the first attempt."""
    not_enabled: tuple[NotEnabled, ...]
    """Rules of these packs that bind nobody, as they were not enabled."""
    law: str
    """Under which law: packs with versions and hashes, or why none."""

    def __bool__(self) -> bool:
        return bool(self.answer)

    def _repr_html_(self) -> str:
        head = [("date", False), ("time", False), ("number", False), ("kind", False)]
        rows = [[f"{each.at:%a %Y-%m-%d}", f"{each.at:%H:%M:%S}", each.number, each.kind] for each in self.attempts]
        return _html.grid(f"{len(rows)} attempts, if nobody answers", head, rows)


def attempts_of(text: str) -> Attempts:
    """Attempts from their JSON."""
    found: dict[str, Any] = json.loads(text)
    return Attempts(
        answer=Answer(found["answer"]),
        attempts=tuple(_attempt(each) for each in found["attempts"]),
        numbers=tuple(_number(each) for each in found["numbers"]),
        goes_on_after=found["goes_on_after"],
        packs=tuple(found["packs"]),
        not_enabled=tuple(NotEnabled(**each) for each in found["not_enabled"]),
        law=found["law"],
    )


def _attempt(found: dict[str, Any]) -> Attempt:
    return Attempt(datetime.fromisoformat(found["at"]), found["number"], found["kind"])


def _number(found: dict[str, Any]) -> NumberPlanned:
    left_out = found["left_out"]
    return NumberPlanned(**found | {"left_out": None if left_out is None else _left_out(left_out)})


def _left_out(found: dict[str, Any]) -> LeftOut:
    read: dict[str, Any] = dict(found)
    for name, of in (("at", datetime.fromisoformat), ("earliest", datetime.fromisoformat), ("answer", Answer)):
        if read.get(name) is not None:
            read[name] = of(read[name])
    for name, each in (("missing", str), ("rules", decisive_of)):
        read[name] = tuple(each(value) for value in read.get(name, ()))
    return LeftOut(**read)
