"""What changed from one policy to another, in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from arrears import _html


@dataclass(frozen=True)
class PartChange:
    """A part of a condition that changed."""

    how: str
    """`added`, `removed` or `changed`."""
    a: str | None
    """What it says in A; none if A has it not."""
    b: str | None
    """What it says in B."""
    joined: str | None
    """How it is joined with the parts beside it, `and` or `or`; none if it stands alone."""
    within: str | None
    """The word of the policy (`define`) within which it stands."""


@dataclass(frozen=True)
class ClauseChange:
    """A clause or an option that changed."""

    clause: str
    """`when`, `unless`, `do`, `every`, ..."""
    how: str
    decides: bool
    """Whether it decides; otherwise it is a reason, a range, a name for people."""
    a: str | None
    b: str | None
    by: str | None
    """Of a number, by how much it rose or fell, with its sign."""
    parts: tuple[PartChange, ...]
    """Of a condition, the parts that changed."""
    moved: tuple[str, ...]
    """Of an order, what stands elsewhere in it."""


@dataclass(frozen=True)
class StatementChange:
    """A statement that was added, removed, or says otherwise."""

    keyword: str
    """The word that begins it; `turns` is the order of treatments in a stage."""
    name: str
    """Its name, in B if B has it; empty where there is one of its kind."""
    how: str
    """`added`, `removed` or `changed`."""
    was: str | None
    """Its name in A, where B calls it otherwise."""
    order: dict[str, str | None] | None
    """Behind which statement it stands, as `behind_a` and `behind_b`, if that is new and says something."""
    decides: bool
    """Whether what changed decides."""
    place_a: str | None
    place_b: str | None
    clauses: tuple[ClauseChange, ...]


class Difference:
    """What changed from policy A to policy B. It is true if anything did; labels of versions do not count."""

    def __init__(self, told: str, text: str, markdown: str) -> None:
        """Not for users: see `Policy.diff`."""
        self._told: dict[str, Any] = json.loads(told)
        self._text = text
        self.markdown = markdown
        """The changes in Markdown."""

    @property
    def same(self) -> bool:
        """Whether both have one hash: then every decision is the same."""
        return bool(self._told["same"])

    @property
    def changes(self) -> tuple[StatementChange, ...]:
        """The statements that changed: by kind, in the order of B, what was removed behind them."""
        return tuple(_change(each) for each in self._told["changes"])

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data."""
        return self._told

    def __bool__(self) -> bool:
        return bool(self._told["changes"])

    def __len__(self) -> int:
        return len(self._told["changes"])

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        a, b = (f"{self._told[side]['policy']} {self._told[side]['version']}" for side in "ab")
        return f"<Difference from {a} to {b}: {len(self)} statements>"

    def _repr_html_(self) -> str:
        return _html.text(repr(self).strip("<>"), self._text)


def _change(told: dict[str, Any]) -> StatementChange:
    def clause(found: dict[str, Any]) -> ClauseChange:
        parts = tuple(PartChange(**part) for part in found["parts"])
        return ClauseChange(**{**found, "parts": parts, "moved": tuple(found["moved"])})

    return StatementChange(**{**told, "clauses": tuple(clause(each) for each in told["clauses"])})
