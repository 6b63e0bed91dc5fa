"""What a policy says."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from arrears import _arrears, _html
from arrears._errors import Diagnostic, place_of
from arrears._reads import Input, Threshold, thresholds_of
from arrears._tested import Tested, TestReport


class PolicyText:
    """A policy as it can be read: its name, its words, its thresholds, its columns, its tests."""

    def __init__(self, native: _arrears.Policy, warnings: tuple[Diagnostic, ...] = ()) -> None:
        """Not for users: see `Policy.from_file` and `Policy.from_source`."""
        self._native = native
        self._warnings = warnings

    @cached_property
    def _head(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._native.head())
        return found

    @property
    def name(self) -> str:
        """Its name."""
        return str(self._head["name"])

    @property
    def version(self) -> str:
        """Its version, a label for people."""
        return str(self._head["version"])

    @property
    def hash(self) -> str:
        """SHA-256 over what it says, thresholds in force included: the same on every machine."""
        return str(self._head["hash"])

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        return str(self._head["currency"])

    @property
    def zone(self) -> str:
        """The time zone of its days."""
        return str(self._head["zone"])

    @property
    def stages(self) -> tuple[str, ...]:
        """Its stages in order of severity; the first is `current`."""
        return tuple(stage["name"] for stage in self._head["stages"])

    @property
    def debtor_types(self) -> tuple[str, ...]:
        """Its debtor types, in the order in which they are read."""
        return tuple(self._head["debtor_types"])

    @property
    def treatments(self) -> tuple[str, ...]:
        """Its treatments, in the order in which they are written."""
        return tuple(self._head["treatments"])

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What it was warned of when it was read."""
        return self._warnings

    @property
    def thresholds(self) -> dict[str, Threshold]:
        """Its thresholds, with the values in force and their ranges."""
        return thresholds_of(json.loads(self._native.thresholds()))

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The columns that a table may have for it, with how each is needed and what it means."""
        return inputs_of(self._native.inputs())

    @property
    def source(self) -> str:
        """The text of its file."""
        return self._native.sources()[0][1]

    @property
    def files(self) -> dict[str, str]:
        """Its file and the modules that it imports, by name, its file first."""
        return dict(self._native.sources())

    def test(self, *, samples: int = 20_000) -> TestReport:
        """Run its own tests, and try its `never` and `always` statements.

        Args:
            samples: On how many accounts `never` and `always` are tried: the same ones each time, made from the
                policy's own edges.
        """

        def one(found: dict[str, Any]) -> Tested:
            return Tested(**{**found, "place": place_of(found["place"]), "failures": tuple(found["failures"])})

        return TestReport([one(found) for found in json.loads(self._native.test(samples))])

    def __repr__(self) -> str:
        return f"<Policy {self.name} {self.version}, {self.currency}, {self.zone}, hash {self.hash[:12]}>"

    def _repr_html_(self) -> str:
        head = [("threshold", False), ("value", True), ("from", True), ("to", True), ("why", False)]
        rows = [
            [each.name, f"{each.value}", f"{each.low}", f"{each.high}", each.why] for each in self.thresholds.values()
        ]
        title = (
            f"{self.name} {self.version} · {self.currency} · {len(self.debtor_types)} types, {len(self.stages) - 1} "
            f"stages, {len(self.treatments)} treatments · hash {self.hash[:12]}"
        )
        return _html.grid(title, head, rows)


def inputs_of(text: str) -> tuple[Input, ...]:
    """Columns from their JSON."""
    return tuple(Input(**{**each, "words": tuple(each["words"])}) for each in json.loads(text))
