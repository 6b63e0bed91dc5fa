"""Where two policies decide otherwise, over every account that both may meet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from arrears import _html
from arrears._analysis import ExampleAccount, example


@dataclass(frozen=True)
class FactBounds:
    """Between which values a fact lies: no account outside is decided otherwise in this part."""

    fact: str
    """The fact, by its column name."""
    least: str | None
    """The least number that it may be; none where it may be any below."""
    most: str | None
    """The greatest number that it may be; none where it may be any above."""
    words: tuple[str, ...]
    """The words that it may be; `true` or `false` of a flag."""
    never: bool
    """Whether it may be *never*."""
    unknown: bool
    """Whether it may be unknown."""
    of_quiet: bool
    """Whether the quiet account lies between them."""


@dataclass(frozen=True)
class RegionOutcome:
    """What one policy decides of an account that moves."""

    debtor_types: tuple[str, ...]
    stage: str
    does: str
    """The treatment that is chosen; `held`, `review`, `wait` or `none` where none is."""


@dataclass(frozen=True)
class RegionMove:
    """Accounts that have one outcome under A and another under B."""

    before: RegionOutcome
    """What A decides."""
    after: RegionOutcome
    """What B decides."""
    done_otherwise: bool
    """Whether both choose one treatment, and what it does is another thing in each."""
    account: ExampleAccount | None
    """An account that makes it, as A decides it; none where the engine showed none."""


@dataclass(frozen=True)
class RegionPart:
    """The accounts that are in one stage under A, in the same or another under B, and are decided otherwise."""

    before: str | None
    """The stage under A; none where the debtor type alone moves."""
    after: str | None
    """The stage under B."""
    only_where: tuple[FactBounds, ...]
    """Between which values facts must lie; first those that the quiet account does not have."""
    moves: tuple[RegionMove, ...]
    complete: bool
    """Whether these are all the moves of this part."""


class Region:
    """Where two policies decide otherwise. It is true if they do, or if that is not known."""

    def __init__(self, told: str, text: str) -> None:
        """Not for users: see `Policy.region`."""
        self._told: dict[str, Any] = json.loads(told)
        self._text = text

    @property
    def same(self) -> bool:
        """Whether both are proved to decide alike every account that is compared: none with missing facts."""
        return bool(self._told["same"])

    @property
    def complete(self) -> bool:
        """Whether no account outside the parts is decided otherwise."""
        return bool(self._told["complete"])

    @property
    def parts(self) -> tuple[RegionPart, ...]:
        """The parts of the region, by stage."""
        return tuple(_part(each) for each in self._told["parts"])

    @property
    def open(self) -> tuple[str, ...]:
        """What could not be decided exactly, and why."""
        return tuple(self._told["open"])

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data."""
        return self._told

    def __bool__(self) -> bool:
        return not self.same

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        told = (
            "nowhere, proved" if self.same else f"{len(self.parts)} parts" + ("" if self.complete else ", and others")
        )
        return f"<Region in which two policies decide otherwise: {told}>"

    def _repr_html_(self) -> str:
        return _html.text(repr(self).strip("<>"), self._text)


def _part(told: dict[str, Any]) -> RegionPart:
    def decided(found: dict[str, Any]) -> RegionOutcome:
        return RegionOutcome(tuple(found["debtor_types"]), found["stage"], found["does"])

    moves = tuple(
        RegionMove(decided(each["from"]), decided(each["to"]), each["done_otherwise"], example(each["account"]))
        for each in told["moves"]
    )
    bounds = tuple(FactBounds(**{**each, "words": tuple(each["words"])}) for each in told["only_where"])
    return RegionPart(told["from"], told["to"], bounds, moves, told["complete"])
