"""What would change a decision."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from arrears import _html


@dataclass(frozen=True)
class Outcome:
    """What a decision comes to."""

    action: str
    """The verb, or `wait`, `held`, `review`, `none`."""
    strength: int
    """How strong the action is, from 0 to 6."""
    treatment: str | None
    """The treatment; none if nothing is done."""
    stage: str
    debtor_type: str | None
    """The debtor type; none where it may be one of several."""

    def __str__(self) -> str:
        by = f" by `{self.treatment}`" if self.treatment else ""
        return f"{'nothing to do' if self.action == 'none' else self.action}{by}, stage {self.stage}"


@dataclass(frozen=True)
class Turned:
    """A condition that reads otherwise after a change."""

    statement: str
    """The statement in which it stands: `stage firm`."""
    clause: str
    """`when` or `unless`."""
    condition: str
    """The condition, in the policy's own words."""
    place: str | None
    was: str
    """How it reads now: `true`, `false` or `unknown`."""
    is_then: str
    """How it reads after the change."""


@dataclass(frozen=True)
class NearestChange:
    """A change, and what it leads to. One unit less (a cent, a day, a call) does not lead as far."""

    kind: str
    """`payment`, `waiting`, `promise`, `work`, `standing`, `amount` or `told` (docs/what_if.md)."""
    what: str
    """What it is, in words: `paying 1240.00 EUR today`."""
    size: str | None
    """Its size as people write it; none for what is so or not."""
    on: date
    """The day of the decision that it leads to."""
    leads_to: Outcome
    no_longer: tuple[str, ...]
    """Statements that bind now and no longer bind then."""
    then: tuple[str, ...]
    """Statements that bind only then."""
    refused: tuple[str, ...]
    """Treatments that are refused only then, and by what."""
    turned: tuple[Turned, ...]
    """The conditions that turned."""
    facts: dict[str, tuple[str, str]]
    """Every fact that differs then, those that follow included: what it is now, and then."""

    def __str__(self) -> str:
        return f"{self.what}: {self.leads_to}"


class WhatIf:
    """The nearest changes that lead to a milder or to a harsher decision, each decided again by the engine."""

    def __init__(self, told: str) -> None:
        """Not for users: see `Policy.what_if`."""
        self._told: dict[str, Any] = json.loads(told)

    @property
    def now(self) -> Outcome:
        """What is decided."""
        return Outcome(**self._told["now"])

    @property
    def milder(self) -> tuple[NearestChange, ...]:
        """Changes that lead to a milder decision: by kind, the smaller first."""
        return tuple(_change(each) for each in self._told["milder"])

    @property
    def harsher(self) -> tuple[NearestChange, ...]:
        """Changes that lead to a harsher decision."""
        return tuple(_change(each) for each in self._told["harsher"])

    @property
    def given(self) -> dict[str, str]:
        """Facts that the decision rests on and that no change here moves."""
        return {each["fact"]: each["value"] for each in self._told["given"]}

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data."""
        return self._told

    def __str__(self) -> str:
        lines = [f"now: {self.now}"]
        for title, changes in (("milder by", self.milder), ("harsher by", self.harsher)):
            lines.append(f"{title} nothing that was tried" if not changes else title)
            lines.extend(f"  {change}" for change in changes)
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<WhatIf: {len(self.milder)} changes to a milder decision, {len(self.harsher)} to a harsher one>"

    def _repr_html_(self) -> str:
        head = [("", False), ("change", False), ("on", False), ("then", False), ("no longer", False)]
        rows = [
            [way, each.what, each.on.isoformat(), str(each.leads_to), ", ".join(each.no_longer)]
            for way, changes in (("milder", self.milder), ("harsher", self.harsher))
            for each in changes
        ]
        return _html.grid(f"{self._told['policy']}, now: {self.now}", head, rows)


def _change(told: dict[str, Any]) -> NearestChange:
    turned = tuple(
        Turned(each["statement"], each["clause"], each["condition"], each["place"], each["was"], each["is"])
        for each in told["turned"]
    )
    several = {name: tuple(told[name]) for name in ("no_longer", "then", "refused")}
    return NearestChange(
        kind=told["kind"],
        what=told["what"],
        size=told["size"],
        on=date.fromisoformat(told["on"]),
        leads_to=Outcome(**told["leads_to"]),
        turned=turned,
        facts={each["fact"]: (each["from"], each["to"]) for each in told["facts"]},
        **several,
    )
