"""Stages in order, and which way a move between two of them goes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arrears.plot._look import ASIDE, BETTER, SAME, WORSE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from arrears import Policy


@dataclass(frozen=True)
class Order:
    """The order in which names are shown, and the severity of those that have one."""

    names: tuple[str, ...]
    severity: dict[str, int]

    @staticmethod
    def of(seen: Iterable[str], policy: Policy | None, order: Sequence[str] | None) -> Order:
        """From a policy, or from a list from mild to severe; else as they were first seen, without severity.

        Names that neither has come last. Stages beside the ladder have no severity.

        Raises:
            ValueError: Both are given.
        """
        if policy is not None and order is not None:
            raise ValueError("pass `policy` or `order`, not both")
        found = list(dict.fromkeys(seen))
        if policy is not None:
            stages = json.loads(policy._native.head())["stages"]
            known = [stage["name"] for stage in stages]
            ladder = [stage["name"] for stage in stages if not stage["beside"]]
        else:
            known = ladder = list(order or ())
        shown = [name for name in known if name in found] + [name for name in found if name not in known]
        return Order(tuple(shown), {name: place for place, name in enumerate(ladder)})

    @property
    def directed(self) -> bool:
        """Whether any two names can be compared."""
        return len(self.severity) > 1

    def colour(self, start: str, end: str) -> str:
        """The colour of a move."""
        if start == end:
            return SAME
        if start not in self.severity or end not in self.severity:
            return ASIDE
        up = self.severity[end] - self.severity[start]
        return WORSE if up > 0 else BETTER if up < 0 else ASIDE
