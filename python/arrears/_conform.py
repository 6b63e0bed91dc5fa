"""The conformance suite."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

from arrears import _arrears, _html
from arrears._errors import ArrearsError


@dataclass(frozen=True)
class ConformReport:
    """What the cases of conformance suite files found. It is true if all of them passed."""

    passed: int
    failed: int
    cases: tuple[dict[str, Any], ...]
    """A verdict for each case: its id, its rule, what was expected, what was found."""
    text: str
    """The report, a line for each case that failed."""
    unverified: tuple[str, ...] = ()
    """Rules that bind nobody by default, their text not being verified, and that were enabled for these cases."""

    def __bool__(self) -> bool:
        return self.failed == 0

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return _html.text(f"{self.passed} passed, {self.failed} failed", self.text)


def conform(*paths: str | os.PathLike[str]) -> ConformReport:
    """Decide the cases of conformance suite files, and say which fail.

    Cases about the law are judged under the packs that are shipped, with everything enabled that these hold as
    unverified.

    Raises:
        ArrearsError: Files that cannot be read; all are named.
    """
    found, text = _arrears.conform([os.fspath(path) for path in paths])
    told: dict[str, Any] = json.loads(found)
    if told["unreadable"]:
        raise ArrearsError("\n".join(told["unreadable"]))
    return ConformReport(told["passed"], told["failed"], tuple(told["cases"]), text, tuple(told["unverified"]))
