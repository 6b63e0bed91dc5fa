"""What is owed on an account, and every line of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from arrears import _arrears, _given, _html
from arrears._decisions import Table
from arrears._facts import Money
from arrears._terms import Terms

if TYPE_CHECKING:
    from arrears._history import Account

Component = Literal["principal", "interest", "penalty", "fee", "cost"]
"""What an amount owed is for."""


@dataclass(frozen=True)
class NextDue:
    """What falls due next."""

    on: date
    amount: Money
    """What is still to be paid of it, less money that is held."""


@dataclass(frozen=True)
class Line:
    """One line of what is owed: what was charged, or what became of it."""

    on: date
    """The day on which it counts."""
    amount: Money
    """By how much it changes what is owed. Below zero: less is owed."""
    reason: str
    """Why: `scheduled`, `contract_interest`, `penalty_interest`, `late_fee`, `paid`, ... (docs/owed.md)."""
    component: Component | None
    """What it is for; none: money that is held and settles nothing yet."""
    item: str | None = None
    event: str | None = None
    """The id of the event of the history that did it; none where the terms did."""
    why: str | None = None
    """What the history or the terms say of it, in words that the customer may read."""
    start: date | None = None
    """The first day of interest; of a fee, the day something fell due."""
    end: date | None = None
    """The day up to which interest is reckoned, which itself earns nothing yet."""
    balance: Money | None = None
    """What it was reckoned on."""
    rate: str | None = None
    """The rate: `0.119 a year`, `0.0005 a day`."""
    capped_by: Money | None = None
    """By how much a cap made it less; none: no cap did."""


class Statement(Table):
    """What is owed on a day, as known on another: one total, what it is made of, and every line.

    All amounts are sums of lines. As a table it holds the lines, with what is owed after each.
    """

    def __init__(self, told: str, native: _arrears.Table, terms: Terms) -> None:
        """Not for users: see `Account.statement`."""
        super().__init__(native)
        self._text = told
        self._terms = terms

    @cached_property
    def _told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._text)
        return found

    def _money(self, name: str) -> Money:
        return self._terms._money(self._told[name])

    def _parts(self, name: str) -> dict[Component, Money]:
        return {component: self._terms._money(minor) for component, minor in self._told[name].items()}

    @property
    def account_id(self) -> str:
        """The account."""
        return str(self._told["account_id"])

    @property
    def currency(self) -> str:
        """The currency."""
        return str(self._told["currency"])

    @property
    def as_of(self) -> date:
        """The day it is for, at its end: payments of the day count."""
        return date.fromisoformat(self._told["as_of"])

    @property
    def known_by(self) -> date:
        """What became known later is not in it."""
        return date.fromisoformat(self._told["known_by"])

    @property
    def total(self) -> Money:
        """What settles the account in full on the day: all lines together. Below zero: the bank owes the customer."""
        return self._money("total")

    @property
    def by_component(self) -> dict[Component, Money]:
        """What of the total is for what. A component of which nothing is owed is left out."""
        return self._parts("by_component")

    @property
    def held(self) -> Money:
        """Money that was paid and settles nothing yet. It is in the total."""
        return self._money("held")

    @property
    def overdue(self) -> Money:
        """What fell due before the day and is not paid, with all that lateness cost."""
        return self._money("overdue")

    @property
    def overdue_by_component(self) -> dict[Component, Money]:
        """What of `overdue` is for what."""
        return self._parts("overdue_by_component")

    @property
    def days_past_due(self) -> int:
        """Calendar days since the oldest item that is late fell due; zero if none is."""
        return int(self._told["days_past_due"])

    @property
    def next(self) -> NextDue | None:
        """What falls due next, on the day or later; none if nothing does."""
        found = self._told["next"]
        return None if found is None else NextDue(date.fromisoformat(found["on"]), self._terms._money(found["amount"]))

    @property
    def to_be_current(self) -> Money:
        """The least that brings the account up to date on the day: what is overdue, and what is due on it."""
        return self._money("to_be_current")

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line, by day."""
        return tuple(self._line(found) for found in self._told["lines"])

    def _line(self, found: dict[str, Any]) -> Line:
        def maybe_day(name: str) -> date | None:
            return date.fromisoformat(found[name]) if found.get(name) else None

        def maybe_money(name: str) -> Money | None:
            return self._terms._money(found[name]) if found.get(name) is not None else None

        return Line(
            on=date.fromisoformat(found["on"]),
            amount=self._terms._money(found["amount"]),
            reason=found["reason"],
            component=found.get("component"),
            item=found.get("item"),
            event=found.get("event"),
            why=found.get("why"),
            start=maybe_day("from"),
            end=maybe_day("to"),
            balance=maybe_money("balance"),
            rate=_rate(found.get("rate")),
            capped_by=maybe_money("capped_by"),
        )

    def plain(self, language: Literal["en", "zh"] = "en", *, lines: bool = False) -> str:
        """The answer to *how much do I owe, by when?*, for a screen of forty columns.

        Args:
            language: `en` or `zh`.
            lines: Also every line with its reason.
        """
        short, every = _arrears.plain_statement(self._text, language)
        return "\n".join([*short, "", *every] if lines else short)

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data, as `arrears statement --json` writes it: amounts are whole minor units."""
        found: dict[str, Any] = json.loads(self._text)
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Statement) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return f"<Statement of {self.account_id} on {self.as_of}: {self.total}>"

    def _repr_html_(self) -> str:
        parts: list[tuple[str, Money]] = [*self.by_component.items()]
        if self.held.amount:
            parts.append(("paid ahead", -self.held))
        parts.append(("total", self.total))
        parts.append((f"overdue, {self.days_past_due} days", self.overdue))
        parts.append(("to be up to date today", self.to_be_current))
        if self.next is not None:
            parts.append((f"next, on {self.next.on}", self.next.amount))
        head = [("", False), (self.currency, True)]
        summed = _html.bare_grid(head, [[escape(name), _shown(amount)] for name, amount in parts])
        columns = [("day", False), ("item", False), ("for", False), ("amount", True), ("owed", True), ("reason", False)]
        every = _html.bare_grid(columns, self._rows())
        title = f"<h4>{escape(self.account_id)} owes {_shown(self.total)} {self.currency} on {self.as_of}</h4>"
        return _html.page(f"{title}{summed}{every}")

    def _rows(self) -> list[list[str]]:
        rows = []
        owed = Money(0, self.currency)
        for line in self.lines:
            owed = owed + line.amount
            rows.append(
                [
                    f"{line.on}",
                    escape(line.item or ""),
                    line.component or "paid ahead",
                    _shown(line.amount),
                    _shown(owed),
                    f'<span style="white-space:normal">{escape(_reason(line))}</span>',
                ]
            )
        return rows


def statement(account: Account, terms: Terms, as_of: date, known_by: date | None) -> Statement:
    """What is owed on an account: for `Account.statement`."""
    document = account.to_json()
    known = None if known_by is None else _given.day(known_by, "known_by")
    told, native = _arrears.statement(document, terms._native, _given.day(as_of), known)
    return Statement(told, native, terms)


def statements(accounts: Iterable[Account], terms: Terms, as_of: date | Sequence[date]) -> Table:
    """What is owed on each of several accounts, on one day or on each of several.

    Args:
        accounts: The accounts, all in the currency of the terms.
        terms: The terms of their product.
        as_of: A day, or days. What became known after a day is not in its row.

    Returns:
        One row for each account and day: `account_id`, `as_of`, `total`, `principal`, `interest`, `penalty`, `fee`,
        `cost`, `held`, `overdue`, `days_past_due`, `to_be_current`, `next_on`, `next_amount`.

    Raises:
        OwedError: What is owed on one of them cannot be reckoned; it is named.
    """
    days = [as_of] if isinstance(as_of, date) else list(as_of)
    documents = [account.to_json() for account in accounts]
    return Table(_arrears.statements(documents, terms._native, [_given.day(day) for day in days]))


def _shown(amount: Money) -> str:
    return f"{amount.amount:,f}"


def _rate(found: Any) -> str | None:
    spans = {"annual": "a year", "daily": "a day"}
    return None if found is None else " ".join(f"{value} {spans[span]}" for span, value in found.items())


def _reason(line: Line) -> str:
    said = line.reason.replace("_", " ")
    if line.balance is not None and line.rate is not None:
        said += f": {_shown(line.balance)} at {line.rate}, {line.start} to {line.end}"
    if line.why:
        said += f": {line.why}"
    if line.capped_by is not None:
        said += f" (less {_shown(line.capped_by)} by a cap)"
    return said
