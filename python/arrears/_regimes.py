"""How regulators class an account, divide a payment and permit a plan: regimes as data, and what they answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any

from arrears import _arrears, _documents, _given, _html
from arrears._history import Account


@dataclass(frozen=True)
class RegimeRule:
    """A rule of a regime: what it says, where that stands, and how it is known."""

    rule: str
    says: str
    cites: str
    basis: str
    """`primary`, `secondary` or `recalled`."""
    certainty: str
    status: str
    usable: bool
    """Whether it answers: it was verified, or was enabled by name."""
    not_covered: str


@dataclass(frozen=True)
class Regime:
    """A regime: rules, and one mechanism that they give numbers to."""

    name: str
    title: str
    jurisdiction: str
    source: str
    start: date | None
    """The first day on which it is in force; none: the document does not say."""
    end: date | None
    """The last day on which it is in force; none: no end is known."""
    mechanism: str
    rules: tuple[RegimeRule, ...]


@dataclass(frozen=True)
class RegimeAnswer:
    """What a regime answers, with the rule that decided."""

    regime: str
    title: str
    jurisdiction: str
    mechanism: str
    rule: RegimeRule
    enabled_by_hand: bool
    """Whether the rule answers only because it was enabled by name."""
    found: dict[str, Any] = field(repr=False)
    """What it decided, with why: `kind` says which; of a class `class`, `rank`, `classes`; of shares `shares` and
    `unallocated`; of a permission `allowed` and `findings`; and so on (docs/regimes.md)."""
    facts: dict[str, str]
    """Facts of a bank's own that a policy may read."""

    def _repr_html_(self) -> str:
        rows = [[escape(name), escape(_shown(value))] for name, value in self.found.items() if value is not None]
        told = _html.bare_grid([(self.regime, False), ("", False)], rows)
        cited = f"<p>{escape(self.rule.says)} ({escape(self.rule.cites)}; {escape(self.rule.basis)})</p>"
        return _html.page(f"<h4>{escape(self.title)}</h4>{cited}{told}")


class Regimes:
    """The regimes that are shipped. None of it is legal advice.

    A rule that was not verified answers only where it is enabled by name: whoever enables it answers for having read
    its source.

    >>> regimes = Regimes()
    >>> regimes.answer("CN-CARD-2011", {"days_past_due": 95}).found["class"]
    'substandard'
    """

    def __init__(self, *, enable: Iterable[str] = (), unverified: bool = False) -> None:
        """The shipped regimes.

        Args:
            enable: Rules that were not verified, by their ids.
            unverified: Enables every rule that ships as unverified.

        Raises:
            ValueError: No regime has such a rule.
        """
        self._asked = (tuple(enable), unverified)
        self._native = _arrears.Regimes.shipped(list(self._asked[0]), unverified)

    def __iter__(self) -> Any:
        return iter(self.all)

    @property
    def all(self) -> tuple[Regime, ...]:
        """Every regime with its rules."""

        def maybe(day: str | None) -> date | None:
            return None if day is None else date.fromisoformat(day)

        return tuple(
            Regime(
                **{name: each[name] for name in ("name", "title", "jurisdiction", "source", "mechanism")},
                start=maybe(each["from"]),
                end=maybe(each["to"]),
                rules=tuple(RegimeRule(**rule) for rule in each["rules"]),
            )
            for each in json.loads(self._native.listed())
        )

    def answer(self, name: str, given: Mapping[str, Any]) -> RegimeAnswer:
        """What a regime answers to what its mechanism asks (docs/regimes.md lists the fields).

        Args:
            name: The regime: `CN-CARD-2011`.
            given: What is asked. Amounts and days may be `Decimal` and `date`, amounts never `float`.

        Raises:
            ValueError: There is no such regime, or its rule was not verified and is not enabled.
            DocumentError: What is given cannot be read; everything that is wrong is listed.
        """
        return _answer(self._native.answer(name, _documents.written(given)))

    def answer_of(
        self, name: str, account: Account, *, as_of: date, known_by: date | None = None, product: str | None = None
    ) -> RegimeAnswer:
        """What a regime answers of an account on a day: its class, how long it can be enforced.

        Args:
            name: The regime: a ladder of classes, a limitation, or objective elements.
            account: The history.
            as_of: The day, at its end.
            known_by: What became known later is left out; the day itself if not given.
            product: The account's product, where the regime tells products apart.

        Raises:
            ValueError: As in `answer`.
            DocumentError: The regime cannot be asked of a history, or of this one.
        """
        known = None if known_by is None else _given.day(known_by, "known_by")
        return _answer(self._native.answer_of(name, account._history(), (_given.day(as_of), known), product))

    def __reduce__(self) -> tuple[Any, ...]:
        return _regimes, self._asked

    def __repr__(self) -> str:
        return f"<Regimes: {len(self.all)}>"

    def _repr_html_(self) -> str:
        rows = [
            [escape(each.name), escape(each.jurisdiction), escape(each.title), escape(rule.rule), escape(rule.status)]
            for each in self.all
            for rule in each.rules
        ]
        head = [(name, False) for name in ("regime", "law of", "title", "rule", "status")]
        return _html.page(_html.bare_grid(head, rows))


