"""What a policy's own tests found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from arrears import _html
from arrears._errors import Place


@dataclass(frozen=True)
class Tested:
    """One of a policy's own tests, or one of its promises, tried."""

    __test__: ClassVar[bool] = False

    name: str
    statement: str
    """`test`, `never` or `always`."""
    passed: bool
    place: Place | None
    failures: tuple[str, ...]


class TestReport(Sequence[Tested]):
    """What a policy's own tests found. It is true if all of them passed."""

    __test__ = False

    def __init__(self, tests: Sequence[Tested]) -> None:
        self._tests = tuple(tests)

    @property
    def passed(self) -> int:
        """How many passed."""
        return sum(test.passed for test in self._tests)

    @property
    def failures(self) -> tuple[Tested, ...]:
        """Those that failed."""
        return tuple(test for test in self._tests if not test.passed)

    def __getitem__(self, place: Any) -> Any:
        return self._tests[place]

    def __len__(self) -> int:
        return len(self._tests)

    def __bool__(self) -> bool:
        return not self.failures

    def __str__(self) -> str:
        lines = []
        for test in self.failures:
            lines.append(f"{test.place}: {test.name}" if test.place else test.name)
            lines.extend(f"  {line}" for failure in test.failures for line in failure.splitlines())
        return "\n".join([*lines, f"{self.passed} passed, {len(self.failures)} failed"])

    def __repr__(self) -> str:
        return f"<TestReport: {self.passed} passed, {len(self.failures)} failed>"

    def _repr_html_(self) -> str:
        return _html.text("The policy's own tests", str(self))
