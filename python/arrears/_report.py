"""The measures of a portfolio."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from arrears import _arrears, _given, _html
from arrears._decisions import Table
from arrears._facts import Money
from arrears._given import AnyTable, ProgressLike


class Report(Table):
    """The measures of a portfolio, each with its formula, its cohort, its horizon and what it leaves out.

    As a table it is long: `measure`, `from`, `to`, `month`, `count_numerator`, `count_denominator`, `count_ratio`,
    `currency`, `money_numerator`, `money_denominator`, `money_ratio`, `excluded`. Rows without a month are of all
    months together. `tracked_roll` is the matrix of who went from where to where.
    """

    def __init__(self, told: dict[str, Any], text: str, native: _arrears.Table) -> None:
        super().__init__(native)
        self._told = told
        self._text = text

    @property
    def measures(self) -> list[str]:
        """The measures that were made."""
        return [measure["name"] for measure in self._told["measures"]]

    @property
    def not_measured(self) -> list[dict[str, Any]]:
        """The measures that could not be made, and for want of what."""
        found: list[dict[str, Any]] = self._told["not_measured"]
        return found

    def measure(self, name: str) -> dict[str, Any]:
        """A measure with its formula, cohort, horizon, trap, and all its values.

        Raises:
            KeyError: It was not made; `not_measured` says why.
        """
        for measure in self._told["measures"]:
            if measure["name"] == name:
                found: dict[str, Any] = measure
                return found
        raise KeyError(f"{name}: measured are {', '.join(self.measures)}")

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data."""
        return self._told

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        head = self._told["head"]
        return f"<Report: {len(self.measures)} measures of {head['accounts']:,} accounts, {head['currency']}>"

    def _repr_html_(self) -> str:
        return _html.text("Measures of the portfolio", self._text)


def report(
    *,
    currency: str,
    panel: AnyTable | None = None,
    contacts: AnyTable | None = None,
    promises: AnyTable | None = None,
    decisions: AnyTable | None = None,
    buckets: Sequence[int] | None = None,
    tolerance: Money | Decimal | int | str = 0,
    cured_within: int = 31,
    redefault_within: int = 92,
    plans: Literal["out", "in"] = "out",
    amounts: Literal["total", "principal"] = "total",
    reversals: Literal["out", "in"] = "out",
    cut_off: str = "24:00",
    zone: str = "UTC",
    first: date | None = None,
    last: date | None = None,
    columns: Mapping[str, str | None] | None = None,
    event_columns: Mapping[str, Mapping[str, str]] | None = None,
    progress: ProgressLike = None,
) -> Report:
    """Measure a portfolio. What a table that is not given would tell is listed as not measured.

    Args:
        currency: The currency of every amount.
        panel: A row for each account and month end: `account_id`, `as_of`, `dpd`, and as far as known `balance`,
            `overdue`, `paid`, `due`, `on_plan`, `re_aged`, `charged_off`.
        contacts: Calls, messages, letters and visits.
        promises: Promises to pay, with what became of them.
        decisions: Decisions of one night, as `Policy.decide` gives them.
        buckets: First days past due of M1, M2 and so on; every thirty days if not given.
        tolerance: How much may be overdue without the account's being late.
        cured_within: Within how many days an account that fell late must be seen cured.
        redefault_within: Within how many days after a cure it counts to be late again.
        plans: Whether accounts on a plan or re-aged stand in the buckets.
        amounts: What the amounts of the panel are.
        reversals: Whether payments that were reversed on their day are among what was paid.
        cut_off: The hour at which a day of the tables ends.
        zone: The time zone in which points in time become days.
        first: A day of the first month that is read; all months if not given.
        last: A day of the last month that is read.
        columns: Which column of the panel holds what, where their names differ.
        event_columns: The same for contacts and promises.
        progress: `True` for a bar, or a function.

    Raises:
        SchemaError: Columns are absent or hold something else; those of all tables are listed.
        RowErrors: Rows cannot be read; those of all tables are listed.
        TableError: A table cannot be read.
        ValueError: A convention is none that there is.
        TypeError: An amount is a float, a day is no date.
    """
    if isinstance(tolerance, float):
        raise TypeError(f'`tolerance` is a float, which holds no amount exactly: write Decimal("{tolerance}")')
    if isinstance(tolerance, Money):
        if tolerance.currency != currency:
            raise ValueError(f"`tolerance` is in {tolerance.currency}, the report in {currency}")
        tolerance = tolerance.amount

    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", cut_off):
        raise ValueError(f"`cut_off`: `{cut_off}`: expected an hour, as in 18:30")
    for name, days in (("cured_within", cured_within), ("redefault_within", redefault_within)):
        if isinstance(days, bool) or not isinstance(days, int):
            raise TypeError(f"`{name}` is a {type(days).__name__}: pass a whole number of days")
        if not 0 <= days < 2**31:
            raise ValueError(f"`{name}`: {days} is no number of days")

    def month(day: date | None, name: str) -> str | None:
        return None if day is None else _given.day(day, name)[:7]

    asked = {
        "currency": currency,
        "panel": _given.maybe_held(panel, "panel"),
        "contacts": _given.maybe_held(contacts, "contacts"),
        "promises": _given.maybe_held(promises, "promises"),
        "decisions": _given.maybe_held(decisions, "decisions"),
        "buckets": None if buckets is None else list(buckets),
        "tolerance": f"{tolerance:f}" if isinstance(tolerance, Decimal) else str(tolerance),
        "cured_within": cured_within,
        "redefault_within": redefault_within,
        "plans": plans,
        "amounts": amounts,
        "reversals": reversals,
        "cut_off": cut_off,
        "zone": zone,
        "first": month(first, "first"),
        "last": month(last, "last"),
        "mapping": _given.mapping(columns, None, event_columns, None),
    }
    told, text, (long,) = _arrears.report(asked, _given.progress(progress))
    return Report(json.loads(told), text, long)
