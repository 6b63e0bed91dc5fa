"""Policies tried on whole tables: a threshold over values, two policies beside each other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from arrears import _arrears, _given, _html
from arrears._decisions import Table
from arrears._given import AnyTable, ProgressLike
from arrears._law import Law, PackLike, chosen
from arrears._policy import Policy


class Sweep(Table):
    """What a policy decides of a table with each of several values of one threshold.

    As a table it is long: `value`, `own` (whether it is the policy's own value), `measure`, `key`, `accounts`,
    `overdue`, `overdue_unknown`. Measures: `decided`, `errors`, `contacts`, `only_here` and `only_own` (accounts that
    are decided with this value alone, or with the policy's own alone, which takes `keep_going`), `moved` by what
    differs from the policy's own value (`any`, `stage`, `action`, `treatment`, `debtor_type`, `into_contact`,
    `out_of_contact`), and accounts by `stage`, `action`, `treatment`, `debtor_type`, `channel`.
    """

    def __init__(self, told: dict[str, Any], text: str, native: _arrears.Table) -> None:
        super().__init__(native)
        self._told = told
        self._text = text

    @property
    def threshold(self) -> str:
        """The threshold."""
        return str(self._told["threshold"]["name"])

    @property
    def values(self) -> list[Decimal]:
        """The values, in rising order; the policy's own is among them."""
        return [Decimal(point["value"]) for point in self._told["points"]]

    @property
    def own(self) -> Decimal:
        """The policy's own value."""
        return next(Decimal(point["value"]) for point in self._told["points"] if point["own"])

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data."""
        return self._told

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"<Sweep of {self.threshold} over {', '.join(str(value) for value in self.values)}>"

    def _repr_html_(self) -> str:
        return _html.text(f"{self.threshold} of {self._told['policy']} {self._told['policy_version']}", self._text)


class Comparison:
    """What two policies, A and B, decide of one table: who stands otherwise, and with how much money."""

    def __init__(self, told: dict[str, Any], flows: _arrears.Table, moved: _arrears.Table) -> None:
        self._told = told
        self.flows = Table(flows)
        """From-to counts, long: `measure` (stage, action, treatment, debtor_type, channel), `from`, `to`, `accounts`,
        `overdue`, `overdue_unknown`. Those that stay where they are are among them."""
        self.moved = Table(moved)
        """The accounts that moved: `account_id`, `stage_a`, `stage_b`, `action_a`, ..., `overdue`, `moved`."""

    @property
    def kept(self) -> int:
        """Accounts that stand alike under both."""
        return int(self._told["kept"]["accounts"])

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data."""
        return self._told

    def _lines(self) -> list[tuple[str, dict[str, Any]]]:
        told = self._told
        moved, contacts = told["moved"], told["contacts"]
        return [
            ("decided under both", told["both"]),
            ("stand alike", told["kept"]),
            ("moved", moved["any"]),
            ("  another stage", moved["stage"]),
            ("  another action", moved["action"]),
            ("  another treatment", moved["treatment"]),
            ("  another type", moved["debtor_type"]),
            ("contact under A alone", contacts["only_a"]),
            ("contact under B alone", contacts["only_b"]),
            ("decided under A alone", told["only_a"]),
            ("decided under B alone", told["only_b"]),
        ]

    def _money_head(self) -> list[str]:
        """The head of the column of money; none where neither policy reads what is overdue."""
        return [f"overdue, {self._told['currency']}"] if "overdue" in self._told["both"] else []

    @staticmethod
    def _money(count: Mapping[str, Any]) -> list[str]:
        return [_html.grouped(count["overdue"])] if "overdue" in count else []

    def _title(self) -> str:
        a, b = (self._told[side] for side in "ab")
        return (
            f"A {a['policy']} {a['policy_version']} ({a['policy_hash'][:12]}), "
            f"B {b['policy']} {b['policy_version']} ({b['policy_hash'][:12]}), as of {self._told['as_of']}"
        )

    def __str__(self) -> str:
        table = [["", "accounts", *self._money_head()]]
        table += [[name, f"{count['accounts']:,}", *self._money(count)] for name, count in self._lines()]
        lines = [self._title()]
        for name, accounts, *money in table:
            lines.append(f"  {name:<24}{accounts:>12}" + "".join(f"{amount:>22}" for amount in money))
        for name in ("by_stage", "by_action"):
            flows = [flow for flow in self._told[name] if flow["from"] != flow["to"]]
            if flows:
                lines.append(f"  {name.replace('_', ' ')}, from A to B")
                for flow in flows:
                    way = f"{flow['from'] or 'none'} > {flow['to'] or 'none'}"
                    lines.append(f"    {way:<34}{flow['accounts']:>10,}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Comparison: {self._told['moved']['any']['accounts']:,} moved, {self.kept:,} stand alike>"

    def _repr_html_(self) -> str:
        head = [("", False), ("accounts", True), *((name, True) for name in self._money_head())]
        rows = [[name.strip(), f"{count['accounts']:,}", *self._money(count)] for name, count in self._lines()]
        flows = [
            [name.removeprefix("by_"), flow["from"] or "none", flow["to"] or "none", f"{flow['accounts']:,}"]
            for name in ("by_stage", "by_action", "by_treatment")
            for flow in self._told[name]
            if flow["from"] != flow["to"]
        ]
        ways = [("", False), ("under A", False), ("under B", False), ("accounts", True)]
        return _html.grid(self._title(), head, rows) + (_html.grid("Who moves", ways, flows) if flows else "")


def sweep(
    policy: Policy,
    threshold: str,
    values: Iterable[_given.Threshold],
    accounts: AnyTable,
    *,
    as_of: date,
    law: Law | None = None,
    no_law: str | None = None,
    enable: Sequence[str] = (),
    packs: Sequence[PackLike] = (),
    state: AnyTable | None = None,
    contacts: AnyTable | None = None,
    payments: AnyTable | None = None,
    promises: AnyTable | None = None,
    holds: AnyTable | None = None,
    columns: Mapping[str, str | None] | None = None,
    never: Mapping[str, object] | None = None,
    event_columns: Mapping[str, Mapping[str, str]] | None = None,
    holds_cover: Sequence[str] | None = None,
    keep_going: bool = False,
    progress: ProgressLike = None,
) -> Sweep:
    """Decide a whole table once with each value of a threshold. The policy is not read again.

    The policy's own value is always among them, and every other is compared with it.

    Args:
        policy: The policy.
        threshold: The threshold, by its name.
        values: Values inside its range.
        accounts: The table, as in `Policy.decide`, like all that follow.
        as_of: The day of the decisions.
        law: The law, with `no_law`, `enable` and `packs`.
        no_law: Why it is decided without guardrails of law.
        enable: Rules that bind nobody by default.
        packs: Packs of the bank's own.
        state: What the last decisions left.
        contacts: Calls, messages, letters and visits.
        payments: Payments that were received.
        promises: Promises to pay.
        holds: Disputes and whatever else protects.
        columns: Which column holds which fact.
        never: Which values mean *never*.
        event_columns: Columns of tables of events.
        holds_cover: The protections that the table of holds records.
        keep_going: Whether to leave out rows that cannot be decided.
        progress: `True` for a bar, or a function.

    Raises:
        PolicyError: There is no such threshold, or values have too many decimals or lie outside its range; all are
            listed.
        TypeError: A value is a float, or `values` is one text rather than several values.
    """
    if isinstance(values, str):
        raise TypeError(f"`values` is one text: pass several values, as in [{values!r}]")
    mapped = _given.mapping(columns, never, event_columns, holds_cover)
    beside = {"state": state, "contacts": contacts, "payments": payments, "promises": promises, "holds": holds}
    asked = _given.asked(as_of, chosen(law, no_law, enable, packs), mapped, beside, keep_going=keep_going)
    texts = [text for value in values for _, text in _given.thresholds({threshold: value})]
    table = _given.held(accounts, "accounts")
    told, text, (long,) = _arrears.sweep_table(
        policy._native, threshold, texts, table, asked, _given.progress(progress)
    )
    return Sweep(json.loads(told), text, long)


def compare(
    policy_a: Policy,
    policy_b: Policy,
    accounts: AnyTable,
    *,
    as_of: date,
    law: Law | None = None,
    no_law: str | None = None,
    enable: Sequence[str] = (),
    packs: Sequence[PackLike] = (),
    state: AnyTable | None = None,
    contacts: AnyTable | None = None,
    payments: AnyTable | None = None,
    promises: AnyTable | None = None,
    holds: AnyTable | None = None,
    columns: Mapping[str, str | None] | None = None,
    never: Mapping[str, object] | None = None,
    event_columns: Mapping[str, Mapping[str, str]] | None = None,
    holds_cover: Sequence[str] | None = None,
    keep_going: bool = False,
    progress: ProgressLike = None,
) -> Comparison:
    """Decide a whole table under each of two policies, and say who moves from A to B.

    Args:
        policy_a: The first policy.
        policy_b: The second, in the same currency.
        accounts: The table, as in `Policy.decide`, like all that follow.
        as_of: The day of the decisions.
        law: The law, with `no_law`, `enable` and `packs`.
        no_law: Why it is decided without guardrails of law.
        enable: Rules that bind nobody by default.
        packs: Packs of the bank's own.
        state: What the last decisions left.
        contacts: Calls, messages, letters and visits.
        payments: Payments that were received.
        promises: Promises to pay.
        holds: Disputes and whatever else protects.
        columns: Which column holds which fact.
        never: Which values mean *never*.
        event_columns: Columns of tables of events.
        holds_cover: The protections that the table of holds records.
        keep_going: Whether to go on where rows cannot be decided; those that only one policy decides are told apart.
        progress: `True` for a bar, or a function.
    """
    mapped = _given.mapping(columns, never, event_columns, holds_cover)
    beside = {"state": state, "contacts": contacts, "payments": payments, "promises": promises, "holds": holds}
    asked = _given.asked(as_of, chosen(law, no_law, enable, packs), mapped, beside, keep_going=keep_going)
    both = (policy_a._native, policy_b._native)
    table = _given.held(accounts, "accounts")
    told, _, (flows, moved) = _arrears.compare_policies(both, table, asked, _given.progress(progress))
    return Comparison(json.loads(told), flows, moved)
