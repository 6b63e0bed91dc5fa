"""What of a policy its own tests exercise, and a table of accounts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from arrears import _html


@dataclass(frozen=True)
class Share:
    """A share as an exact fraction."""

    covered: int
    """How many are exercised."""
    of: int
    """Of how many; 0: there is nothing to be exercised."""

    def __str__(self) -> str:
        return f"{self.covered:,} of {self.of:,}"


@dataclass(frozen=True)
class Measured:
    """One measure, by source."""

    measure: str
    """`statements`, `held`, `failed`, `unknown`, `decided`, `edge_sides` or `thresholds` (docs/coverage.md)."""
    by_tests: Share
    by_table: Share | None
    """None without a table."""
    together: Share


@dataclass(frozen=True)
class Uncovered:
    """Something that nothing exercised."""

    what: str
    """What it is: `stage firm takes effect`, `dpd > 30 in stage firm holds`."""
    place: str | None
    suggested: bool
    """Whether one of the tests that are proposed exercises it."""


@dataclass(frozen=True)
class SuggestedTest:
    """An account that exercises what nothing exercised, as a test for the policy file.

    It expects what the policy decides now: whether that is what the bank wants, a person must judge.
    """

    covers: str
    """What it exercises."""
    test: str
    """The test, as it can be put into the policy."""
    tried: int
    """How many accounts were tried to find it."""

    def __str__(self) -> str:
        return self.test


class Coverage:
    """What of a policy is exercised, and what is not."""

    def __init__(self, told: str) -> None:
        """Not for users: see `Policy.coverage`."""
        self._told: dict[str, Any] = json.loads(told)

    @property
    def measures(self) -> dict[str, Measured]:
        """What is exercised, by measure."""

        def share(found: dict[str, int] | None) -> Share | None:
            return None if found is None else Share(**found)

        return {
            each["measure"]: Measured(
                each["measure"], Share(**each["by_tests"]), share(each["by_table"]), Share(**each["together"])
            )
            for each in self._told["measures"]
        }

    @property
    def uncovered(self) -> tuple[Uncovered, ...]:
        """What was not exercised, in the order of the decision."""
        return tuple(Uncovered(**each) for each in self._told["uncovered"])

    @property
    def suggestions(self) -> tuple[SuggestedTest, ...]:
        """Tests that would exercise some of it."""
        return tuple(SuggestedTest(**each) for each in self._told["suggestions"])

    @property
    def statements(self) -> list[dict[str, Any]]:
        """Every statement and how often it took effect: `statement`, `place`, `by_tests`, `by_table`."""
        found: list[dict[str, Any]] = self._told["statements"]
        return found

    @property
    def conditions(self) -> list[dict[str, Any]]:
        """Every part of a condition and how it was seen: `condition`, `held`, `failed`, `unknown`, `decided`, ..."""
        found: list[dict[str, Any]] = self._told["conditions"]
        return found

    @property
    def edges(self) -> list[dict[str, Any]]:
        """Every number that something is held against, with `nearest_held` and `nearest_failed`."""
        found: list[dict[str, Any]] = self._told["edges"]
        return found

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data."""
        return self._told

    def _rows(self) -> list[list[str]]:
        return [
            [each.measure, str(each.by_tests), str(each.by_table or ""), str(each.together)]
            for each in self.measures.values()
        ]

    def __str__(self) -> str:
        lines = [f"{name:<12}{tests:>14}{table:>14}{both:>14}" for name, tests, table, both in self._rows()]
        lines.insert(0, f"{'':<12}{'by tests':>14}{'by table':>14}{'together':>14}")
        lines += [f"nothing exercises: {each.what}" for each in self.uncovered]
        return "\n".join([*lines, *(f"\n{each.test}" for each in self.suggestions)])

    def __repr__(self) -> str:
        return f"<Coverage of {self._told['policy']}: {self.measures['statements'].together} statements>"

    def _repr_html_(self) -> str:
        head = [("", False), ("by tests", True), ("by table", True), ("together", True)]
        body = _html.grid(f"What of {self._told['policy']} is exercised", head, self._rows())
        listed = [[each.what, each.place or "", "proposed" if each.suggested else ""] for each in self.uncovered]
        if listed:
            heads = [("nothing exercises", False), ("at", False), ("test", False)]
            body += _html.grid("What is not", heads, listed)
        if self.suggestions:
            body += _html.text("Tests that would", "\n\n".join(each.test for each in self.suggestions))
        return body
