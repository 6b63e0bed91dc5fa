"""Histories of accounts, and accounts over time."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from arrears import _arrears, _documents, _given, _html
from arrears._arrangement import WaysOut, ways_out
from arrears._delay import Delay, Payments, delay
from arrears._facts import NEVER, Facts, FactValue, Money
from arrears._offers import Means, Offers
from arrears._statement import Statement, statement
from arrears._terms import Terms


class Account:
    """The history of one account: dated events, and nothing that was computed from them.

    The form of a history is that of `arrears-history/1` documents (docs/histories.md). Everything that is wrong with
    one is reported at once.

    >>> account = Account.from_dict({
    ...     "format": "arrears-history/1", "account_id": "A-1", "currency": "EUR", "opened_on": "2025-11-03",
    ...     "complete": [],
    ...     "events": [
    ...         {"id": "s", "occurred_on": "2025-11-03", "event": "schedule",
    ...          "instalments": [{"item": "1", "due_on": "2026-01-12", "amount": "120.00"}]},
    ...     ],
    ... })
    >>> account.facts(date(2026, 1, 20))["overdue"]
    Money('120.00', 'EUR')
    """

    def __init__(self, document: str, conventions: str | None = None, terms: Terms | None = None) -> None:
        """Not for users: see `from_file`, `from_json` and `from_dict`."""
        self._document = _arrears.account_json(document)
        self._conventions = conventions
        self._terms = terms

    @staticmethod
    def from_file(
        path: str | os.PathLike[str], *, conventions: str | os.PathLike[str] | Mapping[str, Any] | None = None
    ) -> Account:
        """Read a history from its file.

        Args:
            path: The file, JSON.
            conventions: How the bank counts: a file, or its content as a dict. Days from the due date, without grace
                or tolerance, if not given.

        Raises:
            HistoryError: It cannot be read; everything that is wrong is listed.
            OSError: The file cannot be opened.
        """
        return Account(_documents.text(path), _conventions(conventions))

    @staticmethod
    def from_json(text: str, *, conventions: str | os.PathLike[str] | Mapping[str, Any] | None = None) -> Account:
        """Read a history from its text."""
        return Account(text, _conventions(conventions))

    @staticmethod
    def from_dict(
        document: Mapping[str, Any], *, conventions: str | os.PathLike[str] | Mapping[str, Any] | None = None
    ) -> Account:
        """Read a history from its content. Days and amounts may be `date` and `Decimal`."""
        return Account(_documents.written(document), _conventions(conventions))

    def with_events(self, events: Sequence[Mapping[str, Any]]) -> Account:
        """The same history with more events: all of them, or none."""
        document = json.loads(self._document)
        document["events"].extend(json.loads(_documents.written(list(events))))
        return Account(json.dumps(document), self._conventions, self._terms)

    def with_terms(self, terms: Terms) -> Account:
        """The same history with the terms of its product.

        Wherever its facts are told or a policy decides it, `principal`, `interest`, `fees` and `balance` are then what
        is owed by them on the day.
        """
        return Account(self._document, self._conventions, terms)

    @property
    def id(self) -> str:
        """The account's identifier."""
        return str(json.loads(self._document)["account_id"])

    @property
    def events(self) -> list[dict[str, Any]]:
        """Its events, in their order."""
        found: list[dict[str, Any]] = json.loads(self._document)["events"]
        return found

    def to_json(self) -> str:
        """The document: the same text for the same history."""
        return self._document

    def facts(self, as_of: date, *, known_by: date | None = None) -> Facts:
        """The facts of a day, as they were known on another. A fact that is not there is absent.

        Args:
            as_of: The day.
            known_by: The day on which they were known; the day itself if not given.
        """
        known = None if known_by is None else _given.day(known_by, "known_by")
        listed = json.loads(_arrears.account_facts(self._history(), _given.day(as_of), known))
        return Facts(self.id, **{each["name"]: _fact(each["kind"], each["value"]) for each in listed})

    def timeline(
        self, *, first: date | None = None, last: date | None = None, known_by: date | None = None
    ) -> Timeline:
        """The account day by day: what happened, what was learned, what was true."""
        return self._timeline(None, first, last, known_by)

    def statement(self, terms: Terms, *, as_of: date, known_by: date | None = None) -> Statement:
        """How much is owed at the end of a day, what it is made of, and every line of it.

        >>> account = Account.from_dict({
        ...     "format": "arrears-history/1", "account_id": "A-1", "currency": "EUR", "opened_on": "2026-01-01",
        ...     "complete": [], "events": [{"id": "s", "occurred_on": "2026-01-01", "event": "schedule",
        ...         "instalments": [{"item": "1", "due_on": "2026-02-01", "amount": "1000.00"}]}],
        ... })
        >>> terms = Terms.from_dict({
        ...     "format": "arrears-terms/1", "currency": "EUR", "day_count": "act/360",
        ...     "penalty": {"rate": {"annual": "0.18"}, "on": ["principal"]},
        ... })
        >>> account.statement(terms, as_of=date(2026, 3, 3)).total
        Money('1015.00', 'EUR')

        Args:
            terms: The terms of its product.
            as_of: The day; payments of the day count.
            known_by: What became known later is left out; the day itself if not given.

        Raises:
            OwedError: The terms are in another currency or contradict the history, or an amount is too large.
        """
        return statement(self, terms, as_of, known_by)

    def delay(
        self,
        terms: Terms,
        *,
        as_of: date,
        days: Sequence[int] = (0, 30, 60, 90),
        given: Mapping[str, Payments] | None = None,
    ) -> Delay:
        """What delay costs: for who pays nothing, what is asked for when it falls due, or all today.

        Where the terms say what a lawsuit costs, one on the last of the days has rows of its own.

        Args:
            terms: The terms of its product.
            as_of: Today. What became known later is left out.
            days: Days from today.
            given: Other ways of paying, by name.

        Raises:
            OwedError: What is owed cannot be reckoned, or a payment lies before today.
        """
        return delay(self, terms, as_of, days, given or {})

    def ways_out(
        self,
        terms: Terms,
        offers: Offers,
        *,
        as_of: date,
        means: Means | None = None,
        settle: Decimal | str | None = None,
        pay: Decimal | str | None = None,
    ) -> WaysOut:
        """What can be arranged on a day: plans, settlements, what stops the roll, and how arrangements are kept.

        Args:
            terms: The terms of its product.
            offers: What the bank offers.
            as_of: The day. What became known later is left out.
            means: What the person states of a month; without it no plan is offered.
            settle: The share of what is owed that is to be let go, like `Decimal("0.20")`; if not given, the most that
                each role may.
            pay: The instalment that the person proposes, like `Decimal("250.00")`; its plan is `proposed`.

        Raises:
            OwedError: What is given does not fit together, an instalment breaks a limit or would never repay, or an
                amount is too large.
            ValueError: The share or the instalment is none.
        """
        return ways_out(self, terms, offers, means, as_of, (settle, pay))

    def _history(self) -> tuple[str, str | None, _arrears.Terms | None]:
        return self._document, self._conventions, None if self._terms is None else self._terms._native

    def _key(self) -> tuple[str, str | None, Terms | None]:
        return self._document, self._conventions, self._terms

    def _timeline(
        self,
        under: tuple[_arrears.Policy, _arrears.Law] | None,
        first: date | None,
        last: date | None,
        known_by: date | None,
    ) -> Timeline:
        def maybe(day: date | None, name: str) -> str | None:
            return None if day is None else _given.day(day, name)

        told, drawn = _arrears.timeline(
            self._history(),
            under,
            (maybe(first, "first"), maybe(last, "last"), maybe(known_by, "known_by")),
        )
        return Timeline(json.loads(told), drawn)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Account) and other._key() == self._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"<Account {self.id}: {len(self.events)} events>"


