"""What a policy reads: thresholds and columns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Threshold:
    """A number that a risk officer tunes."""

    name: str
    kind: str
    """What it measures: days, count, money or ratio."""
    value: Decimal
    """The value in force."""
    written: Decimal
    """The value written in the policy."""
    low: Decimal
    """The least value that may be set."""
    high: Decimal
    """The greatest value that may be set."""
    unit: str | None
    owner: str | None
    """Who may change it."""
    why: str


@dataclass(frozen=True)
class Input:
    """A column that a table may have for a policy."""

    name: str
    kind: str
    """What it measures: days, count, money, ratio, flag or category (a word)."""
    words: tuple[str, ...]
    """The words that it may hold."""
    open: bool
    """Whether it may hold others too."""
    never: bool
    """Whether it may be *never*."""
    need: str
    """`required`, `assumed`, `source`, `derived`, `state`, `optional` or `script`."""
    assumed: str | None
    """What the policy takes as known where the table has no such column."""
    meaning: str


def thresholds_of(listed: list[dict[str, Any]]) -> dict[str, Threshold]:
    """Thresholds from their JSON, by name."""

    def one(found: dict[str, Any]) -> Threshold:
        return Threshold(**{**found, **{name: Decimal(found[name]) for name in ("value", "written", "low", "high")}})

    return {each["name"]: one(each) for each in listed}
