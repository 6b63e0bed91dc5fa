"""Decisions made again, to prove those that were logged."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from arrears import _arrears, _documents, _given, _html
from arrears._given import AnyTable, ProgressLike
from arrears._law import Law, PackLike, chosen


@dataclass(frozen=True)
class Differing:
    """One difference: of a cell, or of a whole row."""

    row: int
    """The row of the log, from 1; of a decision that it lacks, the row before which it would stand."""
    line: int | None
    """The line of the log on which it begins, for CSV."""
    account_id: str
    only: str | None
    """Where a row is on one side only, which has it: `logged` or `decided`."""
    column: str
    """The column; empty if the row as a whole differs."""
    logged: str | None
    """What stands in the log; none if the cell is empty."""
    decided: str | None
    """What was decided again."""

    def __str__(self) -> str:
        if self.only:
            return f"row {self.row}, account {self.account_id}: {self.only} only"
        return f"row {self.row}, account {self.account_id}, {self.column}: {self.logged} was logged, {self.decided} is"


class Replay:
    """What came of deciding again. It is true if every decision is equal, and the log is the file that was recorded."""

    def __init__(self, told: str) -> None:
        """Not for users: see `replay`."""
        self._told: dict[str, Any] = json.loads(told)

    @property
    def logged(self) -> int:
        """Decisions that are in the log."""
        return int(self._told["logged"])

    @property
    def equal(self) -> int:
        """Decisions of which every column is equal."""
        return int(self._told["equal"])

    @property
    def altered(self) -> str | None:
        """What of the file of decisions is not as its record says; none if it is, or no record is known."""
        found: str | None = self._told["altered"]
        return found

    @property
    def by_column(self) -> dict[str, int]:
        """The columns that differ, with how many rows each."""
        return {each["column"]: each["rows"] for each in self._told["by_column"]}

    @property
    def first(self) -> tuple[Differing, ...]:
        """The first differences, in the order of the log; all are counted."""
        return tuple(Differing(**each) for each in self._told["first"])

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data: with the policies that decided again, the law, `differing`, `only_logged`, ..."""
        return self._told

    def __bool__(self) -> bool:
        told = self._told
        return told["altered"] is None and not (told["differing"] or told["only_logged"] or told["only_decided"])

    def __str__(self) -> str:
        told = self._told
        counts = [("different", "differing"), ("in the log only", "only_logged"), ("missing from it", "only_decided")]
        more = [f"{told[name]:,} {words}" for words, name in counts if told[name]]
        title = ", ".join([f"{self.equal:,} of {self.logged:,} decisions equal", *more])
        altered = [self.altered] if self.altered else []
        return "\n".join([title, *altered, *(str(each) for each in self.first)])

    def __repr__(self) -> str:
        return f"<Replay: {str(self).splitlines()[0]}>"

    def _repr_html_(self) -> str:
        title, _, rest = str(self).partition("\n")
        return _html.text(title, rest)


def replay(
    decisions: AnyTable,
    *,
    policies: str | os.PathLike[str],
    accounts: AnyTable | None = None,
    as_of: date | None = None,
    thresholds: Mapping[str, _given.Threshold] | None = None,
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
    reviews: bool = True,
    keep_going: bool = False,
    shown: int = 20,
    progress: ProgressLike = None,
) -> Replay:
    """Decide a table again, and hold every column of every decision against the one that was made.

    The policies are found by the hashes that the decisions name. For the record of a run see `replay_record`.

    Args:
        decisions: What was decided: `Policy.decide(...)`, a table of them, or the path of a Parquet or CSV file.
        policies: The folder that holds the policies, among any others.
        accounts: The table that was decided.
        as_of: The day of the decisions.
        thresholds: Thresholds that were set for the run.
        law: The law, as in `Policy.decide`, with `no_law`, `enable` and `packs`.
        no_law: Why it was decided without guardrails of law.
        enable: Rules that bind nobody by default.
        packs: Packs of the bank's own.
        contacts: As in `Policy.decide`, like all that follow.
        payments: Payments that were received.
        promises: Promises to pay.
        holds: Disputes and whatever else protects.
        state: What the decisions before these left.
        columns: Which column holds which fact.
        never: Which values mean *never*.
        event_columns: Columns of tables of events.
        holds_cover: The protections that the table of holds records.
        reviews: Whether the decisions were made with reviews.
        keep_going: Whether rows that cannot be decided were set aside.
        shown: How many differences are handed back; all are counted.
        progress: `True` for a bar, or a function.

    Raises:
        TypeError: `accounts` or `as_of` is not given: decisions alone do not say it.
        ValueError: No policy of the folder has the hash that the decisions name; those that are there are listed.
        TableError: It is no table of decisions.
    """
    if accounts is None or as_of is None:
        lacks = "accounts" if accounts is None else "as_of"
        raise TypeError(f"`{lacks}` is missing: decisions alone do not say it; a record does (arrears.replay_record)")
    mapped = _given.mapping(columns, never, event_columns, holds_cover)
    beside = {"state": state, "contacts": contacts, "payments": payments, "promises": promises, "holds": holds}
    asked = _given.asked(
        as_of, chosen(law, no_law, enable, packs), mapped, beside, reviews=reviews, keep_going=keep_going
    )
    logged, table = _given.held(decisions, "decisions"), _given.held(accounts, "accounts")
    more = (_given.thresholds(thresholds or {}), shown)
    found = _arrears.replay_decisions(logged, os.fspath(policies), table, asked, more, _given.progress(progress))
    return Replay(found)


def replay_record(
    record: str | os.PathLike[str],
    *,
    policies: str | os.PathLike[str],
    packs: Sequence[PackLike] = (),
    elsewhere: Mapping[str, str | os.PathLike[str]] | None = None,
    shown: int = 20,
    progress: ProgressLike = None,
) -> Replay:
    """Decide again what a run decided, as its record says (`arrears run --log`).

    Every file and the law are held against the record before anything is decided.

    Args:
        record: The path of the record.
        policies: The folder that holds the policies, among any others.
        packs: The packs of the bank's own, if they are not where the record says.
        elsewhere: Files that are not where the record says: `{"accounts": "kept/accounts.parquet"}`; of `accounts`,
            `contacts`, `payments`, `promises`, `holds`, `state`, `columns`, `decisions`.
        shown: How many differences are handed back; all are counted.
        progress: `True` for a bar, or a function.

    Raises:
        DocumentError: It is no record; everything that is wrong is listed.
        FileError: A file is not there, or is not that of the record; all are named.
        ValueError: The law that is found is not that of the record, or no policy has the hash that it names.
    """
    places = {name: os.fspath(path) for name, path in (elsewhere or {}).items()}
    known = ("accounts", *_given.EVENT_TABLES, "state", "columns", "decisions")
    if strange := [name for name in places if name not in known]:
        raise ValueError(f"elsewhere: `{strange[0]}` is none of {', '.join(known)}")
    text = _documents.text(Path(record))
    none, recorded, enabled = _arrears.recorded_law(text)
    law = chosen(None, none, () if none else enabled, () if none else (packs or recorded))
    asked = (text, os.fspath(policies), law._native, places, shown)
    return Replay(_arrears.replay_record(*asked, _given.progress(progress)))
