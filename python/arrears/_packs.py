"""Packs of law, as they can be read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, overload

from arrears import _arrears, _html
from arrears._decisions import Table
from arrears._reads import Threshold, thresholds_of


@dataclass(frozen=True)
class PackRule:
    """A statement of a pack, with where it stands in the law."""

    rule: str
    """Its id: `US-REGF-6b1i-hours`. Several statements may make one rule."""
    part: str | None
    """Which part of the rule it is, where several statements make it."""
    kind: str
    """`limit`, `exception`, `duty`, `deadline`, `flag`, `message`, `procedure` or `meaning`."""
    status: str
    """`in_force`, `draft`, `superseded`, `unverified` or `policy`. All but the first bind nobody until enabled."""
    enabled: bool
    """Whether the host enabled it by name."""
    binds: bool | None
    """Whether it binds on the day that was asked about; none if none was."""
    basis: str
    """How it is known: its text was read (`primary`), a report of it (`secondary`), or it is `recalled`, or `house`."""
    certainty: str
    """How sure the reading is: `high`, `medium` or `low`."""
    strength: str
    """`must`, `should_not`, `guideline` or `policy`."""
    cites: str
    """Where it stands: `12 CFR 1006.6(b)(1)(i)`."""
    says: str
    not_covered: str
    """What the entry leaves out, and what the host must bring."""
    start: date | None
    """The first day on which it is in force; that of the pack if none."""
    end: date | None
    """The last day on which it is in force; that of the pack if none."""


@dataclass(frozen=True)
class Pack:
    """A pack of law."""

    name: str
    title: str
    jurisdiction: str
    """Whose law it is: `US` binds accounts of `US-MA` too."""
    version: str
    start: date | None
    """The first day on which it is in force."""
    end: date | None
    """The last day on which it is in force."""
    in_force: bool | None
    """Whether it is in force on the day that was asked about; none if none was."""
    calendar: str | None
    """The calendar that says what a holiday is."""
    verified_on: date | None
    """When its source was last read."""
    source: str
    why: str
    """What it is for and whom it binds."""
    hash: str
    """SHA-256 over what it says."""
    text: str = field(repr=False)
    """The text of its file, as a start for one's own."""
    thresholds: dict[str, Threshold]
    """Its thresholds, with the values in force and their ranges: a bank may tighten them, never loosen them."""
    rules: tuple[PackRule, ...]


class Packs(Sequence[Pack]):
    """Packs of law, each with its rules; found by place or by name."""

    def __init__(self, told: str, native: _arrears.Table) -> None:
        """Not for users: see `Law.packs` and `packs`."""
        self._packs = tuple(_pack(found) for found in json.loads(told))
        self._rules = Table(native)

    @property
    def rules(self) -> Table:
        """All rules as a table, one row for each statement.

        `pack`, `title`, `jurisdiction`, `version`, `rule`, `part`, `kind`, `status`, `enabled`, `binds` (empty if no
        day was asked about), `basis`, `certainty`, `strength`, `cites`, `says`, `not_covered`, and `from` and `to`, in
        which it is in force.
        """
        return self._rules

    def __len__(self) -> int:
        return len(self._packs)

    @overload
    def __getitem__(self, at: int | str) -> Pack: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Pack]: ...
    def __getitem__(self, at: int | str | slice) -> Pack | Sequence[Pack]:
        if not isinstance(at, str):
            return self._packs[at]
        for pack in self._packs:
            if pack.name == at:
                return pack
        raise KeyError(f"{at}: the packs are {', '.join(pack.name for pack in self._packs)}")

    def __repr__(self) -> str:
        return f"<Packs: {', '.join(pack.name for pack in self._packs)}; {len(self.rules):,} rules>"

    def _repr_html_(self) -> str:
        head = [("pack", False), ("of", False), ("title", False), ("version", False), ("in force", False)]
        ours = ["in_force", "unverified", "draft", "policy", "superseded"]
        head += [(status.replace("_", " "), True) for status in ours]
        rows = [
            [
                *(pack.name, pack.jurisdiction, pack.title, pack.version, _term(pack.start, pack.end)),
                *(str(sum(rule.status == status for rule in pack.rules) or "") for status in ours),
            ]
            for pack in self._packs
        ]
        return _html.grid(f"{len(rows)} packs of law, {len(self.rules):,} rules", head, rows)


def _term(start: date | None, end: date | None) -> str:
    from_day = f"from {start}" if start else ""
    return f"{from_day} to {end}".strip() if end else from_day


def _pack(found: dict[str, Any]) -> Pack:
    rules = tuple(PackRule(**_days(rule)) for rule in found.pop("rules"))
    verified, thresholds = found.pop("verified_on"), thresholds_of(found.pop("thresholds"))
    day = None if verified is None else date.fromisoformat(verified)
    return Pack(**_days(found), verified_on=day, thresholds=thresholds, rules=rules)


def _days(found: dict[str, Any]) -> dict[str, Any]:
    """With `from` and `to` as days, by names that Python has."""
    days = {"start": found.pop("from"), "end": found.pop("to")}
    return found | {name: None if day is None else date.fromisoformat(day) for name, day in days.items()}
