"""A policy on the workbench: what is wrong with it, what changed, what would change a decision, what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from arrears import _arrears, _given
from arrears._analysis import Analysis
from arrears._coverage import Coverage
from arrears._difference import Difference
from arrears._facts import Facts, FactValue, given_facts
from arrears._given import AnyTable, ProgressLike
from arrears._handbook import Graph, Handbook
from arrears._history import Account
from arrears._law import Law, PackLike, chosen
from arrears._policy_words import PolicyWords
from arrears._region import Region
from arrears._what_if import WhatIf


class PolicyBench(PolicyWords):
    """A policy, and what the workbench says of it."""

    def analyse(
        self,
        *,
        as_of: date | None = None,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
    ) -> Analysis:
        """What is wrong with it as a whole, over every account that it may meet.

        Statements that never do anything, accounts for which nothing is done, values of thresholds that make rules
        empty, and each `never` and `always` proved or broken, with an account that shows it.

        Args:
            as_of: The day of the decisions; the first day of the policy if not given. With a law it must be given.
            law: A law that binds; without guardrails of law if nothing is said of it, as `arrears check --deep`.
            no_law: Why it is analysed without guardrails of law.
            enable: Rules that bind nobody by default.
            packs: Packs of the bank's own.

        Raises:
            TypeError: A law is given without the day on which it binds.
            PolicyError: The law cannot be kept by the policy.
        """
        return Analysis(_arrears.analyse(self._native, *_bound(as_of, law, no_law, enable, packs)))

    def diff(self, other: PolicyBench) -> Difference:
        """What changed from this policy to another, in words. What that does to a table says `arrears.compare`.

        Thresholds count with their values in force; comments, layout, and the policies' own tests do not.

        Args:
            other: The policy that would take its place.
        """
        return Difference(*_arrears.differ(self._native, other._native))

    def region(
        self,
        other: PolicyBench,
        *,
        as_of: date | None = None,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
    ) -> Region:
        """Which accounts the other policy decides otherwise; or the proof that it decides every account alike.

        Args:
            other: The policy that would take its place.
            as_of: The day of the decisions; the first day of the policy if not given. With a law it must be given.
            law: A law that binds, as in `analyse`, with `no_law`, `enable` and `packs`.
            no_law: Why it is asked without guardrails of law.
            enable: Rules that bind nobody by default.
            packs: Packs of the bank's own.

        Raises:
            TypeError: A law is given without the day on which it binds.
            PolicyError: The law cannot be kept by one of the policies.
        """
        bound = _bound(as_of, law, no_law, enable, packs)
        return Region(*_arrears.region(self._native, other._native, *bound))

    def what_if(
        self,
        account: Facts | Account | Mapping[str, FactValue],
        *,
        as_of: date,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
        known_by: date | None = None,
        days: int = 92,
        counts: int = 30,
        steps: int = 3,
    ) -> WhatIf:
        """The nearest changes that lead to a milder or to a harsher decision, each decided again.

        What may be paid, promised, reported or told, what the bank may do, days that pass: one change at a time, with
        all that follows from it. Protected traits are never named.

        Args:
            account: Facts, or a history, as in `decide_one`; of a history the facts of the last night are changed.
            as_of: The day of the decision.
            law: The law, as in `decide`, with `no_law`, `enable` and `packs`.
            no_law: Why it is decided without guardrails of law.
            enable: Rules that bind nobody by default.
            packs: Packs of the bank's own.
            known_by: Of a history: as it is known on this day.
            days: Days that may be waited.
            counts: Calls, talks, visits, letters or missed payments that may be added.
            steps: How many sizes of one change are told each way.

        Raises:
            FactsError: The policy cannot read the facts; everything that is wrong is listed.
            ValueError: Days, counts or steps are below zero.
        """
        size = _size(days, counts, steps)
        day, native = _given.day(as_of), chosen(law, no_law, enable, packs)._native
        if isinstance(account, Account):
            known = None if known_by is None else _given.day(known_by, "known_by")
            one = _arrears.decide_history(self._native, account._history(), day, known, native)
            return WhatIf(one.what_if(*size))
        if known_by is not None:
            raise TypeError("`known_by` is asked of a history: facts are what is known")
        called = account.account if isinstance(account, Facts) else "the account"
        one = _arrears.decide_facts(self._native, called, given_facts(account), day, native)
        return WhatIf(one.what_if(*size))

    def what_if_of(
        self,
        accounts: AnyTable,
        account: str,
        *,
        as_of: date,
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
        days: int = 92,
        counts: int = 30,
        steps: int = 3,
    ) -> WhatIf:
        """As `what_if`, of one account of a table. It is decided by itself.

        Args:
            accounts: The table, as in `explain`, like all that follow.
            account: The account, as its row names it.
            as_of: The day of the decision.
            law: The law, with `no_law`, `enable` and `packs`.
            no_law: Why it is decided without guardrails of law.
            enable: Rules that bind nobody by default.
            packs: Packs of the bank's own.
            contacts: Calls, messages, letters and visits.
            payments: Payments that were received.
            promises: Promises to pay.
            holds: Disputes and whatever else protects.
            state: What the last decisions left.
            columns: Which column holds which fact.
            never: Which values mean *never*.
            event_columns: Columns of tables of events.
            holds_cover: The protections that the table of holds records.
            days: As in `what_if`, like all that follow.
            counts: How many contacts may be added.
            steps: How many sizes of one change are told each way.

        Raises:
            ValueError: No row is of that account.
        """
        size = _size(days, counts, steps)
        mapped = _given.mapping(columns, never, event_columns, holds_cover)
        beside = {"state": state, "contacts": contacts, "payments": payments, "promises": promises, "holds": holds}
        asked = _given.asked(as_of, chosen(law, no_law, enable, packs), mapped, beside)
        one = _arrears.decide_account(self._native, _given.held(accounts, "accounts"), account, asked)
        return WhatIf(one.what_if(*size))

    def coverage(
        self,
        accounts: AnyTable | None = None,
        *,
        as_of: date | None = None,
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
        suggestions: int = 20,
        tries: int = 20_000,
        progress: ProgressLike = None,
    ) -> Coverage:
        """What of it its own tests exercise, and a table if one is given; with tests for what nothing exercises.

        Args:
            accounts: A table that exercises it too, as in `decide`, like all that follow.
            as_of: The day of the table's decisions; needed with a table.
            law: The law, with `no_law`, `enable` and `packs`.
            no_law: Why it is decided without guardrails of law.
            enable: Rules that bind nobody by default.
            packs: Packs of the bank's own.
            contacts: Calls, messages, letters and visits.
            payments: Payments that were received.
            promises: Promises to pay.
            holds: Disputes and whatever else protects.
            state: What the last decisions left.
            columns: Which column holds which fact.
            never: Which values mean *never*.
            event_columns: Columns of tables of events.
            holds_cover: The protections that the table of holds records.
            suggestions: How many tests are proposed at most; 0: none is looked for.
            tries: How many accounts are tried in all to find them.
            progress: `True` for a bar, or a function.

        Raises:
            TypeError: A table is given without its day.
        """
        search = (_count("suggestions", suggestions), _count("tries", tries))
        given = None
        if accounts is not None:
            if as_of is None:
                raise TypeError("`as_of` is missing: the day of the table's decisions, as in as_of=date(2026, 3, 31)")
            mapped = _given.mapping(columns, never, event_columns, holds_cover)
            beside = {"state": state, "contacts": contacts, "payments": payments, "promises": promises, "holds": holds}
            asked = _given.asked(as_of, chosen(law, no_law, enable, packs), mapped, beside)
            given = (_given.held(accounts, "accounts"), asked)
        return Coverage(_arrears.coverage(self._native, given, search, _given.progress(progress)))

    def handbook(
        self,
        *,
        as_of: date,
        before: PolicyBench | None = None,
        samples: int = 20_000,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
    ) -> Handbook:
        """All that it says under the law of a day, in plain words.

        Args:
            as_of: The day whose law is told.
            before: An earlier version, from which the differences are listed.
            samples: On how many accounts `never` and `always` are tried; 0: they are not tried.
            law: The law, as in `decide`, with `no_law`, `enable` and `packs`.
            no_law: Why there are no guardrails of law.
            enable: Rules that bind nobody by default.
            packs: Packs of the bank's own.

        Raises:
            PolicyError: The law cannot be kept by the policy.
        """
        under, earlier = chosen(law, no_law, enable, packs)._native, None if before is None else before._native
        tried = _count("samples", samples)
        return Handbook(*_arrears.handbook(self._native, _given.day(as_of), under, earlier, tried))

    def graph(self) -> Graph:
        """Its ladder: as a picture, for Mermaid and for Graphviz."""
        return Graph(*_arrears.graph(self._native))


def _count(name: str, value: int) -> int:
    if value < 0:
        raise ValueError(f"`{name}` is {value}: expected a number from 0 on")
    return value


def _size(days: int, counts: int, steps: int) -> tuple[int, int, int]:
    return _count("days", days), _count("counts", counts), _count("steps", steps)


def _bound(
    as_of: date | None, law: Law | None, no_law: str | None, enable: Sequence[str], packs: Sequence[PackLike]
) -> tuple[str | None, _arrears.Law | None]:
    """The day and the law that bind; a law needs its day."""
    said = law is not None or no_law is not None or bool(enable) or bool(packs)
    under = chosen(law, no_law, enable, packs) if said else None
    if under is not None and as_of is None and not under._native.is_none():
        raise TypeError("`as_of` is missing: a law binds on a day, as in as_of=date(2026, 3, 31)")
    return (None if as_of is None else _given.day(as_of)), (None if under is None else under._native)
