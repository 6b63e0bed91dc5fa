"""The morning briefing: one page from a decided table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from arrears import _arrears, _given
from arrears._given import AnyTable, ProgressLike
from arrears._law import Law, PackLike, chosen
from arrears._policy import Policy


class Morning:
    """One page for the morning: what is due, promised, broken, paid, visited and waiting.

    What a table that is not given would tell is unknown, and a line at the foot of the page says so.
    """

    def __init__(self, told: str, text: str, markdown: str, html: str) -> None:
        """Not for users: see `briefing`."""
        self._told: dict[str, Any] = json.loads(told)
        self._text = text
        self.markdown = markdown
        """The page in Markdown."""
        self.html = html
        """The page as HTML that needs nothing else, for one sheet of A4."""

    @classmethod
    def from_json(cls, document: str) -> Morning:
        """A page from its document, `arrears-morning/1`: one that was written, and what a host put into it.

        Args:
            document: The document, as `json.dumps(morning.to_dict())` writes it.

        Raises:
            DocumentError: The document cannot be used; everything that is wrong with it is said.
        """
        return cls(*_arrears.morning_of(document))

    def to_dict(self) -> dict[str, Any]:
        """All that the page is made of, as `arrears briefing --json` writes it."""
        return self._told

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"<Morning of {self._told['team']}, {self._told['on']}>"

    def _repr_markdown_(self) -> str:
        return self.markdown


def briefing(
    policy: Policy,
    accounts: AnyTable,
    *,
    as_of: date,
    since: date | None = None,
    team: str | None = None,
    area: str | None = None,
    targets: str | None = None,
    language: Literal["en", "zh"] = "en",
    law: Law | None = None,
    no_law: str | None = None,
    enable: Sequence[str] = (),
    packs: Sequence[PackLike] = (),
    contacts: AnyTable | None = None,
    payments: AnyTable | None = None,
    promises: AnyTable | None = None,
    holds: AnyTable | None = None,
    state: AnyTable | None = None,
    columns: Mapping[str, str | None] | None = None,
    never: Mapping[str, object] | None = None,
    event_columns: Mapping[str, Mapping[str, str]] | None = None,
    holds_cover: Sequence[str] | None = None,
    progress: ProgressLike = None,
) -> Morning:
    """Decides a table and writes the page of the morning.

    Args:
        policy: The policy.
        accounts: The table.
        as_of: The day.
        since: The day of the last briefing; what happened from then on is told. Yesterday if not given.
        team: Whose morning it is; the name of the policy if not given.
        area: The column of the table that says in which area an account is visited.
        targets: What the team is to reach and has reached, as a document `arrears-targets/1`.
        language: `en` or `zh`.
        law: The law, as in `Policy.decide`, with `no_law`, `enable` and `packs`.
        no_law: Why it is decided without guardrails of law.
        enable: Rules that bind nobody by default.
        packs: Packs of the bank's own.
        contacts: As in `Policy.decide`, like all that follow.
        payments: Payments that were received.
        promises: Promises to pay.
        holds: Disputes and whatever else protects.
        state: What the last decisions left.
        columns: Which column holds which fact.
        never: Which values mean *never*.
        event_columns: Columns of tables of events.
        holds_cover: The protections that the table of holds records.
        progress: `True` for a bar, or a function.

    Raises:
        SchemaError: Columns do not fit; all of them are named.
        RowErrors: Rows cannot be decided.
        DocumentError: The targets cannot be used.
    """
    mapped = _given.mapping(columns, never, event_columns, holds_cover)
    beside = {"state": state, "contacts": contacts, "payments": payments, "promises": promises, "holds": holds}
    asked = _given.asked(as_of, chosen(law, no_law, enable, packs), mapped, beside)
    told = (team, language, None if since is None else _given.day(since, "since"), area, targets)
    table = _given.held(accounts, "accounts")
    return Morning(*_arrears.morning(policy._native, table, asked, told, _given.progress(progress)))