class Timeline:
    """An account over time: a list of days on which something happens, becomes known or changes, and a picture."""

    def __init__(self, told: dict[str, Any], drawn: str) -> None:
        self._told = told
        self._drawn = drawn

    @property
    def days(self) -> list[dict[str, Any]]:
        """The days: `on`, `happened`, `learned`, `changed`, `facts`, and `night` with what was decided."""
        found: list[dict[str, Any]] = self._told["days"]
        return found

    @property
    def svg(self) -> str:
        """The picture, as SVG."""
        return self._drawn

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data."""
        return self._told

    def __repr__(self) -> str:
        return f"<Timeline of {self._told['account_id']}: {self._told['from']} to {self._told['to']}>"

    def _repr_svg_(self) -> str:
        return self._drawn

    def _repr_html_(self) -> str:
        days = [[day["on"], "; ".join([*_happened(day), *day["changed"]])] for day in self.days]
        listed = _html.grid(repr(self).strip("<>"), [("day", False), ("what happened and changed", False)], days)
        return f"{self._drawn}{listed}"


def _happened(day: Mapping[str, Any]) -> list[str]:
    return [str(each["words"]) for name in ("happened", "learned") for each in day[name]]


def _fact(kind: str | None, text: str) -> FactValue:
    match kind:
        case None:
            return NEVER if text == "never" else None
        case "flag":
            return text == "true"
        case "money":
            return Money(*text.split(" "))
        case "ratio":
            return Decimal(text)
        case "category":
            return text
        case _:
            return int(text)


def _conventions(given: str | os.PathLike[str] | Mapping[str, Any] | None) -> str | None:
    if given is None or isinstance(given, Mapping):
        return None if given is None else _documents.written(given)
    return _documents.text(given)