@dataclass(frozen=True)
class LifeStory:
    """What became of an account until a day."""

    account_id: str
    turns: tuple[dict[str, Any], ...]
    """The days on which it turned (missed, rolled, cured, charged off, sold, ...), each with why."""
    still: tuple[dict[str, Any], ...]
    """What is still true of the debt after a charge-off or a sale, with why."""
    demands: tuple[date, ...]
    """The days of demands that are recorded as effective."""
    facts: dict[str, str]
    """Facts of a bank's own that a policy may read."""
    told: dict[str, Any] = field(repr=False)
    """All of it, as `arrears lifecycle --json` writes it."""

    def _repr_html_(self) -> str:
        rows = [[escape(_shown(value)) for value in turn.values()] for turn in self.turns]
        head = [(name, False) for name in (self.turns[0] if self.turns else {})]
        return _html.page(f"<h4>{escape(self.account_id)}</h4>{_html.bare_grid(head, rows)}")


def lifecycle(
    account: Account,
    *,
    as_of: date,
    first: date | None = None,
    known_by: date | None = None,
    re_aged: str | None = None,
) -> LifeStory:
    """What became of an account until a day: its turns, what is still true of the debt, effective demands.

    Args:
        account: The history.
        as_of: The last day that is looked at.
        first: The first day that is looked at; the day the account was opened if not given.
        known_by: What was not known on this day is left out; the last day if not given.
        re_aged: The tag by which the bank marks a re-age.

    Raises:
        DocumentError: The last day lies before the first.
    """

    def maybe(day: date | None, name: str) -> str | None:
        return None if day is None else _given.day(day, name)

    days = (maybe(first, "first"), _given.day(as_of), maybe(known_by, "known_by"))
    told: dict[str, Any] = json.loads(_arrears.lifecycle(account._history(), days, re_aged))
    return LifeStory(
        account_id=told["account_id"],
        turns=tuple(told["turns"]),
        still=tuple(told["still"]),
        demands=tuple(date.fromisoformat(day) for day in told["demands"]),
        facts=told["facts"],
        told=told,
    )


def _regimes(enable: tuple[str, ...], unverified: bool) -> Regimes:
    return Regimes(enable=enable, unverified=unverified)


def _answer(text: str) -> RegimeAnswer:
    found: dict[str, Any] = json.loads(text)
    rule = dict(found["rule"])
    by_hand = rule.pop("enabled_by_hand")
    return RegimeAnswer(**found | {"rule": RegimeRule(**rule, usable=True), "enabled_by_hand": by_hand})


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_shown(each)}" for name, each in value.items())
    if isinstance(value, list):
        return "; ".join(_shown(each) for each in value)
    return str(value).replace("_", " ")
