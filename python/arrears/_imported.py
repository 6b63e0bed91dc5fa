"""Policies made of other systems' configurations."""

from __future__ import annotations

import json
from dataclasses import dataclass

from arrears import _arrears


@dataclass(frozen=True)
class ImportNote:
    """Something that a configuration says and that the policy says in another way, or not at all."""

    line: int
    """The line of the file, from 1."""
    column: int
    """The character of the line, from 1."""
    element: str
    """The element."""
    says: str
    """What became of it."""


@dataclass(frozen=True)
class ImportedPolicy:
    """A configuration as a policy."""

    policy: str
    """The text of the policy, laid out. Read it before use."""
    notes: tuple[ImportNote, ...]
    """What was carried over in another way or not at all, in the order of the file."""

    def __str__(self) -> str:
        return self.policy


def import_overdue(xml: str, *, currency: str, zone: str | None = None, file: str = "overdue.xml") -> ImportedPolicy:
    """Make a policy of Kill Bill's overdue configuration (docs/import.md).

    >>> found = import_overdue(
    ...     "<overdueConfig><accountOverdueStates><state name='LATE'><condition>"
    ...     "<numberOfUnpaidInvoicesEqualsOrExceeds>2</numberOfUnpaidInvoicesEqualsOrExceeds>"
    ...     "</condition></state></accountOverdueStates></overdueConfig>",
    ...     currency="USD",
    ... )
    >>> next(line for line in found.policy.splitlines() if line.startswith("stage"))
    'stage "LATE" when unpaid_items >= 2 #{ why: "state LATE of overdue.xml, line 1" };'

    Args:
        xml: The text of the file.
        currency: The currency of the accounts, by its ISO 4217 code: the file names none.
        zone: The time zone of the days, by its IANA name; UTC if not given.
        file: What the policy calls the file, in its reasons.

    Raises:
        ValueError: The text is no such configuration; everything that is wrong is told, with line and column.
    """
    policy, notes = _arrears.import_overdue(xml, file, currency, zone)
    return ImportedPolicy(policy, tuple(ImportNote(**note) for note in json.loads(notes)))
